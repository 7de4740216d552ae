import { createServer } from 'node:http';

/** Something on the way that takes a request and passes it on later, whatever became of its sender. */
export type HoldingGate = {
  readonly url: string;
  /** From now on each POST is held; resolves when the first one is. */
  readonly hold: () => Promise<void>;
  /** Passes on what is held, and what comes. */
  readonly release: () => void;
  readonly close: () => Promise<void>;
};

/** Passes everything on, but for what it is told to hold. */
export const holdingGate = async (behind: string): Promise<HoldingGate> => {
  const { origin, pathname } = new URL(behind);
  const waiting: (() => void)[] = [];
  let isOpen = true;
  let tell: () => void = () => {};
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = 'GET', url = '/' } = request;
      const pass = async (): Promise<void> => {
        const body = Buffer.concat(chunks);
        const answer = await fetch(`${origin}${url}`, {
          method,
          headers: { 'content-type': 'application/json' },
          ...(body.length === 0 ? {} : { body }),
        });
        const text = await answer.text();
        if (!response.destroyed)
          response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
      };
      if (method !== 'POST' || isOpen) void pass();
      else {
        waiting.push(() => void pass());
        tell();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}${pathname}`,
    hold: () => {
      isOpen = false;
      return new Promise((resolve) => {
        tell = resolve;
      });
    },
    release: () => {
      isOpen = true;
      for (const pass of waiting.splice(0)) pass();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
