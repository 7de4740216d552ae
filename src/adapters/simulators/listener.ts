import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refusal } from '../../core/rules/refusal.ts';

const HOST = '127.0.0.1';

/** A server's port, which can be closed for a while and opened again under the same number. */
export type Listener = {
  readonly port: number;
  /** Refuses connections, also those that are open. Opens again after `ms`, or by `reopen`. */
  readonly refuse: (ms: number | null) => Promise<void>;
  readonly reopen: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Far beyond any run: keeps a simulator alive whose port is closed until further notice. */
const FOREVER_MS = 2_000_000_000;
/** Another process took the port while it was closed: the listener tries again after this. */
const RETRY_MS = 200;

/** Listens on 127.0.0.1; port 0 takes a free one. Throws Refusal BAD_VALUE when the port is taken. */
export const listen = async (server: Server, port: number): Promise<Listener> => {
  await listenOn(server, port);
  const bound = (server.address() as AddressInfo).port;
  let closed: NodeJS.Timeout | null = null;
  /** One change after the other, however fast callers make them. */
  let last: Promise<void> = Promise.resolve();
  const then = (change: () => Promise<void>): Promise<void> => {
    last = last.then(change);
    return last;
  };
  const wake = async (): Promise<void> => {
    if (closed !== null) clearTimeout(closed);
    closed = null;
    if (server.listening) return;
    try {
      await listenOn(server, bound);
    } catch {
      closed = setTimeout(() => void then(wake), RETRY_MS);
    }
  };
  return {
    port: bound,
    refuse: (ms) =>
      then(async () => {
        if (closed !== null) clearTimeout(closed);
        closed = setTimeout(() => void then(wake), ms ?? FOREVER_MS);
        if (server.listening) await stop(server);
      }),
    reopen: () => then(wake),
    close: () =>
      then(async () => {
        if (closed !== null) clearTimeout(closed);
        if (server.listening) await stop(server);
      }),
  };
};

const listenOn = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      const expected = { code: 'FREE_PORT', host: HOST, error: error.code ?? error.message } as const;
      reject(new Refusal('BAD_VALUE', { flag: '--port', value: String(port), expected }));
    };
    server.once('error', failed);
    server.listen(port, HOST, () => {
      server.off('error', failed);
      resolve();
    });
  });

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
