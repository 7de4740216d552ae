import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What a gateway answers in its peer's place. */
export type OwnAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** A server before a peer: it has the URL that is configured. */
export type Gateway = { readonly url: string; readonly close: () => Promise<void> };

export type GatewayOptions = {
  /** The peer's URL. */
  readonly behind: string;
  /** Asked when a request has come in whole; null: it is passed on. */
  readonly ownAnswer: () => OwnAnswer | null | Promise<OwnAnswer | null>;
  /** Told of each request as it comes in, with its answer to be. */
  readonly onRequest?: (response: ServerResponse) => void;
};

const PASSED = ['content-type', 'idempotency-key', 'authorization', 'x-correlation-id'];

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Passes what comes on to the peer behind it, or answers by itself. */
export const gateway = async ({ behind, ownAnswer, onRequest }: GatewayOptions): Promise<Gateway> => {
  const { origin, pathname } = new URL(behind);

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const own = await ownAnswer();
    if (own !== null) {
      response.writeHead(own.status, own.headers).end(own.body);
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
      redirect: 'manual',
      ...(body.length === 0 ? {} : { body }),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  };

  const server = createServer((request, response) => {
    onRequest?.(response);
    pass(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}${pathname}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
