import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agree, type Desk, HONG, hire, newDesk, technician } from '../../testing/cli/orders.fixture.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await newDesk();
  await hire(desk, technician('T-01', ['강남구', '송파구']));
  await desk.oss(['order', 'new', ...HONG, '--internet', '1', '--tv', '1']);
});
afterEach(() => desk.close());

const order = (id: string) => desk.json(['order', 'show', id]);
const proofs = async (id: string): Promise<readonly string[]> => {
  const { services } = (await order(id)) as { services: readonly { proof: string }[] };
  return services.map(({ proof }) => proof);
};

describe('order cancel', () => {
  const CANCEL = ['order', 'cancel', '1', '--code', 'CUSTOMER_CHANGED_MIND'];

  it('cancels, switches off and closes; the same again is already so', async () => {
    const { exitCode, stdout, stderr } = await desk.oss([...CANCEL, '-y']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/ORD-000001 +done +cancelled\n/);
    expect(await order('1')).toMatchObject({ stage: 'cancelled', outcome: 'cancelled' });
    expect(await proofs('1')).toEqual(['off', 'off', 'off', 'off']);
    const again = await desk.oss([...CANCEL, '-y', '-o', 'json']);
    expect(again.exitCode).toBe(0);
    expect(validateOutput('oss.results/1', again.json())).toEqual([]);
    expect(again.json()).toMatchObject({ items: [{ orderId: 'ORD-000001', status: 'already' }] });
  });

  it('asks with what will be undone, and the default is No', async () => {
    await agree(desk, 'ORD-000001', '2026-11-26T14:00:00+09:00');
    const no = await desk.oss(CANCEL, { tty: true, answers: [false] });
    expect(no.exitCode).toBe(6);
    expect(no.questions).toEqual([
      'Cancel ORD-000001 (4 services are switched off, the visit of T-01 at 2026-11-26 (Thu) 14:00 is cancelled)? This is final.',
    ]);
    expect(await order('1')).toMatchObject({ stage: 'scheduled' });
    expect((await desk.oss(CANCEL, { tty: true, answers: [true] })).exitCode).toBe(0);
    expect(await order('1')).toMatchObject({ stage: 'cancelled', visit: null });
    expect((await desk.oss(['status', '1'])).stdout).toContain(
      '✗ cancelled ── ✓ switched off ── ✓ visit cancelled',
    );
  });

  it('needs -y off a terminal', async () => {
    const { exitCode, stderr } = await desk.oss(CANCEL);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('add -y to confirm it');
    expect(await order('1')).toMatchObject({ stage: 'tm-queue' });
  });

  it('shows in a dry run what would be undone, and undoes nothing', async () => {
    const { exitCode, stdout, stderr } = await desk.oss([...CANCEL, '--dry-run']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('would be cancelled: 4 services are switched off');
    expect(stderr).toContain('dry run: nothing was changed');
    expect(await order('1')).toMatchObject({ stage: 'tm-queue' });
  });

  it('picks the code by its meaning on a terminal, and asks for words where it needs them', async () => {
    const run = await desk.oss(['order', 'cancel', '1', '-y'], {
      tty: true,
      answers: ['another reason', 'moved away'],
    });
    expect(run.exitCode).toBe(0);
    expect(await order('1')).toMatchObject({ cancel: { code: 'OTHER' }, notes: [{ text: 'moved away' }] });
  });

  it.each([
    [[], 2, '"order cancel" needs --code CODE'],
    [['--code', 'TSET'], 2, 'did you mean TEST?'],
    [['--code', 'NO_ACCESS'], 1, 'it is one of "field revisit"'],
    [['--code', 'OTHER'], 2, 'the code OTHER needs a text'],
  ])('refuses %j', async (flags, exit, says) => {
    const { exitCode, stderr } = await desk.oss(['order', 'cancel', '1', '-y', ...flags]);
    expect(exitCode).toBe(exit);
    expect(stderr).toContain(says);
  });

  it('cancels several, checked before the first: an unknown one stops all', async () => {
    await desk.oss(['order', 'new', ...HONG, '--internet', '2', '--duplicate-ok']);
    const bad = await desk.oss(['order', 'cancel', '-', '--code', 'TEST', '-y'], { stdin: '1\n2 99\n' });
    expect(bad.exitCode).toBe(3);
    expect(await order('1')).toMatchObject({ stage: 'tm-queue' });

    const typed = await desk.oss(['order', 'cancel', '1', '2', '--code', 'TEST'], {
      tty: true,
      answers: ['2'],
    });
    expect(typed.exitCode).toBe(0);
    expect(typed.questions[0]).toContain('Cancel 2 orders? This is final.');
    expect(typed.stdout).toMatch(/ORD-000002 +done +is being cancelled/);
    expect(typed.stderr).toContain('no worker is running');
  });

  it('is refused once the order is completed or returned, with what is on the log', async () => {
    await agree(desk, 'ORD-000001', '2026-11-24T11:00:00+09:00');
    const evidence = ['--ont', 'HWTC1A2B3C4D', '--rx', '-18.5', '--stb', 'STB0001', '--signed-by', '홍길동'];
    expect(
      (await desk.oss(['field', 'complete', '1', ...evidence, '-y', '--actor', 'technician:T-01'])).exitCode,
    ).toBe(0);
    const { exitCode, stderr } = await desk.oss([...CANCEL, '-y']);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('FieldWorkCompleted is on its log');
  });
});

describe('order note', () => {
  it('adds a note at any time, and says so', async () => {
    const { stdout, exitCode } = await desk.oss(['order', 'note', '1', '--text', '벨이 고장\n두 번 노크']);
    expect(exitCode).toBe(0);
    expect(stdout).toBe('ORD-000001: the note is added\n');
    await desk.oss(['order', 'cancel', '1', '--code', 'TEST', '-y']);
    const answer = await desk.json(['order', 'note', '1', '--text', 'called once more']);
    expect(validateOutput('oss.order/1', answer)).toEqual([]);
    expect(answer).toMatchObject({
      customer: { name: '홍*동' },
      notes: [{ text: '벨이 고장\n두 번 노크' }, { text: 'called once more', actor: 'cs:kim' }],
    });
  });

  it('does a key once, refuses a stale version, and leaves nothing in a dry run', async () => {
    const keyed = ['order', 'note', '1', '--text', 'x', '--key', 'N-1'];
    await desk.oss(keyed);
    expect((await desk.oss(keyed)).stdout).toContain('was so before');
    expect((await desk.oss(['order', 'note', '1', '--text', 'y', '--key', 'N-1'])).exitCode).toBe(4);
    expect((await desk.oss(['order', 'note', '1', '--text', 'y', '--if-version', '1'])).exitCode).toBe(4);
    const dry = await desk.json(['order', 'note', '1', '--text', 'y', '--dry-run']);
    expect(dry).toMatchObject({ orderId: 'ORD-000001' });
    expect(await order('1')).toMatchObject({ notes: [{ text: 'x' }] });
  });

  it('refuses an unknown order and a blank text', async () => {
    expect((await desk.oss(['order', 'note', '9', '--text', 'x'])).exitCode).toBe(3);
    expect((await desk.oss(['order', 'note', '1', '--text', '  '])).exitCode).toBe(2);
  });
});

describe('order amend', () => {
  it('switches lines on and off with the counts', async () => {
    const more = await desk.oss(['order', 'amend', '1', '--tv', '2']);
    expect({ exitCode: more.exitCode, stdout: more.stdout }).toEqual({
      exitCode: 0,
      stdout: 'ORD-000001: amended: lines 1 Internet + 2 TV\n',
    });
    expect(await order('1')).toMatchObject({ internetCount: 1, tvCount: 2, stage: 'tm-queue' });
    expect(await proofs('1')).toEqual(['on', 'on', 'on', 'on', 'on']);
    await desk.oss(['order', 'amend', '1', '--tv', '0']);
    expect(await proofs('1')).toEqual(['on', 'on', 'off', 'off', 'off']);
    expect((await desk.oss(['order', 'amend', '1', '--tv', '0'])).stdout).toContain('was so before');
  });

  it('takes name and phone to every open order of the customer, the address to this one', async () => {
    await desk.oss(['order', 'new', ...HONG, '--internet', '2', '--duplicate-ok']);
    await desk.oss([
      'order',
      'amend',
      '1',
      '--phone',
      '01098765432',
      '--address',
      '서울특별시 강남구 논현로 1',
    ]);
    expect(await order('1')).toMatchObject({
      customer: { phone: '010-9876-5432', address: '서울특별시 강남구 논현로 1' },
    });
    expect(await order('2')).toMatchObject({
      customer: { phone: '010-9876-5432', address: '서울특별시 강남구 역삼로 12, 101동 202호' },
    });
    const { history } = (await desk.json(['order', 'show', '2', '--history'])) as {
      history: readonly { type: string; data: object }[];
    };
    expect(history.at(-1)).toMatchObject({ type: 'ContactChanged', data: { fields: ['phone'] } });
  });

  it('refuses another area once the network has begun, and no lines at all', async () => {
    const moved = await desk.oss(['order', 'amend', '1', '--address', '서울특별시 송파구 송파대로 43']);
    expect(moved.exitCode).toBe(4);
    expect(moved.stderr).toContain('cannot move from 강남구 to 송파구');
    expect((await desk.oss(['order', 'amend', '1', '--tv', '0', '--internet', '0'])).exitCode).toBe(1);
    const nothing = await desk.oss(['order', 'amend', '1']);
    expect(nothing.exitCode).toBe(2);
    expect(nothing.stderr).toContain('one of --internet, --tv, --name, --phone, --address, --area');
  });

  it('gives an order whose area was not known its area', async () => {
    const bare = await newDesk({ OSS_INLINE_MAX_MS: '0' });
    await bare.oss(['order', 'new', ...HONG, '--internet', '1']);
    await bare.oss(['order', 'amend', '1', '--area', '강남구']);
    expect(await bare.json(['order', 'show', '1'])).toMatchObject({ area: '강남구' });
    await bare.close();
  });

  it('refuses more lines than fit into the agreed visit', async () => {
    await agree(desk, 'ORD-000001', '2026-11-26T14:00:00+09:00');
    const { exitCode, stderr } = await desk.oss(['order', 'amend', '1', '--tv', '4']);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('schedule move ORD-000001 --minutes 180 --agreed --code ADDITIONAL_WORK');
    const advice = 'schedule move 1 --minutes 180 --agreed --code ADDITIONAL_WORK';
    expect((await desk.oss([...advice.split(' '), '--actor', 'dispatcher:kim'])).exitCode).toBe(0);
    expect(await desk.json(['order', 'amend', '1', '--tv', '4'])).toMatchObject({
      tvCount: 4,
      visit: { start: '2026-11-26T05:00:00.000Z', end: '2026-11-26T08:00:00.000Z', status: 'agreed' },
    });
  });
});
