import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** How a front answers for its peer. */
export type Down = { readonly status: number; readonly headers?: Readonly<Record<string, string>> };

/** Stands before a peer, counts what is sent to it, and may be down in its place. */
export type Front = {
  readonly url: string;
  /** null: it passes everything on. */
  readonly setDown: (down: Down | null) => void;
  /** Requests so far. */
  readonly requests: () => number;
  /** The most requests that were in flight at once. */
  readonly mostAtOnce: () => number;
  readonly close: () => Promise<void>;
};

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const PASSED = ['content-type', 'idempotency-key', 'x-correlation-id'];

/** `holdMs`: every answer takes at least so long, so that requests meet. */
export const frontOf = async (behind: string, holdMs: number): Promise<Front> => {
  const { origin, pathname } = new URL(behind);
  let down: Down | null = null;
  let requests = 0;
  let inFlight = 0;
  let most = 0;

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    await new Promise((resolve) => setTimeout(resolve, holdMs));
    if (down !== null) {
      response.writeHead(down.status, { 'content-type': 'application/json', ...down.headers }).end('{}');
      return;
    }
    const { method = 'GET', url = '/', headers } = request;
    const passed = new Headers();
    for (const name of PASSED) {
      const value = headers[name];
      if (typeof value === 'string') passed.set(name, value);
    }
    const answer = await fetch(`${origin}${url}`, {
      method,
      headers: passed,
      ...(body.length === 0 ? {} : { body }),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  };

  const server = createServer((request, response) => {
    requests += 1;
    inFlight += 1;
    most = Math.max(most, inFlight);
    response.once('close', () => {
      inFlight -= 1;
    });
    pass(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}${pathname}`,
    setDown: (told) => {
      down = told;
    },
    requests: () => requests,
    mostAtOnce: () => most,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
