import { afterEach, describe, expect, it } from 'vitest';
import { inEveryFormat, machineRoom } from '../../testing/cli/machine.fixture.ts';
import { type Desk, HONG } from '../../testing/cli/orders.fixture.ts';
import { closeServers, sendJson, serve } from '../../testing/http/test-server.ts';

let desk: Desk;
let stop: AbortController;
afterEach(async () => {
  stop?.abort();
  await closeServers();
  await desk.close();
});

type Served = { readonly peer: string; readonly url: string };

/** A database of its own at standalone simulators on free ports. */
const standalone = async () => {
  desk = await machineRoom();
  stop = new AbortController();
  const signal = stop.signal;
  const told = await new Promise<readonly Served[]>((resolve) => {
    let printed = '';
    void desk.oss(['simulate', 'all', '--port', '0', '-o', 'ndjson'], {
      signal,
      writeStdout: async (text) => {
        printed += text;
        const lines = printed.trim().split('\n');
        if (printed.endsWith('\n') && lines.length === 2) {
          resolve(lines.map((line) => JSON.parse(line) as Served));
        }
      },
    });
  });
  const urls = new Map(told.map(({ peer, url }) => [peer, url]));
  const db = `${desk.env().OSS_HOME}/standalone.db`;
  return {
    ...desk.env(),
    OSS_NOW: undefined,
    OSS_DB: db,
    OSS_NE_URL: urls.get('ne'),
    OSS_TM_URL: urls.get('tm'),
  };
};

const place = ['order', 'new', ...HONG, '--internet', '1', '--duplicate-ok'];

describe('standalone simulators', () => {
  it('are told from real peers by their answers, on every screen', async () => {
    const env = await standalone();
    await desk.oss(['db', 'init'], { env });
    // Order entry asks no peer: until one has answered the log does not know.
    const dark = await desk.oss([...place, '--json'], { env: { ...env, OSS_INLINE_MAX_MS: '0' } });
    expect(dark.json()).toMatchObject({ simulated: false });
    await desk.oss(['worker', '--drain'], { env });
    expect(await desk.json(['order', 'show', '1'], { env })).toMatchObject({ simulated: true });
    expect((await desk.oss(['order', 'show', '1'], { env })).stdout).toMatch(/Peers +simulators/);
    for (const line of [
      ['ne', 'reconcile'],
      ['ne', 'list'],
      ['breaker', 'list'],
      ['worker', 'status'],
      ['whoami'],
    ]) {
      expect({ line, told: await desk.json(line, { env }) }).toMatchObject({
        line,
        told: { simulated: true },
      });
    }
    const info = await desk.json(['db', 'info'], { env });
    expect(info).toMatchObject({
      simulated: true,
      binding: { ne: env.OSS_NE_URL, answeredBy: { ne: 'simulator', tm: 'simulator' } },
    });
    for (const line of [['db', 'info'], ['doctor'], ['whoami']]) {
      const { stdout } = await desk.oss(line, { env, columns: 300 });
      expect(stdout).toContain(`${env.OSS_TM_URL} (simulated)`);
    }
  });

  it('that are a real peer one day are not believed: a warning, and a finding of doctor until bound anew', async () => {
    const env = await standalone();
    await desk.oss(['db', 'init'], { env });
    await desk.oss(place, { env });
    const { port } = new URL(env.OSS_NE_URL ?? '');
    stop.abort();
    await expect
      .poll(() =>
        fetch(`http://127.0.0.1:${port}/`).then(
          () => 'served',
          () => 'gone',
        ),
      )
      .toBe('gone');
    await serve((_seen, response) => sendJson(response, 200, []), { port: Number(port) });
    const listed = await desk.oss(['ne', 'list'], { env });
    expect(listed.stderr).toContain('NE answers as a real peer');
    expect(await desk.json(['order', 'show', '1'], { env })).toMatchObject({ simulated: true });
    const sick = await desk.oss(['doctor', '--json'], { env });
    expect(sick.exitCode).toBe(78);
    expect(sick.json()).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ name: 'binding', state: 'bad' })]),
    });
    await desk.oss(['db', 'bind', '--reason', 'this is the real one'], { env });
    expect(await desk.json(['db', 'info'], { env })).toMatchObject({ simulated: false });
    await desk.oss(['ne', 'list'], { env });
    expect(
      await inEveryFormat({ ...desk, oss: (line, more) => desk.oss(line, { env, ...more }) }, ['db', 'info']),
    ).toMatchObject({
      simulated: false,
      binding: { answeredBy: { ne: 'real' } },
    });
  });
});
