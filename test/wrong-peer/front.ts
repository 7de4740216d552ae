import { createServer } from 'node:http';

/** What a gateway answers by itself. */
export type Page = { readonly status: number; readonly type: string; readonly body: string };

/** A gateway before a peer: it has the URL that is configured. */
export type Front = {
  readonly url: string;
  readonly misroute: (page: Page | null) => void;
  readonly close: () => Promise<void>;
};

/** Passes everything on to the peer at `behind`, until it is told to answer by itself. */
export const frontOf = async (behind: string): Promise<Front> => {
  const { origin, pathname } = new URL(behind);
  let page: Page | null = null;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      if (page !== null) {
        response.writeHead(page.status, { 'content-type': page.type }).end(page.body);
        return;
      }
      const { method = 'GET', url = '/', headers } = request;
      const passed = new Headers();
      for (const name of ['content-type', 'idempotency-key', 'authorization', 'x-correlation-id']) {
        const value = headers[name];
        if (typeof value === 'string') passed.set(name, value);
      }
      try {
        const body = chunks.length === 0 ? {} : { body: Buffer.concat(chunks) };
        const answer = await fetch(`${origin}${url}`, {
          method,
          headers: passed,
          redirect: 'manual',
          ...body,
        });
        response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
      } catch {
        response.destroy();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}${pathname}`,
    misroute: (told) => {
      page = told;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
