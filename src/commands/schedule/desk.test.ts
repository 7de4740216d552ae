import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXACT_WIDTHS } from '../../faces/cli/terminal/width-exact.ts';
import { type DeskHome, deskHome } from '../../testing/cli/desk.fixture.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';

let desk: DeskHome;
beforeEach(async () => {
  desk = await deskHome();
});
afterEach(() => desk.close());

const NOBODY_ANSWERS = { env: { OSS_SIMULATE_ANSWERS: 'no-answer=1' } };
const DESK_DOWN = { env: { OSS_SIMULATE_FAULTS: 'refuse@tm' } };

describe('schedule queue', () => {
  it('says when nobody waits', async () => {
    expect(await desk.oss('schedule queue')).toMatchObject({
      exitCode: 0,
      stdout: 'nobody waits for a call\n',
    });
    expect((await desk.oss('schedule queue --json')).json()).toMatchObject({ items: [], nextCursor: null });
    expect((await desk.oss('schedule queue --pending')).stdout).toBe('no customer has to be reached\n');
  });

  it('goes by due call, then priority, then age', async () => {
    const normal = await desk.place();
    const low = await desk.place({ priority: 'low' });
    const urgent = await desk.place({ priority: 'urgent' });
    const called = await desk.place();
    await desk.oss(`schedule assign ${called} --no-call`);
    const { stdout } = await desk.oss('schedule queue -o id');
    expect(stdout.trim().split('\n')).toEqual([called, urgent, normal, low]);
  });

  it('masks the customer, tells age and threshold, and fits its schema', async () => {
    await desk.place();
    const { json } = await desk.oss('schedule queue --json');
    expect(validateOutput('oss.schedule-queue/1', json())).toEqual([]);
    expect(json()).toMatchObject({
      items: [
        {
          customer: { name: '정*은', phone: '010-****-8157' },
          calls: { attempts: 0 },
          visit: null,
          thresholdMinutes: 480,
          late: null,
        },
      ],
    });
  });

  it('marks what waits too long by sign and word', async () => {
    await desk.place();
    const { stdout } = await desk.oss('schedule queue', { env: { OSS_NOW: '2026-11-24T10:00:00Z' } });
    expect(stdout).toContain('! 10 h of 8 h');
  });

  it('is cut by --limit, which is said, and not in a stream', async () => {
    await desk.place();
    await desk.place({ priority: 'low' });
    const { stdout, stderr } = await desk.oss('schedule queue --limit 1');
    expect(stdout).not.toContain('ORD-000002');
    expect(stderr).toContain('1 shown, there are more');
    expect((await desk.oss('schedule queue -o ndjson')).stdout.trim().split('\n')).toHaveLength(2);
  });

  it('lists those whose agreed time nobody can keep first', async () => {
    const [first, second] = [await desk.place(), await desk.place({ priority: 'urgent' })];
    await desk.oss(['schedule', 'call', first, '--outcome', 'AGREED', '--at', '2026-11-28 10:00']);
    expect((await desk.oss('schedule queue -o id')).stdout).toBe(`${first}\n${second}\n`);
    expect((await desk.oss('schedule queue')).stdout).toMatch(/agreed 2026-11-28 \(Sat\) 10:00, nobody free/);
  });
});

describe('schedule slots', () => {
  it('ranks times with who goes there and why', async () => {
    const id = await desk.place({ wishes: { prefer: 'pm' } });
    const { json } = await desk.oss(`schedule slots ${id} --top 2 --json`);
    expect(validateOutput('oss.slots/1', json())).toEqual([]);
    expect(json()).toMatchObject({
      items: [
        {
          start: '2026-11-24T03:00:00.000Z',
          technicianId: 'T-01',
          technicianName: '이준호',
          reasons: ['wish:pm', 'load:0/5'],
        },
        { start: '2026-11-24T03:30:00.000Z' },
      ],
    });
    const { stdout } = await desk.oss(`schedule slots ${id} --prefer am --top 1`);
    expect(stdout).toContain('the wished morning');
  });

  it('draws a line a day and a column a part of it, as wide as the terminal is', async () => {
    const id = await desk.place({ wishes: { prefer: 'pm' } });
    const { stdout } = await desk.oss(`schedule slots ${id}`);
    const [best, why, , head, day] = stdout.split('\n');
    expect(best).toBe('best: 2026-11-24 (Tue) 12:00-13:00, T-01 이준호');
    expect(why).toBe('the wished afternoon, 0 of 5 visits that day');
    expect(head).toMatch(/^DATE +MORNING +AFTERNOON$/);
    expect(day).toMatch(/^2026-11-24 \(Tue\) +10:00 T-01 +12:00 T-01 \*$/);
    const { json } = await desk.oss(`schedule slots ${id} --json`);
    expect(validateOutput('oss.slots/1', json())).toEqual([]);
    const cells = (json() as { items: { date: string; part: string }[] }).items.map(
      ({ date, part }) => `${date} ${part}`,
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(cells[0]).toBe('2026-11-24 pm');
    for (const width of [40, 60]) {
      const { stdout: narrow } = await desk.oss(`schedule slots ${id}`, {
        columns: width,
        env: { OSS_LANG: 'ko' },
      });
      expect(narrow).toContain('12:00 T-01 *');
      expect(narrow.split('\n').every((line) => EXACT_WIDTHS.width(line) <= width)).toBe(true);
    }
  });

  it('says why there is none, and the smallest change that would make one', async () => {
    const id = await desk.place({ area: '강남구' });
    const { stdout, exitCode } = await desk.oss(`schedule slots ${id}`);
    expect([stdout, exitCode]).toEqual([
      'nothing fits: 2 technicians elsewhere\n' +
        'the smallest change that would help: with the area added: T-01 at 2026-11-24 (Tue) 10:00-11:00\n',
      0,
    ]);
    const { json } = await desk.oss(`schedule slots ${id} --json`);
    expect(validateOutput('oss.slots/1', json())).toEqual([]);
    expect(json()).toMatchObject({
      items: [],
      why: ['AREA:2'],
      would: [{ what: 'AREA', technicianId: 'T-01' }],
    });
  });
});

describe('schedule assign', () => {
  it('holds the best visit, phones, and says who, when and why', async () => {
    const id = await desk.place();
    const { exitCode, stdout, stderr } = await desk.oss(`schedule assign ${id}`);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('T-01 이준호 comes on 2026-11-24 (Tue) 10:00-11:00');
    expect(stdout).toContain('the earliest possible');
    expect(stderr).toBe('');
    expect(await desk.types(id)).toEqual(
      expect.arrayContaining(['VisitProposed', 'CallRequested', 'CustomerCalled', 'Scheduled']),
    );
  });

  it('fits its schema in every format', async () => {
    const id = await desk.place();
    const { json } = await desk.oss(`schedule assign ${id} --json`);
    expect(validateOutput('oss.results/1', json())).toEqual([]);
    expect(json()).toMatchObject({ items: [{ orderId: id, status: 'done', code: null }] });
    expect((await desk.oss(`schedule assign ${id} -o id`)).stdout).toBe(`${id}\n`);
    expect((await desk.oss(`schedule assign ${id} -o csv`)).stdout).toMatch(
      /^orderId,status,code,message\r\n/,
    );
  });

  it('is already so when it is asked again', async () => {
    const id = await desk.place();
    await desk.oss(`schedule assign ${id}`);
    const before = await desk.types(id);
    const again = await desk.oss(`schedule assign ${id} --json`);
    expect(again.exitCode).toBe(0);
    expect(again.json()).toMatchObject({ items: [{ status: 'already' }] });
    expect(await desk.types(id)).toEqual(before);
  });

  it('keeps a hold that stands when nothing else is asked for', async () => {
    const id = await desk.place();
    await desk.oss(['schedule', 'assign', id, '--at', '2026-11-25 14:00', '--no-call']);
    expect((await desk.oss(`schedule assign ${id} --no-call --json`)).json()).toMatchObject({
      items: [{ status: 'already' }],
    });
    expect((await desk.oss(`schedule assign ${id}`)).stdout).toContain('2026-11-25 (Wed) 14:00-15:00');
  });

  it('is 8 when the customer answers something else', async () => {
    const id = await desk.place();
    const { exitCode, stdout } = await desk.oss(`schedule assign ${id}`, NOBODY_ANSWERS);
    expect([exitCode, stdout]).toEqual([
      8,
      expect.stringContaining('no answer; called again 2026-11-24 10:00'),
    ]);
  });

  it('is 75 when the desk is down: the hold stays and the worker goes on', async () => {
    const id = await desk.place();
    const { exitCode, stdout, stderr } = await desk.oss(`schedule assign ${id}`, DESK_DOWN);
    expect(exitCode).toBe(75);
    expect(stdout).toContain('the desk cannot be reached now');
    expect(stderr).toContain('the hold stays until 2026-11-24 11:00');
    expect(stderr).toContain('start one: oss worker --drain');
    expect(await desk.calendar()).toHaveLength(1);
    await desk.oss('worker --drain');
    expect((await desk.types(id)).at(-1)).toMatch(/Scheduled|FieldWorkDispatched/);
  });

  it('only holds with --no-call and for several orders', async () => {
    const [a, b] = [await desk.place(), await desk.place()];
    const alone = await desk.oss(`schedule assign ${a} --no-call`);
    expect([alone.exitCode, alone.stdout]).toEqual([
      0,
      expect.stringContaining('not phoned yet, the worker calls'),
    ]);
    const { exitCode, stderr } = await desk.oss(`schedule assign ${a} ${b}`);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('only held')]);
    for (const id of [a, b]) expect(await desk.types(id)).not.toContain('CallRequested');
    expect(await desk.calendar()).toHaveLength(2);
  });

  it('phones several when somebody waits for them, but only within the calling hours', async () => {
    const [a, b] = [await desk.place(), await desk.place()];
    const night = { env: { OSS_NOW: '2026-11-24T13:00:00Z' } };
    await desk.oss(`schedule assign ${a} ${b} --wait=5s`, night);
    for (const id of [a, b]) expect(await desk.types(id)).not.toContain('CallRequested');
    await desk.oss(`schedule unassign ${a} ${b}`);
    const { exitCode } = await desk.oss(`schedule assign ${a} ${b} --wait=5s`);
    expect(exitCode).toBe(0);
    for (const id of [a, b]) expect(await desk.types(id)).toContain('Scheduled');
  });

  it('books what the customer agreed to without a call', async () => {
    const id = await desk.place();
    const line = ['schedule', 'assign', id, '--technician', 'T-02', '--at', '2026-11-25 15:00', '--agreed'];
    const { exitCode, stdout } = await desk.oss(line);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('T-02 박서진 comes on 2026-11-25 (Wed) 15:00-16:00');
    const requested = (await desk.events(id)).find(({ type }) => type === 'CallRequested');
    expect(requested?.data).toMatchObject({ via: 'agreed' });
  });

  it('warns outside the calling hours, and phones all the same', async () => {
    const id = await desk.place();
    const night = { env: { OSS_NOW: '2026-11-24T13:00:00Z' } };
    const { exitCode, stderr } = await desk.oss(`schedule assign ${id}`, night);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('warning: it is 2026-11-24 22:00: outside the calling hours 09:00-20:00');
  });

  it('refuses a slot that is taken with 4 and the next free ones', async () => {
    const [a, b] = [await desk.place(), await desk.place()];
    const at = ['--technician', 'T-01', '--at', '2026-11-25 10:00'];
    await desk.oss(['schedule', 'assign', a, ...at]);
    const { exitCode, stderr } = await desk.oss(['schedule', 'assign', b, ...at]);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('T-01 is taken at 2026-11-25 10:00');
    expect(stderr).toContain('2026-11-25 11:30, 2026-11-25 12:00, 2026-11-25 12:30');
    const auto = await desk.oss(['schedule', 'assign', b, '--at', '2026-11-28 10:00']);
    expect([auto.exitCode, auto.stderr]).toEqual([4, expect.stringContaining('2 technician days off')]);
  });

  it('names a broken rule with 1, and forces it with a reason that is kept', async () => {
    const id = await desk.place({ area: '강남구' });
    const line = ['schedule', 'assign', id, '--technician', 'T-01', '--at', '2026-11-25 10:00', '--no-call'];
    const refused = await desk.oss(line);
    expect([refused.exitCode, refused.stderr]).toEqual([
      1,
      expect.stringContaining('does not serve the area'),
    ]);
    expect((await desk.oss([...line, '--force'])).exitCode).toBe(2);
    const forced = await desk.oss([...line, '--force', '--reason', 'the next town']);
    expect([forced.exitCode, forced.stdout]).toEqual([
      0,
      expect.stringContaining('although: does not serve the area'),
    ]);
    expect((await desk.oss(`order show ${id} --json`)).stdout).toContain('the next town');
  });

  it.each([
    [['--at', '2020-01-01 10:00'], 2, 'in the past'],
    [['--technician', 'T-99'], 3, 'no technician T-99'],
    [['--agreed', '--no-call'], 2, 'exclude each other'],
    [['--reason', 'x'], 2, '--reason goes with --force'],
    [['--at', 'soon'], 2, '--at cannot be "soon"'],
  ])('refuses %j with %i and changes nothing', async (flags, code, words) => {
    const id = await desk.place();
    const before = await desk.types(id);
    const { exitCode, stderr } = await desk.oss(['schedule', 'assign', id, ...flags]);
    expect([exitCode, stderr]).toEqual([code, expect.stringContaining(words)]);
    expect(await desk.types(id)).toEqual(before);
  });

  it('checks all ids before the first is held, and reports each of many', async () => {
    const [a, b] = [await desk.place(), await desk.place({ area: '강남구' })];
    expect((await desk.oss(`schedule assign ${a} 99`)).exitCode).toBe(3);
    expect(await desk.calendar()).toEqual([]);
    const { exitCode, json } = await desk.oss(`schedule assign ${a} ${b} --json`);
    expect(exitCode).toBe(7);
    expect(json()).toMatchObject({ items: [{ status: 'done' }, { status: 'failed', code: 'NO_SLOT' }] });
  });

  it('changes nothing in a dry run', async () => {
    const id = await desk.place();
    const before = await desk.types(id);
    const { exitCode, stderr } = await desk.oss(`schedule assign ${id} --dry-run`);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('dry run')]);
    expect(await desk.types(id)).toEqual(before);
  });

  it('speaks Korean', async () => {
    const id = await desk.place();
    expect((await desk.oss(`schedule assign ${id} --lang ko`)).stdout).toContain(
      'T-01 이준호 방문 확정: 2026-11-24 (화) 10:00-11:00',
    );
    expect((await desk.oss(`schedule assign ${id} --technician T-99 --lang ko`)).stderr).toContain('오류:');
  });

  it('gives a record a block of its own on a narrow terminal', async () => {
    const id = await desk.place();
    const { stdout } = await desk.oss(`schedule assign ${id} -y`, { tty: true, columns: 50 });
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
    expect(stdout).toContain('T-01');
  });
});

describe('schedule call', () => {
  it('phones for what is held, and holds the best visit first when nothing is', async () => {
    const [a, b] = [await desk.place(), await desk.place()];
    await desk.oss(['schedule', 'assign', a, '--at', '2026-11-25 14:00', '--no-call']);
    expect((await desk.oss(`schedule call ${a}`)).stdout).toContain('2026-11-25 (Wed) 14:00-15:00');
    const { exitCode, stdout } = await desk.oss(`schedule call ${b}`);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('comes on 2026-11-24')]);
  });

  it('calls again after an answer, however soon', async () => {
    const id = await desk.place();
    expect((await desk.oss(`schedule call ${id}`, NOBODY_ANSWERS)).exitCode).toBe(8);
    expect((await desk.oss(`schedule call ${id}`)).exitCode).toBe(0);
    expect((await desk.types(id)).filter((type) => type === 'CallRequested')).toHaveLength(2);
  });

  it('records what a person was told, and phones nobody', async () => {
    const id = await desk.place();
    await desk.oss(`schedule assign ${id} --no-call`);
    const record = async (...words: readonly string[]) =>
      (await desk.oss(['schedule', 'call', id, '--outcome', ...words])).stdout;
    expect(await record('NO_ANSWER')).toContain('no answer; called again 2026-11-24 10:00');
    expect(await record('callback', '--at', '2026-11-24 16:00')).toContain('called again 2026-11-24 16:00');
    expect(await record('REFUSED', '--note', 'not now')).toContain('the customer has to be reached first');
    expect((await desk.oss('schedule queue --pending -o id')).stdout).toBe(`${id}\n`);
    expect(await record('AGREED', '--at', '2026-11-25 10:00')).toContain('comes on 2026-11-25 (Wed) 10:00');
    expect(await desk.types(id)).not.toContain('CallRequested');
    expect((await desk.oss(`schedule call ${id} --outcome AGREED --json`)).json()).toMatchObject({
      items: [{ status: 'already' }],
    });
  });

  it('needs a time when nothing is held that could be agreed to', async () => {
    const id = await desk.place();
    const { exitCode, stderr } = await desk.oss(`schedule call ${id} --outcome AGREED`);
    expect([exitCode, stderr]).toEqual([4, expect.stringContaining('no visit is held')]);
    expect((await desk.oss(['schedule', 'call', id, '--at', '2026-11-25 10:00'])).exitCode).toBe(2);
    expect((await desk.oss(`schedule call ${id} --outcome MAYBE`)).exitCode).toBe(2);
  });
});
