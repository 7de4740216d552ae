import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FieldHome, fieldHome } from '../../testing/cli/field.fixture.ts';
import { CTRL_C } from '../../testing/cli/scripted-prompts.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';

const T1 = ['--actor', 'technician:T-01'];
const T2 = ['--actor', 'technician:T-02'];
const EVIDENCE = ['--ont', 'HWTC12345678', '--rx', '-18.5', '--stb', 'STB001', '--signed-by', '홍길동'];
const INTERNET = { lines: { internet: 1, tv: 0 } };

let home: FieldHome;
beforeEach(async () => {
  home = await fieldHome();
});
afterEach(() => home.close());

const types = async (orderId: string): Promise<readonly string[]> =>
  (await home.events(orderId)).map(({ type }) => type);
const audited = () =>
  home.withServices(async (services) => (await services.store('read')).read((tx) => tx.audit.list(100)));
const stageOf = (run: { json: () => unknown }): unknown => (run.json() as { stage: unknown }).stage;

describe('field today', () => {
  it('shows a technician their own visits in clear, which leaves one audit row', async () => {
    const first = await home.scheduled('2026-11-24T10:00');
    await home.scheduled('2026-11-24T14:00', { technicianId: 'T-02' });
    const run = await home.oss(['field', 'today', ...T1], { columns: 140 });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('10:00-11:30');
    expect(run.stdout).toContain('010-5577-8157');
    expect(run.stdout).toContain('황새울로 117');
    const json = await home.oss(['field', 'today', '--json', ...T1]);
    expect(validateOutput('oss.visits/1', json.json())).toEqual([]);
    expect((json.json() as { items: { orderId: string }[] }).items.map((item) => item.orderId)).toEqual([
      first,
    ]);
    const rows = (await audited()).filter(({ action }) => action === 'pii.read');
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ actor: 'technician:T-01', subject: 'T-01', orderIds: [first] });
  });

  it('shows everybody else the visits of all technicians, masked and without an audit row', async () => {
    await home.scheduled('2026-11-24T10:00');
    await home.scheduled('2026-11-24T09:30', { technicianId: 'T-02' });
    const run = await home.oss(['field', 'today'], { columns: 160 });
    expect(run.stdout.split('\n').slice(1, 3)).toEqual([
      expect.stringMatching(/^09:30.*정\*은.*010-\*\*\*\*-8157.*T-02$/),
      expect.stringMatching(/^10:00.*T-01$/),
    ]);
    expect(await audited()).toEqual([]);
    const others = await home.oss(['field', 'today', '--technician', 'T-02', ...T1]);
    expect(others.stdout).not.toContain('정하은');
  });

  it('has an empty day, an unknown technician, and every format', async () => {
    const empty = await home.oss(['field', 'today', '--date', 'tomorrow', ...T1]);
    expect([empty.exitCode, empty.stdout]).toEqual([0, 'no visits on 2026-11-25\n']);
    expect((await home.oss(['field', 'today', '--technician', 'T-99'])).exitCode).toBe(3);
    const orderId = await home.scheduled('2026-11-24T10:00');
    expect((await home.oss(['field', 'today', '-o', 'id'])).stdout).toBe(`${orderId}\n`);
    const csv = (await home.oss(['field', 'today', '-o', 'csv'])).stdout.split('\n');
    expect(csv[0]).toContain('orderId,start,end,stage');
    expect(csv[1]).toContain(`${orderId},2026-11-24T01:00:00.000Z`);
    expect((await home.oss(['field', 'today', '-o', 'ndjson'])).json()).toMatchObject({ orderId });
  });

  it('puts visits of earlier days without a result first', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const run = await home.oss(['field', 'today', ...T1], { env: { OSS_NOW: '2026-11-25T00:00:00.000Z' } });
    expect(run.stdout).toContain(`! 2026-11-24 10:00  ${orderId}`);
    expect(run.stdout).toContain('without a result yet');
  });

  it('is a block a visit on a phone', async () => {
    await home.scheduled('2026-11-24T10:00');
    const run = await home.oss(['field', 'today', ...T1], { columns: 40 });
    expect(run.stdout).toMatch(/^TIME {6}10:00-11:30$/m);
    expect(Math.max(...run.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
  });
});

describe('field show and next', () => {
  it('fits 40 columns with address, phone, notes and earlier visits', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    await home.oss(['field', 'revisit', orderId, '--code', 'NO_ACCESS', '--note', '벨을 세 번 눌렀음']);
    const run = await home.oss(['field', 'show', orderId], { columns: 40 });
    expect(run.stdout).toContain('010-5577-8157');
    expect(run.stdout).toContain('황새울로');
    expect(run.stdout).toContain('비밀번호는');
    expect(run.stdout).toContain('(NO_ACCESS)');
    expect(run.stdout).toContain('벨을 세 번');
    const json = await home.oss(['field', 'show', orderId, '--json']);
    expect(validateOutput('oss.visit/1', json.json())).toEqual([]);
    expect(json.json()).toMatchObject({
      number: 2,
      visit: null,
      earlier: [{ number: 1, code: 'NO_ACCESS', technicianId: 'T-01' }],
    });
  });

  it('is clear for the technician who goes there and masked for another', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const name = async (actor: string[]) =>
      (
        (await home.oss(['field', 'show', orderId, '--json', ...actor])).json() as {
          customer: { name: string };
        }
      ).customer.name;
    expect(await name(T1)).toBe('정하은');
    expect(await name(T2)).toBe('정*은');
  });

  it('is the earliest visit, then the one that is going on', async () => {
    const late = await home.scheduled('2026-11-24T14:00');
    const early = await home.scheduled('2026-11-24T10:00');
    expect((await home.oss(['field', 'next', '-o', 'id', ...T1])).stdout).toBe(`${early}\n`);
    await home.oss(['field', 'start', late, ...T1]);
    expect((await home.oss(['field', 'next', '-o', 'id', '--technician', 'T-01'])).stdout).toBe(`${late}\n`);
    expect((await home.oss(['field', 'next', ...T2])).exitCode).toBe(3);
    expect((await home.oss(['field', 'next'])).exitCode).toBe(2);
  });
});

describe('field start', () => {
  it('takes the next visit of the technician and says which; again it is already so', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const run = await home.oss(['field', 'start', '--json', ...T1]);
    expect(run.stderr).toContain(`${orderId}, 2026-11-24 (Tue) 10:00: the next visit`);
    expect(validateOutput('oss.order/1', run.json())).toEqual([]);
    expect(stageOf(run)).toBe('on-site');
    const again = await home.oss(['field', 'start', ...T1]);
    expect(again.exitCode).toBe(0);
    expect(again.stderr).toContain(`${orderId}, 2026-11-24 (Tue) 10:00: the visit that is going on`);
    expect(again.stderr).toContain('it was started before');
    expect((await types(orderId)).filter((type) => type === 'FieldWorkStarted')).toHaveLength(1);
  });

  it('wants the order of everybody else, and lists visits that are going on', async () => {
    const none = await home.oss(['field', 'start']);
    expect([none.exitCode, none.stderr]).toEqual([2, expect.stringContaining('--actor technician:ID')]);
    expect((await home.oss(['field', 'start', ...T1])).exitCode).toBe(3);
    const a = await home.scheduled('2026-11-24T10:00');
    const b = await home.scheduled('2026-11-24T14:00');
    await home.oss(['field', 'start', a, ...T1]);
    await home.oss(['field', 'start', b, ...T1]);
    const both = await home.oss(['field', 'complete', ...T1, ...EVIDENCE]);
    expect([both.exitCode, both.stderr]).toEqual([2, expect.stringContaining(`${a}, ${b}`)]);
  });

  it('takes an entry of the last 24 hours as it is, and none of the future', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    expect((await home.oss(['field', 'start', orderId, '--at', '2026-11-22 08:00'])).exitCode).toBe(2);
    expect((await home.oss(['field', 'start', orderId, '--at', '2026-11-24 18:00'])).exitCode).toBe(2);
    expect((await home.oss(['field', 'start', orderId, '--at', '2026-11-24 08:30'])).exitCode).toBe(0);
    const started = (await home.events(orderId)).find(({ type }) => type === 'FieldWorkStarted');
    expect(started?.data).toMatchObject({ occurredAt: '2026-11-23T23:30:00.000Z' });
  });

  describe('entered days later', () => {
    /** Monday; the visit was on Tuesday before. */
    const later = { env: { OSS_NOW: '2026-11-30T09:00:00+09:00' } };
    const AT = ['--at', '2026-11-24 11:20'];

    it('is recorded with -y, and marked', async () => {
      const orderId = await home.scheduled('2026-11-24T10:00');
      const line = ['field', 'complete', orderId, ...EVIDENCE, ...AT];
      const before = await home.events(orderId);
      for (const argv of [line, [...line, '--dry-run']]) {
        const { exitCode, stderr } = await home.oss(argv, later);
        expect([exitCode, stderr]).toEqual([2, expect.stringContaining('add -y when the time is right')]);
      }
      expect(await home.events(orderId)).toEqual(before);
      const { exitCode, stderr } = await home.oss([...line, '-y'], later);
      expect([exitCode, stderr]).toEqual([0, expect.stringContaining('entered more than a day later')]);
      const order = (await home.oss(['status', orderId, '--json'], later)).json();
      expect(validateOutput('oss.order/1', order)).toEqual([]);
      expect(order).toMatchObject({
        stage: 'completed',
        result: { occurredAt: '2026-11-24T02:20:00.000Z', enteredLate: true },
      });
      expect((await home.oss(['events', orderId], later)).stdout).toMatch(
        /in service since 2026-11-24 11:20.*, entered more than a day later/,
      );
      // Kept on the day of the visit, so the promise was kept.
      expect((await home.oss(['report', '--json'], later)).json()).toMatchObject({
        promiseKept: { of: 1, n: 1 },
      });
    });

    it('is asked about on a terminal', async () => {
      const orderId = await home.scheduled('2026-11-24T10:00');
      const line = ['field', 'revisit', orderId, '--code', 'NO_ACCESS', ...AT];
      const no = await home.oss(line, { ...later, tty: true, answers: [false] });
      expect([no.exitCode, no.questions[0]]).toEqual([6, expect.stringContaining('more than a day ago')]);
      const yes = await home.oss(line, { ...later, tty: true, answers: [true] });
      expect(yes.exitCode).toBe(0);
      expect((await home.events(orderId)).map(({ type }) => type)).toContain('VisitNotDone');
    });

    it('reaches back to the day of the visit, and no further', async () => {
      const orderId = await home.scheduled('2026-11-24T10:00');
      const at = (time: string) => ['field', 'start', orderId, '--at', time, '-y'];
      const early = await home.oss(at('2026-11-23 23:59'), later);
      expect([early.exitCode, early.stderr]).toEqual([2, expect.stringContaining('2026-11-24 00:00')]);
      expect((await home.oss(at('2026-11-24 00:00'), later)).exitCode).toBe(0);
    });
  });

  it('is denied to another technician, and the denial is kept', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const denied = await home.oss(['field', 'start', orderId, ...T2]);
    expect([denied.exitCode, denied.stderr]).toEqual([
      5,
      expect.stringContaining('it is the visit of T-01, and technicians report on their own visits only'),
    ]);
    expect((await audited())[0]).toMatchObject({
      action: 'denied',
      actor: 'technician:T-02',
      subject: orderId,
    });
  });
});

describe('field complete', () => {
  it('completes, and the same again is already so', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const run = await home.oss(['field', 'complete', orderId, '--json', ...EVIDENCE]);
    expect(run.exitCode).toBe(0);
    expect(validateOutput('oss.order/1', run.json())).toEqual([]);
    expect(run.json()).toMatchObject({
      stage: 'completed',
      result: { ontSerial: 'HWTC12345678', rxPowerDbm: -18.5, stbSerials: ['STB001'], signedBy: '홍*동' },
    });
    const again = await home.oss(['field', 'complete', orderId, ...EVIDENCE]);
    expect([again.exitCode, again.stderr]).toEqual([0, expect.stringContaining('completed before')]);
    const log = await types(orderId);
    expect(log.filter((type) => type === 'FieldWorkCompleted')).toHaveLength(1);
    expect(log.at(-1)).toBe('OrderClosed');
  });

  it('keeps the name of the signer out of the log', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    await home.oss(['field', 'complete', orderId, ...EVIDENCE, '--note', '거실에 설치']);
    const log = JSON.stringify(await home.events(orderId));
    expect(log).not.toContain('홍길동');
    expect(log).not.toContain('거실에');
  });

  it('lists everything that is missing or wrong at once, and changes nothing', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const before = await types(orderId);
    const none = await home.oss(['field', 'complete', orderId]);
    expect(none.exitCode).toBe(1);
    for (const part of ['--ont', '--rx', '--stb has 0 of 1', '--signed-by'])
      expect(none.stderr).toContain(part);
    const wrong = await home.oss([
      ...[
        'field',
        'complete',
        orderId,
        '--ont',
        'X',
        '--rx',
        '-30',
        '--stb',
        'A1B2,A1B2',
        '--signed-by',
        'K',
      ],
    ]);
    expect(wrong.exitCode).toBe(1);
    for (const part of ['--ont X', '-30', '2 serials for 1 TV lines', 'A1B2 is given twice'])
      expect(wrong.stderr).toContain(part);
    expect(await types(orderId)).toEqual(before);
  });

  it.each(['--rx=18.5', '--rx 18.5'])('asks whether %s was meant negative', async (typed) => {
    const orderId = await home.scheduled('2026-11-24T10:00', INTERNET);
    const run = await home.oss([
      ...['field', 'complete', orderId, '--ont', 'HWTC12345678', ...typed.split(' '), '--signed-by', 'Kim'],
    ]);
    expect([run.exitCode, run.stderr]).toEqual([1, expect.stringContaining('did you mean --rx -18.5?')]);
  });

  it.each(['--rx=-18.5', '--rx -18.5', '--rx -27', '--rx -8'])('takes %s', async (typed) => {
    const orderId = await home.scheduled('2026-11-24T10:00', INTERNET);
    const run = await home.oss([
      ...['field', 'complete', orderId, '--ont', 'HWTC12345678', ...typed.split(' '), '--signed-by', 'Kim'],
    ]);
    expect([run.exitCode, run.stderr]).toEqual([0, '']);
  });

  it('is a usage error for a power that is no number', async () => {
    const run = await home.oss(['field', 'complete', '1', '--rx', 'good']);
    expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining('a number')]);
  });

  it('refuses other evidence for a completed order, and takes the correction', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    await home.oss(['field', 'complete', orderId, ...EVIDENCE]);
    const other = await home.oss(['field', 'complete', orderId, ...EVIDENCE, '--ont', 'HWTC00000000']);
    expect([other.exitCode, other.stderr]).toEqual([4, expect.stringContaining('field correct')]);
    const corrected = await home.oss(['field', 'correct', orderId, '--ont', 'hwtc-0000 0000', '--json']);
    expect(corrected.json()).toMatchObject({ result: { ontSerial: 'HWTC00000000', rxPowerDbm: -18.5 } });
    const again = await home.oss(['field', 'correct', orderId, '--ont', 'HWTC00000000']);
    expect([again.exitCode, again.stderr]).toEqual([0, expect.stringContaining('so already')]);
    expect((await home.oss(['field', 'correct', orderId, '--rx', '20'])).exitCode).toBe(1);
    expect((await home.oss(['field', 'correct', orderId])).exitCode).toBe(2);
  });

  it('without the order, typed twice, completes one visit only', async () => {
    const a = await home.scheduled('2026-11-24T10:00');
    const b = await home.scheduled('2026-11-24T14:00');
    expect((await home.oss(['field', 'complete', ...T1, ...EVIDENCE])).exitCode).toBe(0);
    const again = await home.oss(['field', 'complete', ...T1, ...EVIDENCE, '--json']);
    expect(again.exitCode).toBe(0);
    expect(again.json()).toMatchObject({ orderId: a });
    expect(again.stderr).toContain(`the same was reported for ${a}`);
    expect(await types(b)).not.toContain('FieldWorkCompleted');
    const next = await home.oss(['field', 'complete', ...T1, ...EVIDENCE, '--ont', 'HWTC00000002', '--json']);
    expect(next.json()).toMatchObject({ orderId: b });
  });

  it('knows a key again without the order, and refuses it for another content', async () => {
    const a = await home.scheduled('2026-11-24T10:00');
    await home.scheduled('2026-11-24T14:00');
    const keyed = ['field', 'complete', ...T1, '--key', 'K1'];
    await home.oss([...keyed, ...EVIDENCE]);
    // Hours later, and another visit has begun.
    const later = { env: { OSS_NOW: '2026-11-24T05:00:00.000Z' } };
    await home.oss(['field', 'start', ...T1], later);
    const again = await home.oss([...keyed, ...EVIDENCE, '--json'], later);
    expect([again.exitCode, again.json()]).toEqual([0, expect.objectContaining({ orderId: a })]);
    expect((await home.oss([...keyed, ...EVIDENCE, '--ont', 'HWTC00000002'], later)).exitCode).toBe(4);
  });

  it('is refused for another visit number, another version, and without a visit', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const complete = ['field', 'complete', orderId, ...EVIDENCE];
    expect((await home.oss([...complete, '--visit', '2'])).exitCode).toBe(4);
    expect((await home.oss([...complete, '--if-version', '1'])).exitCode).toBe(4);
    const open = await home.place({ internet: 1, tv: 0 });
    const none = await home.oss(['field', 'complete', open]);
    expect([none.exitCode, none.stderr]).toEqual([4, expect.stringContaining('no agreed visit')]);
    expect((await home.oss(['field', 'complete', '999', ...EVIDENCE])).exitCode).toBe(3);
  });

  it('is refused after a return, whatever the evidence', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    await home.oss(['field', 'return', orderId, '--code', 'NO_FACILITY', '-y']);
    expect((await home.oss(['field', 'complete', orderId])).exitCode).toBe(4);
    expect((await home.oss(['field', 'complete', orderId, ...EVIDENCE])).exitCode).toBe(4);
  });

  it('changes nothing in a dry run, and has the exit code of the real one', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const before = await types(orderId);
    const run = await home.oss(['field', 'complete', orderId, ...EVIDENCE, '--dry-run', '--json']);
    expect([run.exitCode, stageOf(run)]).toEqual([0, 'completed']);
    expect((await home.oss(['field', 'complete', orderId, '--dry-run'])).exitCode).toBe(1);
    expect(await types(orderId)).toEqual(before);
  });

  it('asks on a terminal for what is missing, and checks each answer', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const run = await home.oss(['field', 'complete', '--ont', 'HWTC12345678', ...T1], {
      tty: true,
      answers: ['18.5', '-18.5 dBm', 'STB001, STB002', 'STB001', '홍길동'],
    });
    expect(run.exitCode).toBe(0);
    expect(run.questions[1]).toContain('did you mean -18.5?');
    expect(run.questions[3]).toContain('2 serials for 1 TV lines');
    expect(run.stderr).toContain(
      `field complete ${orderId} --ont HWTC12345678 --rx -18.5 --stb STB001 --signed-by 홍길동`,
    );
    expect(await types(orderId)).toContain('FieldWorkCompleted');
  });
});

describe('field return', () => {
  it('prints what is switched off and asks; No changes nothing', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const before = await types(orderId);
    const run = await home.oss(['field', 'return', orderId, '--code', 'NO_FACILITY'], {
      tty: true,
      answers: [false],
    });
    expect(run.exitCode).toBe(6);
    for (const service of ['access.gpon#1', 'internet.hsi#1', 'tv.multicast#1', 'tv.stb#1'])
      expect(run.stderr).toMatch(new RegExp(`- ${service}, NE id NE-`));
    expect(run.questions[0]).toContain('4 services are switched off');
    expect(await types(orderId)).toEqual(before);
  });

  it('picks the code by its meaning, takes Yes, and switches everything off', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const run = await home.oss(['field', 'return', ...T1], { tty: true, answers: ['동의 거부', true] });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('everything is switched off');
    const log = await types(orderId);
    expect(log).toContain('ActivationReverted');
    expect(log.at(-1)).toBe('OrderClosed');
    const again = await home.oss(['field', 'return', orderId, '--code', 'CONSENT_REFUSED']);
    expect([again.exitCode, again.stderr]).toEqual([0, expect.stringContaining('returned before')]);
  });

  it('needs -y off a terminal, and names all that is missing at once', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const unsure = await home.oss(['field', 'return', orderId, '--code', 'NO_FACILITY']);
    expect([unsure.exitCode, unsure.stderr]).toEqual([2, expect.stringContaining('-y')]);
    const nothing = await home.oss(['field', 'return']);
    expect(nothing.exitCode).toBe(2);
    expect(nothing.stderr).toContain('--code CODE');
    expect(nothing.stderr).toContain('<id>');
    expect(await types(orderId)).not.toContain('FieldWorkFailed');
  });

  it('refuses a code of the other command with a hint, an unknown one with the nearest, OTHER without words', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const code = (name: string) => home.oss(['field', 'return', orderId, '-y', '--code', name]);
    const other = await code('NO_ACCESS');
    expect([other.exitCode, other.stderr]).toEqual([1, expect.stringContaining('field revisit')]);
    const unknown = await code('NO_FACILTY');
    expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining('NO_FACILITY')]);
    expect((await code('OTHER')).exitCode).toBe(2);
    expect(await types(orderId)).not.toContain('FieldWorkFailed');
  });

  it('is refused before it asks when it is refused at all', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    await home.oss(['field', 'complete', orderId, ...EVIDENCE]);
    const run = await home.oss(['field', 'return', orderId, '--code', 'NO_FACILITY'], { tty: true });
    expect([run.exitCode, run.questions]).toEqual([4, []]);
  });

  it('is safe at its commit although the network is down, and says what is pending', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const run = await home.oss(['field', 'return', orderId, '--code', 'NO_FACILITY', '-y', '--json'], {
      env: { OSS_SIMULATE_FAULTS: 'refuse@ne', OSS_INLINE_MAX_MS: '300' },
    });
    expect([run.exitCode, stageOf(run)]).toEqual([0, 'returning']);
    expect(run.stderr).toContain('still pending at the NE');
    expect(run.stderr).toContain('worker --drain');
    expect(await types(orderId)).toContain('FieldWorkFailed');
  });

  it('without the order, typed twice, returns one visit only', async () => {
    const a = await home.scheduled('2026-11-24T10:00');
    const b = await home.scheduled('2026-11-24T14:00');
    const line = ['field', 'return', ...T1, '--code', 'NO_FACILITY', '-y', '--json'];
    expect((await home.oss(line)).json()).toMatchObject({ orderId: a });
    expect((await home.oss(line)).json()).toMatchObject({ orderId: a });
    expect(await types(b)).not.toContain('FieldWorkFailed');
    await home.oss(['field', 'start', b, ...T1]);
    expect((await home.oss(line)).json()).toMatchObject({ orderId: b });
  });

  it('keeps the words that OTHER needs, and shows them to whoever opens the order', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const words = ['--note', '건물 철거 예정'];
    await home.oss(['field', 'return', orderId, '--code', 'other', ...words, '-y']);
    expect(JSON.stringify(await home.events(orderId))).not.toContain('철거');
    expect((await home.oss(['field', 'show', orderId])).stdout).toContain('건물 철거 예정');
    expect((await home.oss(['order', 'show', orderId])).stdout).toContain('건물 철거 예정');
  });

  it('leaves quietly at Ctrl-C', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const run = await home.oss(['field', 'return', orderId], { tty: true, answers: [CTRL_C] });
    expect(run.exitCode).toBe(130);
    expect(await types(orderId)).not.toContain('FieldWorkFailed');
  });

  it('is denied to another technician before anything is shown', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const run = await home.oss(['field', 'return', orderId, '--code', 'NO_FACILITY', '-y', ...T2]);
    expect([run.exitCode, run.stderr]).toEqual([5, expect.not.stringContaining('NE-')]);
  });
});

describe('field revisit', () => {
  it('goes back to the desk, and the same again is already so', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const run = await home.oss(['field', 'not-done', orderId, '--code', 'no-access', '--json']);
    expect([run.exitCode, stageOf(run)]).toEqual([0, 'tm-queue']);
    const again = await home.oss(['field', 'revisit', orderId, '--code', 'NO_ACCESS']);
    expect([again.exitCode, again.stderr]).toEqual([0, expect.stringContaining('reported so before')]);
    const numbered = await home.oss(['field', 'revisit', orderId, '--code', 'NO_ACCESS', '--visit', '1']);
    expect(numbered.exitCode).toBe(0);
    expect(
      (await home.oss(['field', 'revisit', orderId, '--code', 'WEATHER', '--visit', '1'])).exitCode,
    ).toBe(4);
    expect((await home.oss(['field', 'revisit', orderId, '--code', 'WEATHER'])).exitCode).toBe(4);
    expect((await types(orderId)).filter((type) => type === 'VisitNotDone')).toHaveLength(1);
  });

  it.each([
    ['LOW_OPTICAL_POWER', 'held', 'the NOC'],
    ['WRONG_ADDRESS', 'customer-pending', 'customer service'],
  ])('%s leads to %s', async (code, stage, said) => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const run = await home.oss(['field', 'revisit', orderId, '--code', code]);
    expect([run.exitCode, run.stdout]).toEqual([0, expect.stringContaining(said)]);
    expect(stageOf(await home.oss(['field', 'show', orderId, '--json']))).toBe(stage);
  });

  it('sends a code of the return to that command', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const run = await home.oss(['field', 'revisit', orderId, '--code', 'NO_FACILITY']);
    expect([run.exitCode, run.stderr]).toEqual([1, expect.stringContaining('field return')]);
  });
});

describe('field in Korean', () => {
  it('says the main path in Korean, and keeps JSON English', async () => {
    const orderId = await home.scheduled('2026-11-24T10:00');
    const ko = ['--lang', 'ko'];
    expect((await home.oss(['field', 'today', ...ko])).stdout).toContain('출동');
    expect((await home.oss(['field', 'start', orderId, ...ko])).stdout).toContain('현장 작업');
    expect((await home.oss(['field', 'complete', orderId, ...ko])).stderr).toContain('서명자');
    expect(
      (await home.oss(['field', 'return', orderId, '--code', 'NO_FACILITY', '-y', ...ko])).stdout,
    ).toContain('반송');
    expect(stageOf(await home.oss(['field', 'show', orderId, '--json', ...ko]))).toBe('returned');
  });
});

describe('a day in the field', () => {
  it('reads like this, on a desk and on a phone', async () => {
    const a = await home.scheduled('2026-11-24T10:00');
    const b = await home.scheduled('2026-11-24T14:00', INTERNET);
    const shots: string[] = [];
    const shoot = async (line: readonly string[], columns: number): Promise<void> => {
      const { exitCode, stdout, stderr } = await home.oss(line, {
        columns,
        env: { OSS_ACTOR: 'technician:T-01' },
      });
      const typed = line.map((word) => (/[^\w.,:=/-]/.test(word) ? `"${word}"` : word)).join(' ');
      shots.push(`$ oss ${typed}   # ${columns} columns, exit ${exitCode}\n${stdout}${stderr}`);
    };
    await shoot(['field', 'today'], 120);
    await shoot(['field', 'next'], 40);
    await shoot(['field', 'start'], 80);
    await shoot(['field', 'complete', '--ont', 'HWTC12345678', '--rx', '18.5'], 80);
    await shoot(['field', 'complete', ...EVIDENCE], 80);
    await shoot(['field', 'complete', ...EVIDENCE], 80);
    await shoot(['field', 'return', b, '--code', 'NO_FACILITY', '-y', '--dry-run'], 80);
    await shoot(['field', 'return', b, '--code', 'NO_FACILITY', '-y'], 80);
    await shoot(['field', 'today'], 40);
    await shoot(['field', 'show', a, '--lang', 'ko'], 40);
    await expect(shots.join('\n')).toMatchFileSnapshot('field.golden.txt');
  });
});

describe('who signs', () => {
  const answers = ['HWTC12345678', '-18.5', 'STB001', ''];

  it('is the customer unless another is typed, to the technician whose visit it is', async () => {
    const orderId = await home.scheduled('2026-11-24 10:00');
    const run = await home.oss(['field', 'complete', ...T1], { tty: true, answers });
    expect(run.exitCode, run.stderr).toBe(0);
    expect(run.stderr).toContain('--signed-by 정하은');
    const rows = (await audited()).filter(({ action }) => action === 'pii.read');
    expect(rows).toMatchObject([{ actor: 'technician:T-01', subject: orderId }]);
  });
});
