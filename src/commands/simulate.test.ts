import { afterEach, describe, expect, it } from 'vitest';
import { machineRoom } from '../testing/cli/machine.fixture.ts';
import type { Desk } from '../testing/cli/orders.fixture.ts';
import { HONG } from '../testing/cli/orders.fixture.ts';
import { validateOutput } from '../testing/cli/validate-output.ts';

let desk: Desk;
afterEach(() => desk.close());

type Served = { readonly peer: string; readonly url: string; readonly adminToken: string };

/** Starts simulators and resolves when the command has printed them; `end` stops them and gives what was printed. */
const served = async (line: readonly string[], env = desk.env()) => {
  const stop = new AbortController();
  let printed = '';
  let tell = (): void => {};
  const isTold = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const running = desk.oss(['simulate', ...line, '-o', 'ndjson'], {
    signal: stop.signal,
    env,
    writeStdout: async (text) => {
      printed += text;
      if (printed.split('\n').length > (line[0] === 'all' ? 2 : 1)) tell();
    },
  });
  await Promise.race([isTold, running]);
  const simulators = printed
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as Served);
  return {
    simulators,
    end: async () => {
      stop.abort();
      return running;
    },
  };
};

describe('simulate', () => {
  it('serves both peers to other processes until it is ended', async () => {
    desk = await machineRoom();
    const { simulators, end } = await served([
      'all',
      '--port',
      '0',
      '--fault',
      'reset-after:1@POST /service',
    ]);
    const list = { schema: 'oss.simulators/1', items: simulators, nextCursor: null };
    expect(validateOutput('oss.simulators/1', list)).toEqual([]);
    const [ne, tm] = simulators;
    const env = { ...desk.env(), OSS_NOW: undefined, OSS_NE_URL: ne?.url, OSS_TM_URL: tm?.url };
    const placed = await desk.oss(
      ['order', 'new', ...HONG, '--internet', '1', '--db', `${desk.env().OSS_HOME}/real.db`],
      { env },
    );
    expect(placed.exitCode).toBe(78);
    await desk.oss(['db', 'init', '--db', `${desk.env().OSS_HOME}/real.db`], { env });
    const again = await desk.oss(
      [
        'order',
        'new',
        ...HONG,
        '--internet',
        '1',
        '--wait=120s',
        '--json',
        '--db',
        `${desk.env().OSS_HOME}/real.db`,
      ],
      { env: { ...env, OSS_NE_TIMEOUT_MS: '300', OSS_NE_WINDOW_MS: '1000', OSS_NE_SETTLE_MS: '50' } },
    );
    expect(again.json()).toMatchObject({ stage: 'tm-queue' });
    const ledger = await fetch(new URL('/admin/ledger', ne?.url));
    const { effects } = (await ledger.json()) as { effects: readonly { effect: string }[] };
    expect(effects.filter(({ effect }) => effect === 'create')).toHaveLength(2);
    const { stderr } = await end();
    expect(stderr).toContain(`OSS_NE_URL=${ne?.url} OSS_TM_URL=${tm?.url}`);
    await expect(fetch(new URL('/', ne?.url))).rejects.toThrow();
  });

  it.each([
    ['on a terminal', true],
    ['in a pipe', false],
  ])('tells the admin token with --quiet too, %s', async (_where, stdoutTty) => {
    desk = await machineRoom();
    const stop = new AbortController();
    let running: Promise<unknown> | undefined;
    const told = new Promise<string>((resolve) => {
      let printed = '';
      running = desk.oss(['simulate', 'ne', '--port', '0', '-q'], {
        stdoutTty,
        signal: stop.signal,
        writeStdout: async (text) => {
          printed += text;
          // Stopped at the first line: what the command says comes with it, or never.
          if (printed.includes('http')) resolve(printed);
        },
      });
    });
    expect(await told).toMatch(/X-Admin-Token/);
    stop.abort();
    await running;
  });

  it('tells a port that is taken and a fault rule that is none', async () => {
    desk = await machineRoom();
    const { simulators, end } = await served(['ne', '--port', '0']);
    const { port } = new URL(simulators[0]?.url ?? '');
    const taken = await desk.oss(['simulate', 'ne', '--port', port]);
    expect(taken.exitCode).toBe(2);
    expect(taken.stderr).toContain('EADDRINUSE');
    await end();
    const rule = await desk.oss(['simulate', 'tm', '--port', '0', '--fault', 'explode']);
    expect(rule.exitCode).toBe(2);
    expect(rule.stderr).toContain('reset-before');
    expect((await desk.oss(['simulate'])).exitCode).toBe(2);
  });

  it('is served before there is a database, or a folder for one', async () => {
    desk = await machineRoom();
    const home = desk.env();
    const env = { ...home, OSS_DB: `${home.OSS_HOME}/no-folder/made/oss.db` };
    const { simulators, end } = await served(['ne', '--port', '0'], env);
    expect(simulators).toMatchObject([{ peer: 'ne' }]);
    await end();
  });
});
