import type { Dispatcher } from 'undici';
import Client from 'undici/lib/dispatcher/client.js';
import { createConnector } from './connector.ts';

export const MAX_BODY_BYTES = 1024 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;

/** A connection to one origin, made when it is first needed and again after it was closed. One request at a time. */
export type Connection = {
  readonly dispatch: Dispatcher['dispatch'];
  /** True from the first byte of a request until its whole answer is there: a socket that is given up between is reset. */
  readonly occupy: (isOccupied: boolean) => void;
  /** Ends it for good, at once. */
  readonly cut: () => Promise<void>;
};

/** Certificates that are trusted instead of the system's: for tests. */
export type ConnectionOptions = { readonly ca?: string };

const createConnection = (origin: string, options: ConnectionOptions): Connection => {
  let isOccupied = false;
  const connector = createConnector({ ...options, isOccupied: () => isOccupied });
  const client = new Client(origin, {
    connect: connector.connect,
    maxHeaderSize: MAX_HEADER_BYTES,
    maxResponseSize: MAX_BODY_BYTES,
    // Both are idle timers, which a slow drip never meets: the deadline rules instead.
    headersTimeout: 0,
    bodyTimeout: 0,
    pipelining: 1,
  });
  return {
    dispatch: client.dispatch.bind(client),
    occupy: (now) => {
      isOccupied = now;
    },
    cut: async () => {
      connector.cut();
      await client.destroy();
    },
  };
};

/** The connections of one origin: those at rest are used first, the last one first. */
export type Connections = {
  /** null: closed. */
  readonly take: () => Connection | null;
  readonly giveBack: (connection: Connection) => void;
  /** Ends one that must not be used again. */
  readonly discard: (connection: Connection) => void;
  readonly close: () => Promise<void>;
};

export const createConnections = (origin: string, options: ConnectionOptions): Connections => {
  const all = new Set<Connection>();
  const resting: Connection[] = [];
  let isClosed = false;

  const make = (): Connection => {
    const connection = createConnection(origin, options);
    all.add(connection);
    return connection;
  };
  return {
    take: () => (isClosed ? null : (resting.pop() ?? make())),
    giveBack: (connection) => {
      if (!isClosed) resting.push(connection);
    },
    discard: (connection) => {
      all.delete(connection);
      void connection.cut();
    },
    close: async () => {
      isClosed = true;
      resting.length = 0;
      const open = [...all];
      all.clear();
      await Promise.all(open.map((connection) => connection.cut()));
    },
  };
};
