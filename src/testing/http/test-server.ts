import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { createServer as createTcpServer, type Socket } from 'node:net';

/** A request as the server saw it, in full. */
export type Seen = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

export type TestServer = {
  readonly origin: string;
  readonly seen: readonly Seen[];
  /** Connections accepted so far. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
};

export type Answering = (seen: Seen, response: ServerResponse) => void;

const opened = new Set<TestServer>();

/** Closes every server of the test; to be called in afterEach. */
export const closeServers = async (): Promise<void> => {
  await Promise.all([...opened].map((server) => server.close()));
  opened.clear();
};

const listening = async (server: Server, seen: readonly Seen[], at = 0): Promise<TestServer> => {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const made: TestServer = {
    origin: `http://127.0.0.1:${port}`,
    seen,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  opened.add(made);
  return made;
};

/** An HTTP server that answers when the whole request is there; on a free port by default. */
export const serve = (answer: Answering, { port = 0 } = {}): Promise<TestServer> => {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const told: Seen = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      seen.push(told);
      answer(told, response);
    });
  });
  return listening(server, seen, port);
};

/** A server that speaks bytes: `answer` is called at the first bytes of each connection. */
export const serveBytes = (answer: (socket: Socket) => void): Promise<TestServer> =>
  listening(
    createTcpServer((socket) => socket.once('data', () => answer(socket))),
    [],
  );

/** A port on which no process listens. */
export const closedOrigin = async (): Promise<string> => {
  const server = await serveBytes(() => {});
  await server.close();
  opened.delete(server);
  return server.origin;
};

export const sendJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};
