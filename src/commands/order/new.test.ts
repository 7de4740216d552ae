import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, HONG, hire, newDesk, technician } from '../../testing/cli/orders.fixture.ts';
import { memoryDrafts } from '../../testing/cli/run-cli.ts';
import { CTRL_C } from '../../testing/cli/scripted-prompts.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await newDesk();
});
afterEach(() => desk.close());

const ONE = ['order', 'new', ...HONG, '--internet', '1'];

describe('order new', () => {
  it('acknowledges the order, runs it as far as it goes, and shows it', async () => {
    await hire(desk, technician('T-01', ['강남구']));
    const { exitCode, stdout, stderr } = await desk.oss([...ONE, '--tv', '2', '--note', 'ring twice']);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      'order ORD-000001 is placed',
      'ORD-000001  waiting for a call',
    ]);
    expect(stdout).toContain('✓ received ── ✓ network ready ── ● visit agreed ── ○ in service');
    expect(stdout).toContain('홍길동, 010-1234-5678');
    expect(stdout).toContain('1 Internet + 2 TV');
  });

  it('answers oss.order/1 with what was typed in the clear, without an audit row', async () => {
    await hire(desk, technician('T-01', ['강남구']));
    const answer = await desk.json([...ONE, '--priority', 'urgent', '--note', 'ring twice']);
    expect(validateOutput('oss.order/1', answer)).toEqual([]);
    expect(answer).toMatchObject({
      orderId: 'ORD-000001',
      stage: 'tm-queue',
      priority: 'urgent',
      area: '강남구',
      internetCount: 1,
      tvCount: 0,
      customer: { name: '홍길동', phone: '010-1234-5678' },
      notes: [{ actor: 'cs:kim', text: 'ring twice' }],
      waitingFor: { who: 'us', what: 'assign' },
      simulated: true,
    });
    const audit = await desk.open(async (services) =>
      (await services.store('read')).read((tx) => tx.audit.list(10)),
    );
    expect(audit.filter(({ action }) => action === 'pii.read')).toEqual([]);
  });

  it('prints nothing but the id with -o id, at the commit', async () => {
    const { stdout } = await desk.oss([...ONE, '-o', 'id']);
    expect(stdout).toBe('ORD-000001\n');
  });

  it('takes orders while the network and the desk are down, and says what is pending', async () => {
    const dark = await newDesk({ OSS_INLINE_MAX_MS: '0' });
    const { exitCode, stdout, stderr } = await dark.oss(ONE);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('order ORD-000001 is placed\nORD-000001  placed\n');
    expect(stderr).toContain('no worker is running; start one: oss worker --drain');
    await dark.close();
  });

  it('stands although what should follow cannot even begin', async () => {
    const broken = await newDesk({ OSS_SIMULATE_FAULTS: 'nonsense' });
    const { exitCode, stdout, stderr } = await broken.oss(ONE);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('order ORD-000001 is placed');
    expect(stderr).toContain('warning: --fault cannot be "nonsense"');
    expect(stderr).toContain('no worker is running');
    await broken.close();
  });

  it('says everything that is missing at once, with an example', async () => {
    const { exitCode, stderr, stdout } = await desk.oss(['order', 'new', '--name', '홍길동']);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('needs --phone PHONE, --address ADDRESS, --internet N or --tv N');
    expect(stderr).toContain('for example: oss order new --name');
  });

  it.each([
    [['--name', '   '], '--name'],
    [['--name', 'x'.repeat(1_000_000)], '--name'],
    [['--phone', '12'], '--phone'],
    [['--internet', '-1'], '--internet'],
    [['--internet', '1.5'], '--internet'],
    [['--internet', '1e309'], '--internet'],
    [['--internet', '٣'], '--internet'],
    [['--not-before', '2026-02-30'], '--not-before'],
    [['--prefer', 'noon'], '--prefer'],
  ])('refuses %j and writes nothing', async (flags, named) => {
    const { exitCode, stderr } = await desk.oss([...ONE, ...flags]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`error: ${named}`);
    expect((await desk.oss(['order', 'list', '-o', 'id'])).stdout).toBe('');
  });

  it.each([
    [['--internet', '0'], 'the order has no lines'],
    [['--internet', '0', '--tv', '0'], 'the order has no lines'],
    [['--internet', '11'], '11 lines are too many for one order'],
  ])('refuses %j by rule', async (flags, says) => {
    const { exitCode, stderr } = await desk.oss([...ONE, ...flags]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(says);
  });

  it('does the same key once, and refuses it with other content', async () => {
    const keyed = [...ONE, '--key', 'WEB-1'];
    await desk.oss(keyed);
    const again = await desk.oss(keyed);
    expect(again.exitCode).toBe(0);
    expect(again.stderr).toContain('ORD-000001 was placed with this key before');
    expect(again.stdout).not.toContain('is placed');
    const other = await desk.oss([...keyed, '--tv', '1']);
    expect(other.exitCode).toBe(4);
    expect((await desk.oss(['order', 'list', '-o', 'id'])).stdout).toBe('ORD-000001\n');
  });

  it('refuses a likely duplicate, unless it is meant', async () => {
    await desk.oss(ONE);
    const second = await desk.oss(ONE);
    expect(second.exitCode).toBe(4);
    expect(second.stderr).toContain('this looks like a duplicate of ORD-000001');
    const spaced = ONE.map((word) => (word.includes('구 ') ? ` ${word.replaceAll(' ', '  ')} ` : word));
    expect(spaced).not.toEqual(ONE);
    expect((await desk.oss(spaced)).exitCode).toBe(4);
    expect((await desk.oss([...ONE, '--duplicate-ok'])).exitCode).toBe(0);
    const asked = await desk.oss(ONE, { tty: true, answers: [false] });
    expect(asked.exitCode).toBe(4);
    expect((await desk.oss(ONE, { tty: true, answers: [true] })).exitCode).toBe(0);
  });

  it('leaves nothing behind in a dry run', async () => {
    const { exitCode, stdout, stderr } = await desk.oss([...ONE, '--dry-run', '--key', 'K']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('ORD-000001  placed');
    expect(stdout).not.toContain('is placed');
    expect(stdout).toContain('홍길동');
    expect(stderr).toContain('nothing was written');
    expect((await desk.oss(['order', 'list', '-o', 'id'])).stdout).toBe('');
    expect((await desk.oss([...ONE, '--dry-run', '--internet', '11'])).exitCode).toBe(1);
  });

  it('takes over from another order what is not given', async () => {
    await hire(desk, technician('T-01', ['강남구', '분당구']));
    await desk.oss([...ONE, '--tv', '1']);
    const answer = await desk.json(['order', 'new', '--from', '1', '--tv', '3', '--duplicate-ok']);
    expect(answer).toMatchObject({
      orderId: 'ORD-000002',
      area: '강남구',
      internetCount: 1,
      tvCount: 3,
      customer: { id: 'CUS-000001', name: '홍*동', phone: '010-****-5678' },
    });
    const elsewhere = ['order', 'new', '--from', '1', '--address', '경기도 성남시 분당구 황새울로 117'];
    expect(await desk.json(elsewhere)).toMatchObject({ area: '분당구' });
    expect((await desk.oss(['order', 'new', '--from', '99'])).exitCode).toBe(3);
  });

  it('takes an order for a known customer', async () => {
    await desk.oss(ONE);
    const more = ['--address', '서울특별시 송파구 송파대로 43', '--tv', '1'];
    expect(await desk.json(['order', 'new', '--customer', 'CUS-000001', ...more])).toMatchObject({
      customer: { name: '홍*동', phone: '010-****-5678', address: '서울특별시 송파구 송파대로 43' },
      internetCount: 0,
      tvCount: 1,
    });
    const unknown = await desk.oss(['order', 'new', '--customer', 'CUS-000009', ...more]);
    expect(unknown.exitCode).toBe(3);
  });
});

describe('the area of an order', () => {
  const at = (address: string): readonly string[] => [
    ...['order', 'new', '--name', '홍길동', '--phone', '010-1234-5678', '--internet', '1'],
    ...['--address', address],
  ];

  it('is open while no technicians are known', async () => {
    const { exitCode, stderr, json } = await desk.oss([...ONE, '-o', 'json']);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('no technicians are known yet');
    expect(json()).toMatchObject({ area: null });
  });

  it('is open and planned by hand when the address is in none', async () => {
    await hire(desk, technician('T-01', ['강남구']));
    const { stderr, exitCode } = await desk.oss(at('제주특별자치도 제주시 연동 1'));
    expect(exitCode).toBe(0);
    expect(stderr).toContain('the visit will be planned by hand');
  });

  it('is asked for when the address is in several', async () => {
    await hire(desk, technician('T-01', ['강남구', '분당구']));
    const both = at('강남구 분당구 사이');
    const refused = await desk.oss(both);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('it could be 강남구 or 분당구');
    expect(refused.stderr).toContain('next: add --area 강남구');
    const picked = await desk.oss([...both, '-o', 'json'], { tty: true, answers: ['분당구'] });
    expect(picked.json()).toMatchObject({ area: '분당구' });
    const given = await desk.json([...at('강남구 분당구 다른 곳'), '--area', '강남구']);
    expect(given).toMatchObject({ area: '강남구' });
  });

  it('comes from the settings when these name the areas', async () => {
    const set = await newDesk({ OSS_AREAS: '마포구,강남구' });
    expect(await set.json(at('서울특별시 마포구 월드컵로 1'))).toMatchObject({ area: '마포구' });
    await set.close();
  });

  it('that nobody serves is taken with a warning', async () => {
    await hire(desk, technician('T-01', ['강남구']));
    const { exitCode, stderr } = await desk.oss([...ONE, '--area', '강남귀']);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('no technician works in 강남귀; did you mean 강남구?');
  });
});

describe('the wizard of order new', () => {
  const answers = [
    '010-1234-5678',
    '홍길동',
    '서울특별시 강남구 역삼로 12',
    '1',
    '0',
    'am',
    '',
    '',
    'normal',
  ];

  it('asks, shows a summary, and says the same call', async () => {
    const run = await desk.oss(['order', 'new'], { tty: true, answers: [...answers, 'submit'] });
    expect(run.exitCode).toBe(0);
    expect(run.questions).toHaveLength(10);
    expect(run.stdout).toContain('order ORD-000001 is placed');
    expect(run.stderr).toContain('--phone 010-1234-5678');
  });

  it('keeps a draft on Ctrl-C and goes on with it', async () => {
    const drafts = memoryDrafts();
    const left = await desk.oss(['order', 'new'], {
      tty: true,
      drafts,
      answers: [...answers.slice(0, 2), CTRL_C],
    });
    expect(left.exitCode).toBe(130);
    const resumed = await desk.oss(['order', 'new', '--resume'], {
      tty: true,
      drafts,
      answers: [...answers.slice(2), 'submit'],
    });
    expect(resumed.exitCode).toBe(0);
    expect(resumed.stdout).toContain('홍길동');
  });

  it('leads back to the review with the reason when the order is refused', async () => {
    const drafts = memoryDrafts();
    const tooMany = answers.with(3, '99');
    const mended = ['change a value', 'Internet lines: 99', '1', 'submit'];
    const run = await desk.oss(['order', 'new'], {
      tty: true,
      drafts,
      answers: [...tooMany, 'submit', ...mended],
    });
    expect([run.exitCode, run.stdout]).toEqual([0, expect.stringContaining('홍길동')]);
    expect(run.questions.at(-4)).toMatch(/\n! .*10/);
    expect(run.questions.at(-1)).not.toContain('!');
    expect(await drafts.load('order new')).toBeNull();
    const left = await desk.oss(['order', 'new', '--duplicate-ok'], {
      tty: true,
      drafts,
      answers: [tooMany[0] ?? '', 'somebody else', ...tooMany.slice(1), 'submit', 'leave'],
    });
    expect(left.exitCode).toBe(6);
    expect(await drafts.load('order new')).toMatchObject({ flags: { internet: ['99'] } });
  });

  it('shows who has the phone number, and what is open for them', async () => {
    await desk.oss(ONE);
    const run = await desk.oss(['order', 'new'], {
      tty: true,
      answers: ['01012345678', 'CUS-000001', '서울특별시 강남구 논현로 1', ...answers.slice(3), 'submit'],
    });
    expect(run.exitCode, run.stderr).toBe(0);
    expect(run.stderr).toMatch(/known: 홍\*동 \(CUS-000001\)\n {2}ORD-000001/);
    expect(run.questions.some((question) => question.includes('Name'))).toBe(false);
    expect(run.stderr).toContain('--customer CUS-000001');
  });

  it('goes back a question at <, with what was answered in front of the cursor', async () => {
    const run = await desk.oss(['order', 'new'], {
      tty: true,
      answers: ['010-1234-5678', '홍길순', '<', '홍길동', ...answers.slice(2), 'submit'],
    });
    expect([run.exitCode, run.stdout]).toEqual([0, expect.stringContaining('홍길동')]);
    const same = await desk.oss(['order', 'new', '--duplicate-ok'], {
      tty: true,
      answers: ['010-9999-5678', '김솔', '<', '', ...answers.slice(2), 'submit'],
    });
    expect([same.exitCode, same.stdout]).toEqual([0, expect.stringContaining('김솔')]);
  });

  it('says in the review what was meant', async () => {
    const run = await desk.oss(['order', 'new', '--lang', 'ko'], {
      tty: true,
      answers: ['01012345678', ...answers.slice(1, 5), '오후', '내일', '', '보통', '접수'],
    });
    expect(run.exitCode, run.stderr).toBe(0);
    expect(run.questions.at(-1)).toContain('2026-11-25 (수)');
    expect(run.questions.at(-1)).toContain('010-1234-5678');
    expect(run.questions.at(-1)).toContain('오후 (pm)');
  });

  it('keeps the draft of a question that the command asked itself, and after a dry run', async () => {
    const drafts = memoryDrafts();
    await hire(desk, technician('T-01', ['강남구']));
    const elsewhere = answers.with(2, '부산광역시 수영구 광안로 1');
    const left = await desk.oss(['order', 'new'], {
      tty: true,
      drafts,
      answers: [...elsewhere, 'submit', CTRL_C],
    });
    expect(left.exitCode).toBe(130);
    expect(await drafts.load('order new')).toMatchObject({ flags: { name: ['홍길동'], internet: ['1'] } });
    await drafts.drop('order new');
    await desk.oss(['order', 'new', '--dry-run'], { tty: true, drafts, answers: [...answers, 'submit'] });
    expect(await drafts.load('order new')).toMatchObject({ flags: { name: ['홍길동'] } });
  });

  it('keeps no draft of what is acknowledged, whatever comes after', async () => {
    const drafts = memoryDrafts();
    const stop = new AbortController();
    const run = await desk.oss(['order', 'new', '--wait'], {
      tty: true,
      drafts,
      answers: [...answers, 'submit'],
      signal: stop.signal,
      writeStdout: async (text) => {
        if (text.includes('is placed')) stop.abort(new Error('the terminal is gone'));
      },
    });
    expect(run.stderr).not.toContain('draft kept');
    expect(await drafts.load('order new')).toBeNull();
  });

  it('never lays an empty draft over a full one', async () => {
    const drafts = memoryDrafts();
    await desk.oss(['order', 'new'], { tty: true, drafts, answers: [...answers.slice(0, 5), CTRL_C] });
    const full = await drafts.load('order new');

    const kept = await desk.oss(['order', 'new'], {
      tty: true,
      drafts,
      answers: ['010-7777-5678', CTRL_C, false],
    });
    expect(kept.questions.at(-1)).toBe('A draft with 5 answers is kept already, this one has 1. Replace it?');
    expect(await drafts.load('order new')).toEqual(full);
    const empty = await desk.oss(['order', 'new', '--tv', '1'], { tty: true, drafts, answers: [CTRL_C] });
    expect([empty.exitCode, empty.stderr]).toEqual([130, expect.not.stringContaining('draft kept')]);
    expect(await drafts.load('order new')).toEqual(full);
  });

  it('asks no name and phone of a customer who is named by id', async () => {
    await desk.oss(ONE);
    const run = await desk.oss(['order', 'new', '--customer', 'CUS-000001'], {
      tty: true,
      answers: ['서울특별시 강남구 논현로 1', '1', '0', 'am', '', '', 'normal', 'submit'],
    });
    expect(run.questions[0]).toContain('Address');
    expect([run.exitCode, run.stdout]).toEqual([0, expect.stringContaining('홍*동')]);
  });

  it('says that one of the counts of lines is enough', async () => {
    const { exitCode, stderr } = await desk.oss(['order', 'new']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('needs --phone PHONE, --name NAME, --address ADDRESS, --internet N or --tv N');
    expect((await desk.oss(['order', 'new', '--lang', 'ko'])).stderr).toContain('--internet 수 또는 --tv 수');
  });
});
