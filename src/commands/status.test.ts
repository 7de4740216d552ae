import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agree, type Desk, HONG, hire, newDesk, technician } from '../testing/cli/orders.fixture.ts';
import { validateOutput } from '../testing/cli/validate-output.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await newDesk();
  await hire(desk, technician('T-01', ['강남구']));
});
afterEach(() => desk.close());

const place = (...more: readonly string[]) =>
  desk.oss(['order', 'new', ...HONG, '--internet', '1', '--tv', '1', '--duplicate-ok', ...more]);

/** What was refused is looked up before it is believed. */
const believe = async (other: Desk): Promise<void> => {
  other.later(2);
  const { exitCode } = await other.oss(['worker', '--drain'], {
    env: { OSS_RECONCILE_EVERY_MINUTES: '0', OSS_ACTOR: 'noc:lee' },
  });
  expect(exitCode).toBe(0);
};

describe('status of an order', () => {
  it('is a card for every width and both languages', async () => {
    await place();
    await agree(desk, 'ORD-000001', '2026-11-26T14:00:00+09:00');
    const shots: string[] = [];
    for (const columns of [40, 60, 100]) {
      for (const lang of ['en', 'ko']) {
        const { stdout } = await desk.oss(['status', '1', '--lang', lang], { columns });
        shots.push(`$ oss status 1 --lang ${lang}   # ${columns} columns\n${stdout}`);
      }
    }
    await expect(shots.join('\n')).toMatchFileSnapshot('status.golden.txt');
  });

  it('masks personal data, and audits nothing, unless it is asked for in the clear', async () => {
    await place();
    expect((await desk.oss(['status', '1'])).stdout).toContain('홍*동, 010-****-5678');
    const clear = await desk.oss(['status', '1', '--show-pii']);
    expect(clear.stdout).toContain('홍길동, 010-1234-5678');
    const audit = await desk.open(async (services) =>
      (await services.store('read')).read((tx) => tx.audit.list(10)),
    );
    expect(audit.filter(({ action }) => action === 'pii.read')).toMatchObject([{ subject: 'ORD-000001' }]);
  });

  it('is oss.order/1 in JSON; of several, oss.orders/1', async () => {
    await place();
    await place();
    expect(validateOutput('oss.order/1', await desk.json(['status', 'ord-1']))).toEqual([]);
    const several = await desk.json(['status', '#2', '1', '2']);
    expect(validateOutput('oss.orders/1', several)).toEqual([]);
    expect(several).toMatchObject({ items: [{ orderId: 'ORD-000002' }, { orderId: 'ORD-000001' }] });
  });

  it('says in words what it waits for', async () => {
    const dark = await newDesk({ OSS_INLINE_MAX_MS: '0' });
    await dark.oss(['order', 'new', ...HONG, '--internet', '1']);
    expect((await dark.oss(['status', '1'])).stdout).toContain(
      'Waiting for  the network: planning the services',
    );
    await dark.close();
    await place();
    expect((await desk.oss(['status', '1'])).stdout).toContain(
      'Waiting for  us: a technician and a time must be chosen',
    );
  });

  it('shows a refused service as held, with its cause', async () => {
    const bad = await newDesk({ OSS_SIMULATE_FAULTS: 'reject:NO_PORT@POST /service internet.hsi' });
    await bad.oss(['order', 'new', ...HONG, '--internet', '1']);
    await believe(bad);
    const { stdout } = await bad.oss(['status', '1']);
    expect(stdout).toContain('ORD-000001  held');
    expect(stdout).toMatch(/Held +.*NO_PORT/);
    const overview = await bad.oss(['status', '-o', 'json']);
    expect(overview.json()).toMatchObject({ byStage: { held: 1 }, heldByCause: { NO_PORT: 1 } });
    expect((await bad.oss(['status'])).stdout).toMatch(/Held +.*\(NO_PORT\) 1/);
    await bad.close();
  });

  it('refuses an unknown order, and what is no order', async () => {
    expect((await desk.oss(['status', '7'])).exitCode).toBe(3);
    expect((await desk.oss(['status', 'x'])).exitCode).toBe(2);
    expect((await desk.oss(['status', '1', '--until', 'completed'])).stderr).toContain('--until goes with');
  });
});

describe('status of everything', () => {
  it('is empty but whole before the first order', async () => {
    const fresh = await newDesk();
    const { stdout, exitCode } = await fresh.oss(['status']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Open orders  0');
    expect(stdout).toContain('no order is open');
    expect(validateOutput('oss.overview/1', await fresh.json(['status']))).toEqual([]);
    await fresh.close();
  });

  it('is laid out for every width and both languages', async () => {
    const mixed = await newDesk({ OSS_SIMULATE_FAULTS: 'reject:NO_PORT@POST /service tv.multicast' });
    await hire(mixed, technician('T-01', ['강남구']));
    for (const lines of ['--internet', '--tv', '--internet']) {
      await mixed.oss(['order', 'new', ...HONG, lines, '1', '--duplicate-ok', '--priority', 'high']);
    }
    await agree(mixed, 'ORD-000001', '2026-11-26T14:00:00+09:00');
    await believe(mixed);
    mixed.later(5 * 60);
    const shots: string[] = [];
    for (const columns of [40, 60, 100]) {
      for (const lang of ['en', 'ko']) {
        const { stdout } = await mixed.oss(['status', '--lang', lang], { columns });
        shots.push(`$ oss status --lang ${lang}   # ${columns} columns\n${stdout}`);
      }
    }
    await mixed.close();
    await expect(shots.join('\n')).toMatchFileSnapshot('status-overview.golden.txt');
  });

  it('counts by stage, late and in doubt, and lists the open orders', async () => {
    await place();
    await place();
    await place();
    await desk.oss(['order', 'cancel', '2', '--code', 'TEST', '-y']);
    const overview = await desk.json(['status']);
    expect(validateOutput('oss.overview/1', overview)).toEqual([]);
    expect(overview).toMatchObject({
      byStage: { 'tm-queue': 2, cancelled: 1 },
      open: 2,
      late: { hazard: 0, critical: 0 },
      heldByCause: {},
      inDoubt: 0,
      breakers: [
        { name: 'ne:simulated', state: 'closed' },
        { name: 'tm:simulated', state: 'closed' },
      ],
      workers: [],
      items: [{ orderId: 'ORD-000003' }, { orderId: 'ORD-000001' }],
    });
    desk.later(9 * 60);
    expect(await desk.json(['status'])).toMatchObject({ late: { hazard: 2, critical: 0 } });
    expect((await desk.oss(['status'])).stdout).toContain('! 2 late');
    expect((await desk.oss(['status', '--limit', '1', '-o', 'id'])).stdout).toBe('ORD-000003\n');
  });
});

describe('the breakers of the overview', () => {
  const counted = async (env: NodeJS.ProcessEnv) => {
    const overview = (await desk.json(['status'], { env })) as { readonly breakers: readonly object[] };
    const listed = (await desk.json(['breaker', 'list'], { env })) as { readonly items: readonly object[] };
    return { overview: overview.breakers, listed: listed.items };
  };

  it('count under the settings of now, as every other command counts them', async () => {
    const strict = { ...desk.env(), OSS_BREAKER_FAILURES: '1' };
    await place();
    const env = { ...strict, OSS_SIMULATE_FAULTS: '500-before@ne' };
    await desk.oss(['ne', 'list'], { env });
    const open = await counted(strict);
    expect(open.overview).toMatchObject([{ name: 'ne:simulated', state: 'open' }, { state: 'closed' }]);
    expect(open.overview).toEqual(open.listed);
    expect((await desk.oss(['status'], { env: strict })).stdout).toContain('the NE open until');
    desk.later(60);
    const later = { ...desk.env(), OSS_BREAKER_FAILURES: '1' };
    expect((await desk.oss(['status'], { env: later })).stdout).toContain('the NE open, to be tried');
    const other = await counted(desk.env());
    expect(other.overview).toMatchObject([{ name: 'ne:simulated', state: 'closed' }, { state: 'closed' }]);
    expect(other.overview).toEqual(other.listed);
  });
});

describe('status --watch', () => {
  it('ends when the stage is reached', async () => {
    await place();
    const { exitCode, stdout } = await desk.oss(['status', '1', '--watch', '--until', 'activating']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('ORD-000001  waiting for a call');
  });

  it('ends with 8 when the time is over, and says how far it came', async () => {
    await place();
    const line = ['status', '1', '--watch', '--until', 'completed', '--timeout', '50ms'];
    const { exitCode, stderr } = await desk.oss(line);
    expect(exitCode).toBe(8);
    expect(stderr).toContain('ORD-000001 is waiting for a call; the time of --timeout is over');
  });

  it('ends with 1 when the stage can never be reached', async () => {
    await place();
    await desk.oss(['order', 'cancel', '1', '--code', 'TEST', '-y']);
    const { exitCode, stderr } = await desk.oss(['status', '1', '-w', '--until', 'completed']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('ORD-000001 ended as cancelled and will never be completed');
    expect((await desk.oss(['status', '1', '-w'])).exitCode).toBe(0);
  });

  it('shows every change that another process commits', async () => {
    await place();
    const watching = desk.oss([
      'status',
      '1',
      '-w',
      '--until',
      'cancelled',
      '--timeout',
      '20s',
      '-o',
      'ndjson',
    ]);
    await desk.oss(['order', 'cancel', '1', '--code', 'TEST', '-y']);
    const { exitCode, stdout } = await watching;
    expect(exitCode).toBe(0);
    const stages = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { stage: string }).stage);
    expect(stages.at(-1)).toBe('cancelled');
  });

  it('says when nobody works on what it waits for', async () => {
    const dark = await newDesk({ OSS_INLINE_MAX_MS: '0' });
    await dark.oss(['order', 'new', ...HONG, '--internet', '1']);
    const { stderr } = await dark.oss(['status', '1', '-w', '--timeout', '10ms']);
    expect(stderr).toContain('no worker is running');
    await dark.close();
  });

  it('watches everything, too, and takes one order at most', async () => {
    await place();
    const { stdout } = await desk.oss(['status', '-w', '--timeout', '10ms', '-o', 'ndjson']);
    expect(validateOutput('oss.overview/1', JSON.parse(stdout))).toEqual([]);
    expect((await desk.oss(['status', '1', '2', '-w'])).exitCode).toBe(2);
  });
});

describe('an order that waits for a peer which is down', () => {
  it('says so, and why; not of an order that waits for somebody else', async () => {
    const shut = ['breaker', 'open', 'ne', '--for', '2h', '--reason', '점검', '-y'];
    expect((await desk.oss(shut, { env: { OSS_ACTOR: 'noc:lee' } })).exitCode).toBe(0);
    await place();
    const { exitCode, stderr } = await desk.oss(['status', '1', '--lang', 'ko']);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/지금은 .*에 요청하지 않습니다: 점검/);
    expect(
      (await desk.oss(['breaker', 'close', 'ne', '--reason', '끝'], { env: { OSS_ACTOR: 'noc:lee' } }))
        .exitCode,
    ).toBe(0);
    expect((await desk.oss(['status', '1'])).stderr).not.toContain('is not asked now');
  });
});
