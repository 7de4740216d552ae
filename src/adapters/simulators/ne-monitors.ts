import type { LedgerDb } from './open-ledger.ts';
import type { Answer } from './request.ts';

export type MonitorRow = {
  readonly id: number;
  readonly key: string;
  readonly attempt: string;
  readonly state: 'InProgress' | 'Completed' | 'InError';
  readonly serviceId: number | null;
  readonly error: string | null;
};

/** The NE's monitors, and the attempts that it refused. Every method belongs inside a transaction. */
export type NeMonitors = {
  readonly byId: (row: number) => MonitorRow | null;
  readonly running: (key: string) => MonitorRow | null;
  readonly start: (key: string, attempt: string, error: string | null) => MonitorRow | null;
  readonly complete: (row: number, serviceId: number) => void;
  readonly fail: (row: number, error: string) => void;
  /** The code with which an attempt (an idempotency key) was refused. The same attempt gets the same answer again. */
  readonly rejectionOf: (attempt: string) => string | null;
  readonly reject: (attempt: string, code: string) => void;
};

const COLUMNS = 'id, key, attempt, state, service_id AS serviceId, error';

export const openNeMonitors = (db: LedgerDb): NeMonitors => {
  const byId = db.prepare<[number], MonitorRow>(`SELECT ${COLUMNS} FROM monitors WHERE id = ?`);
  const running = db.prepare<[string], MonitorRow>(
    `SELECT ${COLUMNS} FROM monitors WHERE key = ? AND state = 'InProgress' ORDER BY id LIMIT 1`,
  );
  const start = db.prepare<[string, string, string | null], MonitorRow>(
    `INSERT INTO monitors (key, attempt, state, error) VALUES (?, ?, 'InProgress', ?) RETURNING ${COLUMNS}`,
  );
  const complete = db.prepare(`UPDATE monitors SET state = 'Completed', service_id = ? WHERE id = ?`);
  const fail = db.prepare(`UPDATE monitors SET state = 'InError', error = ? WHERE id = ?`);
  const rejection = db.prepare<[string], { code: string }>('SELECT code FROM rejections WHERE attempt = ?');
  const reject = db.prepare('INSERT OR IGNORE INTO rejections (attempt, code) VALUES (?, ?)');

  return {
    byId: (row) => byId.get(row) ?? null,
    running: (key) => running.get(key) ?? null,
    start: (key, attempt, error) => start.get(key, attempt, error) ?? null,
    complete: (row, serviceId) => {
      complete.run(serviceId, row);
    },
    fail: (row, error) => {
      fail.run(error, row);
    },
    rejectionOf: (attempt) => rejection.get(attempt)?.code ?? null,
    reject: (attempt, code) => {
      reject.run(attempt, code);
    },
  };
};

export const monitorIdOf = (row: number): string => `MON-${String(row).padStart(6, '0')}`;

/** A monitor as TMF640 says it; `outcome` is what its request came to, once it has ended. */
export const monitorBody = (
  { id, state }: MonitorRow,
  base: string,
  outcome: Answer | null,
): Readonly<Record<string, unknown>> => ({
  id: monitorIdOf(id),
  href: `${base}/monitor/${monitorIdOf(id)}`,
  sourceHref: `${base}/service`,
  state,
  ...(outcome === null
    ? {}
    : {
        response: {
          statusCode: String(outcome.status),
          header: [{ name: 'content-type', value: 'application/json' }],
          body: JSON.stringify(outcome.body),
        },
      }),
  '@type': 'Monitor',
});
