import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export type SmallProxy = { readonly url: string; readonly close: () => Promise<void> };

const PROBE_MS = 100;

/** Sends each request to one of the servers that say they are ready; tries none of them twice, and none of those that end. */
export const smallProxy = async (ports: readonly number[]): Promise<SmallProxy> => {
  const ready = new Set<number>();
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const probe = async (port: number): Promise<void> => {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    await answer?.text();
    if (answer?.status === 200) ready.add(port);
    else ready.delete(port);
  };
  const timer = setInterval(() => {
    for (const port of ports) void probe(port);
  }, PROBE_MS);
  let turn = 0;
  const server = createServer((asked, answer) => {
    const open = ports.filter((port) => ready.has(port));
    turn += 1;
    const port = open[turn % Math.max(open.length, 1)];
    const fail = (why: string): void => {
      answer.writeHead(502).end(why);
    };
    if (port === undefined) return fail('no server is ready');
    const { method, url: path, headers } = asked;
    const sent = request({ agent, port, host: '127.0.0.1', method, path, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    sent.on('error', (error) => fail(`${port}: ${String(error)}`));
    asked.pipe(sent);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await Promise.all(ports.map(probe));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      clearInterval(timer);
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
