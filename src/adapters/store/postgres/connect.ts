import { Client, type ClientBase, type ClientConfig, Pool, types } from 'pg';
import { Refusal } from '../../../core/rules/refusal.ts';
import { readPem } from '../../config/pem-file.ts';
import { parseServerUrl, type ServerAddress, type Tls } from '../../config/server-url.ts';
import { thisOrigin } from '../../runtime/this-origin.ts';

export type ConnectOptions = {
  readonly address: ServerAddress;
  /** Asked when the server wants one, with the name of the role; null: none is known. */
  readonly password: (user: string) => Promise<string | null>;
  /** Of a database that this process fills; null: it uses one as everybody does. */
  readonly token: string | null;
  /** How the database is named to people. */
  readonly database: string;
  /** How long a write waits for the locks of others, ms. */
  readonly busyTimeoutMs: number;
};

/** Numbers of 64 bits, of which we keep none past 2^53. */
const INT8 = 20;

/** How long a connection may take to be made. */
const CONNECT_MS = 5_000;
/** Far longer than any statement of ours takes. */
const STATEMENT_MS = 60_000;

/** A database of a server, and how it is spoken to. */
export type Line = {
  readonly config: ClientConfig;
  /**
   * false: a pooler may give each transaction a connection of its own, so nothing outlives one: no setting, no prepared statement, no
   * LISTEN.
   */
  readonly isOurs: boolean;
  /** Begins a transaction; `begin` as SQL says it. */
  readonly begin: (client: ClientBase, begin: string) => Promise<void>;
  /** For a statement that is run often: the name under which a connection keeps it prepared. */
  readonly named: (name: string) => { readonly name?: string };
};

const timeouts = (busyTimeoutMs: number) => ({
  statement_timeout: STATEMENT_MS,
  lock_timeout: busyTimeoutMs,
  idle_in_transaction_session_timeout: STATEMENT_MS,
});

export const lineTo = (options: ConnectOptions): Line => {
  const isOurs = options.address.listens;
  const locals = Object.entries(timeouts(options.busyTimeoutMs)).map(
    ([name, ms]) => `; set local ${name} = ${ms}`,
  );
  return {
    config: clientConfig(options),
    isOurs,
    begin: async (client, begin) => {
      await client.query(isOurs ? begin : `${begin}${locals.join('')}`);
    },
    named: (name) => (isOurs ? { name } : {}),
  };
};

/**
 * Everything is said here, so that no variable of libpq that happens to be set sends orders to another database, and no
 * parameter of a URL does away with a time-out.
 */
const clientConfig = ({
  address,
  password,
  database,
  token,
  busyTimeoutMs,
}: ConnectOptions): ClientConfig => {
  const user = address.user ?? thisOrigin().osUser;
  const options = [address.options ?? '', ...(token === null ? [] : [`-c oss.token=${token}`])]
    .join(' ')
    .trim();
  return {
    host: address.host,
    port: address.port,
    user,
    database: address.database,
    // The driver calls it on the client, and leaves that half connected when it throws.
    async password(this: unknown) {
      try {
        const known = await password(user);
        if (known === null)
          throw new Refusal('DATABASE_CLOSED', { database, cause: { code: 'NO_PASSWORD' } });
        return known;
      } catch (error) {
        if (this instanceof Client) setImmediate(() => void this.end().catch(() => undefined));
        throw error;
      }
    },
    ssl: tlsConfig(address.tls, address.host),
    connectionTimeoutMillis: CONNECT_MS,
    ...(address.listens ? { ...timeouts(busyTimeoutMs), options } : {}),
    application_name: 'oss',
    keepAlive: true,
    types: {
      // The types of `pg` cannot say which parser belongs to which format.
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === INT8 && format !== 'binary'
          ? Number
          : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
  };
};

/** `NODE_TLS_REJECT_UNAUTHORIZED` changes nothing here. */
const tlsConfig = (
  { mode, authority, certificate, key }: Tls,
  host: string,
): NonNullable<ClientConfig['ssl']> => {
  if (mode === 'off') return false;
  return {
    rejectUnauthorized: mode === 'verified',
    ...(host.startsWith('/') ? {} : { servername: host }),
    ...(authority === null ? {} : { ca: readPem(authority) }),
    ...(certificate === null ? {} : { cert: readPem(certificate) }),
    ...(key === null ? {} : { key: readPem(key) }),
  };
};

/** The parts of a URL that the settings have let pass. */
export const addressOf = (url: string): ServerAddress => {
  const address = parseServerUrl(url);
  if (typeof address === 'string') throw new Error('this is no address of a server');
  return address;
};

/** Connections that are made when they are needed. A lost one that nobody uses is replaced in silence. */
export const openPool = ({ config }: Line, max: number): Pool => {
  const pool = new Pool({ ...config, max });
  pool.on('error', () => {});
  // Whoever uses a connection hears by its queries that it is lost.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
};

/** A connection of its own, which the caller ends. */
export const connectAlone = async ({ config }: Line): Promise<Client> => {
  const client = new Client(config);
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
  readonly session_replication_role: string;
  readonly server_encoding: string;
  readonly server_version: string;
  readonly server_version_num: string;
  /** The process of the server that answers. */
  readonly pid: number;
  /** null: none of the search path is there and may be used. */
  readonly schema: string | null;
};

const FITNESS = `select ${[
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'session_replication_role',
  'server_encoding',
  'server_version',
  'server_version_num',
]
  .map((setting) => `current_setting('${setting}') as ${setting}`)
  .join(', ')}, pg_backend_pid() as pid, current_schema() as schema`;

/**
 * Refuses a server that may lose what it has acknowledged, fires no triggers, is too old, or does not write UTF-8 (DATABASE_UNFIT), and a pooler that
 * nobody spoke of (DATABASE_POOLED): the process that a connection was given is not the one that answers.
 */
export const assertFit = async (
  client: ClientBase,
  database: string,
  { isOurs }: Pick<Line, 'isOurs'>,
): Promise<void> => {
  const { rows } = await client.query<Fitness>(FITNESS);
  const [fitness] = rows;
  if (fitness === undefined) throw new Error('the server did not tell its settings');
  if (isOurs && 'processID' in client && client.processID !== fitness.pid)
    throw new Refusal('DATABASE_POOLED', { database });
  const must = (setting: Exclude<keyof Fitness, 'pid' | 'schema'>, isFit: boolean, wanted: string): void => {
    if (!isFit) throw new Refusal('DATABASE_UNFIT', { database, setting, value: fitness[setting], wanted });
  };
  must('server_version', Number(fitness.server_version_num) >= OLDEST_VERSION, '15');
  must('server_encoding', fitness.server_encoding === 'UTF8', 'UTF8');
  must('fsync', fitness.fsync === 'on', 'on');
  must('full_page_writes', fitness.full_page_writes === 'on', 'on');
  must('synchronous_commit', fitness.synchronous_commit !== 'off', 'on');
  // A replica fires no triggers: events that were committed would never be in the feed, and could be edited.
  must('session_replication_role', fitness.session_replication_role !== 'replica', 'origin');
  if (fitness.schema === null)
    throw new Refusal('DATABASE_CLOSED', { database, cause: { code: 'NO_SCHEMA' } });
};
