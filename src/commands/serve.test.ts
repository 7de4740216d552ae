import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { machineRoom } from '../testing/cli/machine.fixture.ts';
import { type Desk, HONG } from '../testing/cli/orders.fixture.ts';
import { validateOutput } from '../testing/cli/validate-output.ts';
import { served } from '../testing/http/served.ts';

let desk: Desk;
afterEach(() => desk.close());

describe('serve', () => {
  it('answers until it is ended, and says first that it is about to', async () => {
    desk = await machineRoom();
    const { url, end } = await served(desk, [], { OSS_SERVE_DRAIN_MS: '400' });
    expect(await (await fetch(`${url}/livez`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({
      status: 'ready',
      peers: { ne: 'asked', tm: 'asked' },
    });
    const document = (await (await fetch(`${url}/openapi.json`)).json()) as { servers: unknown };
    expect(document.servers).toEqual([{ url }]);
    const ended = end();
    await expect.poll(async () => (await fetch(`${url}/readyz`)).status).toBe(503);
    const { stderr } = await ended;
    expect(stderr).toContain('all requests were answered');
    expect(stderr).toMatch(/"method":"GET","route":"\/readyz","status":200/);
    await expect(fetch(`${url}/livez`)).rejects.toThrow();
  });

  it('runs a worker beside it, and tells of a peer that is left alone', async () => {
    desk = await machineRoom();
    await desk.oss(['order', 'new', ...HONG, '--internet', '1'], {
      env: { ...desk.env(), OSS_INLINE_MAX_MS: '0' },
    });
    const { url, end } = await served(desk, ['--worker']);
    await expect
      .poll(async () => (await desk.oss(['status', '1', '--json'])).stdout, { timeout: 10_000 })
      .toMatch(/"stage":\s*"tm-queue"/);
    await desk.oss(['breaker', 'open', 'ne', '--for', '1h', '--reason', 'test', '-y']);
    await expect
      .poll(async () => await (await fetch(`${url}/readyz`)).json())
      .toEqual({ status: 'ready', peers: { ne: 'left alone', tm: 'asked' } });
    await end();
  });

  it('refuses a port that is taken, an address that is none, and plain HTTP beyond this machine', async () => {
    desk = await machineRoom();
    const other = createServer((_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const codeOf = async (listen: string, env: NodeJS.ProcessEnv = {}) => {
      const { exitCode, stderr } = await desk.oss(['serve', '--listen', listen, '--json'], {
        env: { ...desk.env(), ...env },
      });
      return [exitCode, /"code":\s*"([A-Z_]+)"/.exec(stderr)?.[1]];
    };
    expect(await codeOf(`127.0.0.1:${port}`)).toEqual([78, 'CANNOT_LISTEN']);
    expect(await codeOf('127.0.0.1')).toEqual([2, 'BAD_VALUE']);
    expect(await codeOf('0.0.0.0:0')).toEqual([78, 'PLAIN_HTTP']);
    // With the proxy named it goes as far as the port.
    const named = await codeOf(`0.0.0.0:${port}`, { OSS_SERVE_TRUSTED_PROXIES: '10.0.0.0/8' });
    expect(named).toEqual([78, 'CANNOT_LISTEN']);
    const check = async (listen: string) => {
      const { json } = await desk.oss(['doctor', '--json'], {
        env: { ...desk.env(), OSS_SERVE_LISTEN: listen },
      });
      const told = json() as { items: readonly { name: string; state: string; detail: string }[] };
      expect(validateOutput('oss.checks/1', told)).toEqual([]);
      const found = told.items.find(({ name }) => name === 'server');
      return `${found?.state}: ${found?.detail}`;
    };
    expect(await check(`127.0.0.1:${port}`)).toMatch(/^warn: .* is another program$/);
    await new Promise((resolve) => other.close(resolve));
    expect(await check(`127.0.0.1:${port}`)).toBe(`ok: none at 127.0.0.1:${port}`);
    expect(await check('0.0.0.0:8080')).toMatch(/^bad: 0\.0\.0\.0:8080 can be reached/);
    const { url, end } = await served(desk);
    expect(await check(url.slice('http://'.length))).toMatch(/^ok: ready at/);
    await end();
  });
});
