import { afterEach, expect, it } from 'vitest';
import { ORDER_EXAMPLE } from '../faces/http/tmf641/examples.ts';
import { TMF641_BASE } from '../faces/http/tmf641/profile.ts';
import { machineRoom } from '../testing/cli/machine.fixture.ts';
import type { Desk } from '../testing/cli/orders.fixture.ts';
import { served } from '../testing/http/served.ts';

let desk: Desk;
afterEach(() => desk.close());

it('orders are taken over HTTP though both peers are down, and the console goes on with them', async () => {
  desk = await machineRoom();
  const made = await desk.oss(['access', 'token', 'new', '--role', 'cs', '--name', 'shop', '--json']);
  const { token } = made.json() as { readonly token: string };
  for (const peer of ['ne', 'tm']) {
    await desk.oss(['breaker', 'open', peer, '--for', '1h', '--reason', 'test', '-y']);
  }
  const { url, end } = await served(desk);
  const ask = (method: string, path: string, body?: object) =>
    fetch(`${url}${TMF641_BASE}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const placed = await ask('POST', '/serviceOrder', ORDER_EXAMPLE);
  expect([placed.status, placed.headers.get('location')]).toEqual([
    201,
    `${url}${TMF641_BASE}/serviceOrder/ORD-000001`,
  ]);
  await end();
  const { stdout } = await desk.oss(['order', 'show', '1', '--history']);
  expect(stdout).toContain('ORD-000001');
  expect((await desk.oss(['order', 'list', '--text', 'BSS-748', '-o', 'id'])).stdout).toContain('ORD-000001');

  for (const peer of ['ne', 'tm']) {
    const closed = await desk.oss(['breaker', 'close', peer, '--reason', 'test', '-y']);
    expect(closed.exitCode).toBe(0);
  }
  const again = await served(desk, ['--worker']);
  const passed = async (): Promise<readonly unknown[]> => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${again.url}${TMF641_BASE}/serviceOrder/ORD-000001`, { headers });
    return ((await answer.json()) as { milestone: { name: unknown }[] }).milestone.map(({ name }) => name);
  };
  await expect.poll(passed, { timeout: 20_000 }).toContain('ActivationCompleted');
  await again.end();
});
