import { Client, type ClientBase, type ClientConfig, Pool, types } from 'pg';
import { Refusal } from '../../../core/rules/refusal.ts';

export type ConnectOptions = {
  /** `postgres://…` */
  readonly url: string;
  /** How long a write waits for the locks of others, ms. */
  readonly busyTimeoutMs: number;
};

/** Numbers of 64 bits, of which we keep none past 2^53. */
const INT8 = 20;

/** How long a connection may take to be made. */
const CONNECT_MS = 5_000;
/** Far longer than any statement of ours takes. */
const STATEMENT_MS = 60_000;

export const clientConfig = ({ url, busyTimeoutMs }: ConnectOptions): ClientConfig => ({
  connectionString: url,
  connectionTimeoutMillis: CONNECT_MS,
  statement_timeout: STATEMENT_MS,
  lock_timeout: busyTimeoutMs,
  idle_in_transaction_session_timeout: STATEMENT_MS,
  application_name: 'oss',
  keepAlive: true,
  types: {
    // The types of `pg` cannot say which parser belongs to which format.
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      oid === INT8 && format !== 'binary'
        ? Number
        : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
  },
});

/** How a database is named to people: without user, password and parameters. */
export const nameOf = (url: string): string => {
  try {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname}`;
  } catch {
    return 'postgres://';
  }
};

/** Connections that are made when they are needed. A lost one that nobody uses is replaced in silence. */
export const openPool = (options: ConnectOptions, max: number): Pool => {
  const pool = new Pool({ ...clientConfig(options), max });
  pool.on('error', () => {});
  // Whoever uses a connection hears by its queries that it is lost.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
};

/** A connection of its own, which the caller ends. */
export const connectAlone = async (options: ConnectOptions): Promise<Client> => {
  const client = new Client(clientConfig(options));
  // Whoever uses it hears of it by its queries.
  client.on('error', () => {});
  await client.connect();
  return client;
};

const OLDEST_VERSION = 150_000;

type Fitness = {
  readonly fsync: string;
  readonly synchronous_commit: string;
  readonly full_page_writes: string;
  readonly server_encoding: string;
  readonly server_version: string;
  readonly server_version_num: string;
};

const FITNESS = `select ${[
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'server_encoding',
  'server_version',
  'server_version_num',
]
  .map((setting) => `current_setting('${setting}') as ${setting}`)
  .join(', ')}`;

/** Refuses a server that may lose what it has acknowledged, is too old, or does not write UTF-8 (DATABASE_UNFIT). */
export const assertFit = async (client: ClientBase, database: string): Promise<void> => {
  const { rows } = await client.query<Fitness>(FITNESS);
  const [fitness] = rows;
  if (fitness === undefined) throw new Error('the server did not tell its settings');
  const must = (setting: keyof Fitness, isFit: boolean, wanted: string): void => {
    if (!isFit) throw new Refusal('DATABASE_UNFIT', { database, setting, value: fitness[setting], wanted });
  };
  must('server_version', Number(fitness.server_version_num) >= OLDEST_VERSION, '15');
  must('server_encoding', fitness.server_encoding === 'UTF8', 'UTF8');
  must('fsync', fitness.fsync === 'on', 'on');
  must('full_page_writes', fitness.full_page_writes === 'on', 'on');
  must('synchronous_commit', fitness.synchronous_commit !== 'off', 'on');
};
