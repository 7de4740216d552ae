import type { Client, ClientBase } from 'pg';
import type { AuditHead } from '../../../core/ports/audit.ts';
import type { DatabaseInfo, Maintenance } from '../../../core/ports/maintenance.ts';
import type { Ids } from '../../../core/ports/runtime.ts';
import type { Line } from './connect.ts';
import { pgError } from './pg-error.ts';
import { PATIENT } from './pg-snapshot.ts';
import { logHead, verifyAll, verifyChains } from './pg-verify.ts';

export type MaintenanceOptions = {
  /** How the database is named to people. */
  readonly database: string;
  /** A connection of its own, whose statements take as long as they need. */
  readonly connect: () => Promise<Client>;
  readonly line: Pick<Line, 'begin'>;
  /** Numbers what is committed and is not in the feed yet. */
  readonly number: () => Promise<void>;
  readonly ids: Ids;
  readonly heads: () => Promise<readonly AuditHead[]>;
};

const SNAPSHOT = 'begin isolation level repeatable read read only';
const INFO = `select
  (select sum(pg_total_relation_size(c.oid)) from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r')::bigint as bytes,
  (select version from oss_schema) as schema,
  current_setting('server_version') as version,
  (select count(*) from events where version = 1) as orders,
  (select count(*) from events) as events,
  (select at from events order by position desc limit 1) as last_event_at`;

type InfoRow = {
  readonly bytes: number;
  readonly schema: number;
  readonly version: string;
  readonly orders: number;
  readonly events: number;
  readonly last_event_at: string | null;
};

/** What is asked of the whole database, each in one state of it. */
export const pgMaintenance = ({
  database,
  connect,
  line,
  number,
  heads,
  ids,
}: MaintenanceOptions): Maintenance => {
  const inSnapshot = async <T>(work: (client: ClientBase) => Promise<T>): Promise<T> => {
    const client = await connect();
    try {
      await line.begin(client, SNAPSHOT);
      await client.query(PATIENT);
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw pgError(error, database);
    }
  };
  return {
    database,
    info: () => told(() => inSnapshot((client) => infoOf(client, database))),
    head: () =>
      told(async () => {
        await number();
        return { ...(await inSnapshot(logHead)), audit: await heads() };
      }),
    verify: (options = {}) =>
      told(async () => {
        await number();
        const { openLogCopy } = await import('../sqlite/verify.ts');
        const copy = options.against === undefined ? null : openLogCopy(options.against);
        try {
          return await inSnapshot((client) => verifyAll(client, options, copy));
        } finally {
          copy?.close();
        }
      }),
    verifyAudit: (isSigned) =>
      told(async () => {
        const problems: string[] = [];
        const found = (problem: string): number => problems.push(problem);
        return { heads: await inSnapshot((client) => verifyChains(client, found, isSigned)), problems };
      }),
    backup: (file) =>
      told(async () => {
        const { pgBackup } = await import('./pg-backup.ts');
        await pgBackup(file, { connect, line, ids, database });
      }),
  };
};

const infoOf = async (client: ClientBase, database: string): Promise<DatabaseInfo> => {
  const { rows } = await client.query<InfoRow>(INFO);
  const [row] = rows;
  if (row === undefined) throw new Error('the server did not tell what it keeps');
  return {
    database,
    bytes: row.bytes,
    logBytes: 0,
    schema: row.schema,
    engine: { name: 'PostgreSQL', version: row.version },
    orders: row.orders,
    events: row.events,
    lastEventAt: row.last_event_at,
  };
};
