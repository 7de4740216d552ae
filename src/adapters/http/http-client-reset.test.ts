import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { testCertificate } from '../../testing/http/test-certificate.ts';
import { createHttpClient, type HttpClient, type HttpRequest, type HttpResult } from './http-client.ts';

const CERTIFICATE = testCertificate();

/** More than a receiver takes that does not read, less than a sender's kernel takes at once: it has left the process. */
const BODY = 'x'.repeat(400_000);
const POST: HttpRequest = { method: 'POST', path: '/service', headers: {}, body: BODY };

const open: { readonly client: HttpClient; readonly server: Server; readonly socket: () => Socket | null }[] =
  [];
afterEach(async () => {
  for (const { client, server, socket } of open.splice(0)) {
    await client.close();
    socket()?.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** The TCP side of one peer that does not read until the test says so: everything else stays in the sender's kernel. */
type DeafPeer = {
  readonly send: (deadlineMs: number, signal?: AbortSignal) => Promise<HttpResult>;
  readonly client: HttpClient;
  /** Resolves when a connection is there. */
  readonly connected: Promise<Socket>;
  /** Reads all that still comes, until the connection ends: how many bytes. */
  readonly listen: () => Promise<number>;
};

const deafPeer = async (protocol: 'http:' | 'https:'): Promise<DeafPeer> => {
  let told = (_socket: Socket): void => {};
  const connected = new Promise<Socket>((resolve) => {
    told = resolve;
  });
  let raw: Socket | null = null;
  const accept = (socket: Socket): void => {
    raw = socket;
    socket.on('error', () => {});
    told(socket);
  };
  const server =
    protocol === 'http:'
      ? createTcpServer({ pauseOnConnect: true, allowHalfOpen: true }, accept)
      : createTlsServer({ cert: CERTIFICATE.cert, key: CERTIFICATE.key }, () => {});
  if (protocol === 'https:') {
    // It must shake hands before it goes deaf.
    let under: Socket | null = null;
    server.on('connection', (socket: Socket) => {
      under = socket;
      socket.on('error', () => {});
    });
    server.on('secureConnection', (socket: Socket) => {
      socket.pause();
      socket.on('error', () => {});
      if (under !== null) accept(socket);
    });
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = createHttpClient(`${protocol}//127.0.0.1:${port}`, { ca: CERTIFICATE.cert });
  open.push({ client, server, socket: () => raw });
  return {
    client,
    connected,
    send: (deadlineMs, signal) =>
      client.send(POST, { deadlineMs, ...(signal === undefined ? {} : { signal }) }),
    listen: async () => {
      const socket = await connected;
      let bytes = 0;
      socket.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()));
      socket.on('end', () => socket.end());
      socket.resume();
      await ended;
      return bytes;
    },
  };
};

/** The connection is there, and both ends are in this process: by so many turns the request is under way, however slow. */
const underWay = async (peer: DeafPeer): Promise<void> => {
  await peer.connected;
  for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate);
};

/** Something had arrived before, and the rest never did. */
const expectCut = (bytes: number): void => {
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(BODY.length);
};

describe.each(['http:', 'https:'] as const)(
  'over %s, a request that was given up does not arrive later',
  (protocol) => {
    test('at its deadline', async () => {
      const peer = await deafPeer(protocol);
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      try {
        const sending = peer.send(30_000);
        await underWay(peer);
        await vi.advanceTimersByTimeAsync(30_000);
        expect(await sending).toMatchObject({ kind: 'lost' });
      } finally {
        vi.useRealTimers();
      }
      expectCut(await peer.listen());
    });

    test('when the caller gives up', async () => {
      const peer = await deafPeer(protocol);
      const abort = new AbortController();
      const sending = peer.send(30_000, abort.signal);
      await underWay(peer);
      abort.abort();
      expect(await sending).toMatchObject({ kind: 'lost' });
      expectCut(await peer.listen());
    });

    test('when the process closes', async () => {
      const peer = await deafPeer(protocol);
      const sending = peer.send(30_000);
      await underWay(peer);
      await peer.client.close();
      expect(await sending).toMatchObject({ kind: 'lost' });
      expectCut(await peer.listen());
    });

    test('when the peer ends its side without an answer', async () => {
      const peer = await deafPeer(protocol);
      const sending = peer.send(30_000);
      await underWay(peer);
      (await peer.connected).end();
      expect(await sending).toMatchObject({ kind: 'lost' });
      expectCut(await peer.listen());
    });

    test('when the peer answers nonsense', async () => {
      const peer = await deafPeer(protocol);
      const sending = peer.send(30_000);
      await underWay(peer);
      (await peer.connected).write('nonsense\r\n\r\n');
      expect(await sending).toMatchObject({ kind: 'lost' });
      expectCut(await peer.listen());
    });
  },
);
