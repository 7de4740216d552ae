import { afterEach, expect, test } from 'vitest';
import { closedPort, type House, openHouse, type Running } from '../acceptance/house.ts';
import { type SmallProxy, smallProxy } from './small-proxy.ts';

const DRAIN_MS = '1000';
const CLIENTS = 6;

let house: House;
let proxy: SmallProxy | null = null;
afterEach(async () => {
  await proxy?.close();
  proxy = null;
  await house.close();
});

const open = async () => {
  house = openHouse({ OSS_SERVE_DRAIN_MS: DRAIN_MS, OSS_SERVE_CALLER_RATE: '100000' });
  const { stdout } = await house.oss([
    'access',
    'token',
    'new',
    '--role',
    'cs',
    '--name',
    'shop',
    '-o',
    'id',
  ]);
  const token = stdout.trim();
  const ports = [await closedPort(), await closedPort()] as const;
  const serve = async (port: number): Promise<Running> => {
    const running = house.start(['serve', '--listen', `127.0.0.1:${port}`, '-o', 'id']);
    await expect.poll(running.stdout, { timeout: 60_000 }).toContain('http');
    return running;
  };
  return { token, ports, serve };
};

const bodyOf = (externalId: string) =>
  JSON.stringify({
    externalId,
    relatedParty: [
      {
        ...{
          '@type': 'RelatedParty',
          '@referredType': 'Individual',
          id: externalId,
          role: 'customer',
          name: '정하은',
        },
        contactMedium: [{ mediumType: 'phone', characteristic: { phoneNumber: '010-5577-8157' } }],
      },
    ],
    serviceOrderItem: [
      {
        id: '1',
        action: 'add',
        service: {
          serviceSpecification: { id: 'internet' },
          place: [{ role: 'installationAddress', name: `경기도 성남시 분당구 황새울로 ${externalId}` }],
        },
      },
    ],
  });

/** null: there was no answer. */
const place = async (url: string, token: string, externalId: string): Promise<Response | null> =>
  fetch(`${url}/tmf-api/serviceOrdering/v4/serviceOrder`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: bodyOf(externalId),
  }).catch(() => null);

type Kept = { readonly externalId: string; readonly id: string };

/** Places one order after the other until it is over. What is not answered with an order is a failure, unless it is sent again. */
const client = async (
  { url, token, name }: { readonly url: string; readonly token: string; readonly name: string },
  { isOver, again }: { readonly isOver: () => boolean; readonly again: boolean },
): Promise<{ readonly kept: readonly Kept[]; readonly failed: readonly string[] }> => {
  const kept: Kept[] = [];
  const failed: string[] = [];
  for (let n = 1; !isOver(); n += 1) {
    const externalId = `${name}-${n}`;
    for (;;) {
      const answer = await place(url, token, externalId);
      const text = (await answer?.text().catch(() => '')) ?? '';
      if (answer !== null && answer.status < 300 && text !== '') {
        kept.push({ externalId, id: (JSON.parse(text) as { id: string }).id });
        break;
      }
      // Come back later is an answer that was promised.
      if (answer?.headers.get('retry-after') == null && !again) {
        failed.push(`${externalId}: ${answer?.status} ${text}`);
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return { kept, failed };
};

const expectAllThere = async (kept: readonly Kept[]): Promise<void> => {
  expect(new Set(kept.map(({ id }) => id)).size).toBe(kept.length);
  const listed = await house.oss(['order', 'list', '-o', 'id']);
  expect(listed.stdout.trim().split('\n').sort()).toEqual(kept.map(({ id }) => id).sort());
  await house.oss(['worker', '--drain', '--wait', '60s', '--quiet']);
  const { items } = await house.json(['order', 'list', '--limit', '10000']);
  expect(new Set(items.map(({ stage }: { stage: string }) => stage))).toEqual(new Set(['tm-queue']));
  expect((await house.oss(['db', 'verify'])).code).toBe(0);
};

test('two servers and two workers are restarted one after the other under load: no request fails, no order is lost', async () => {
  const { token, ports, serve } = await open();
  let servers = [await serve(ports[0]), await serve(ports[1])];
  let workers = [house.start(['worker', '--quiet']), house.start(['worker', '--quiet'])];
  proxy = await smallProxy(ports);
  const { url } = proxy;
  let over = false;
  const clients = Array.from({ length: CLIENTS }, (_, i) =>
    client({ url, token, name: `R${i}` }, { isOver: () => over, again: false }),
  );
  const restarted: Running[] = [];
  for (const [i, server] of servers.entries()) {
    server.kill('SIGTERM');
    const { code, stderr } = await server.ended;
    expect(code, stderr).toBe(143);
    expect(stderr).toContain('all requests were answered');
    restarted.push(await serve(ports[i] ?? 0));
    // Until the proxy has found it.
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  servers = restarted;
  for (const worker of workers) {
    worker.kill('SIGTERM');
    await worker.ended;
  }
  workers = [house.start(['worker', '--quiet'])];
  over = true;
  const done = await Promise.all(clients);
  for (const running of [...servers, ...workers]) running.kill('SIGTERM');
  await Promise.all([...servers, ...workers].map(({ ended }) => ended));
  expect(done.flatMap(({ failed }) => failed)).toEqual([]);
  const kept = done.flatMap((one) => one.kept);
  expect(kept.length).toBeGreaterThan(CLIENTS);
  await expectAllThere(kept);
});

test('a server that is killed at any moment loses nothing that it acknowledged, and what it did not is sent again and is there once', async () => {
  const { token, ports, serve } = await open();
  const [port] = ports;
  let server = await serve(port);
  let over = false;
  const url = `http://127.0.0.1:${port}`;
  const clients = Array.from({ length: CLIENTS }, (_, i) =>
    client({ url, token, name: `K${i}` }, { isOver: () => over, again: true }),
  );
  for (const ms of [150, 400, 900]) {
    await new Promise((resolve) => setTimeout(resolve, ms));
    server.kill('SIGKILL');
    await server.ended;
    server = await serve(port);
  }
  over = true;
  const done = await Promise.all(clients);
  server.kill('SIGTERM');
  await server.ended;
  await expectAllThere(done.flatMap(({ kept }) => kept));
});
