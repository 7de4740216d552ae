import Database from 'better-sqlite3';

export type LedgerService = {
  readonly key: string;
  readonly neId: string;
  readonly spec: string;
  readonly state: string;
  readonly createdAt: string;
  readonly terminatedAt: string | null;
  readonly equipmentId?: string;
};

/** `create`, `terminate` at the NE; `call`, `book`, `move`, `cancel`, `complete`, `fail` at the desk. */
export type LedgerEffect = {
  readonly peer: 'ne' | 'tm';
  readonly key: string;
  readonly effect: string;
  readonly at: string;
};

export type LedgerRequests = {
  readonly peer: 'ne' | 'tm';
  readonly key: string;
  readonly operation: string;
  readonly count: number;
};

export type LedgerAppointment = {
  readonly appointmentId: string;
  readonly callKey: string;
  readonly category: string;
  readonly status: string;
  readonly start: string;
  readonly end: string;
  readonly technicianId: string | null;
  readonly note: string | null;
  readonly phoneLast4: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
};

/** How often the customer was phoned for one call key; `outcome` null: the phone is still ringing. */
export type LedgerCall = {
  readonly callKey: string;
  readonly count: number;
  readonly outcome: string | null;
  readonly at: string;
};

/** The simulators' own truth, in the order in which it came about. Times are UTC ISO 8601. */
export type LedgerContents = {
  readonly services: readonly LedgerService[];
  readonly effects: readonly LedgerEffect[];
  readonly requests: readonly LedgerRequests[];
  readonly appointments: readonly LedgerAppointment[];
  readonly calls: readonly LedgerCall[];
  /** Effects and answers that are still to come: how many, and when the next is due (epoch ms). */
  readonly pending: { readonly count: number; readonly nextDueAt: number | null };
};

/** The NE's id of a service, by its row. */
export const neIdOf = (row: number): string => `NE-${String(row).padStart(6, '0')}`;

/** The desk's id of an appointment, by its row. */
export const appointmentIdOf = (row: number): string => `APT-${String(row).padStart(6, '0')}`;

/** The row of an id such as `NE-000001`; null when it is none of that kind. */
export const rowOf = (id: string, prefix: 'NE' | 'APT' | 'MON'): number | null => {
  const [, digits] = /^[A-Z]+-(\d{1,12})$/.exec(id) ?? [];
  return digits !== undefined && id.startsWith(`${prefix}-`) ? Number(digits) : null;
};

/** Reads the whole ledger of a file. Throws when there is none. */
export const readLedger = (path: string): LedgerContents => {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: 10_000 });
  try {
    return readLedgerOf(db);
  } finally {
    db.close();
  }
};

type ServiceRow = {
  readonly id: number;
  readonly key: string;
  readonly spec: string;
  readonly state: string;
  readonly createdAt: string;
  readonly terminatedAt: string | null;
  readonly equipmentId: string | null;
};

/** Reads the ledger of an open connection, in one transaction. */
export const readLedgerOf = (db: Database.Database): LedgerContents =>
  db.transaction(() => ({
    services: db
      .prepare<[], ServiceRow>(
        `SELECT id, key, spec, state, created_at AS createdAt, terminated_at AS terminatedAt,
                equipment_id AS equipmentId FROM services ORDER BY id`,
      )
      .all()
      .map(({ id, equipmentId, ...row }) => ({
        neId: neIdOf(id),
        ...row,
        ...(equipmentId === null ? {} : { equipmentId }),
      })),
    effects: db.prepare<[], LedgerEffect>('SELECT peer, key, effect, at FROM effects ORDER BY id').all(),
    requests: db
      .prepare<[], LedgerRequests>(
        'SELECT peer, key, operation, count FROM requests ORDER BY peer, key, operation',
      )
      .all(),
    appointments: db
      .prepare<[], Omit<LedgerAppointment, 'appointmentId'> & { readonly id: number }>(
        `SELECT id, call_key AS callKey, category, status, slot_start AS start, slot_end AS "end",
                technician_id AS technicianId, note, phone_last4 AS phoneLast4, created_at AS createdAt,
                updated_at AS updatedAt FROM appointments ORDER BY id`,
      )
      .all()
      .map(({ id, ...row }) => ({ appointmentId: appointmentIdOf(id), ...row })),
    calls: db
      .prepare<[], LedgerCall>(
        `SELECT call_key AS callKey, count(*) AS count, max(outcome) AS outcome, min(at) AS at
         FROM calls GROUP BY call_key ORDER BY min(appointment_id)`,
      )
      .all(),
    pending: db
      .prepare<[], LedgerContents['pending']>('SELECT count(*) AS count, min(due_at) AS nextDueAt FROM jobs')
      .get() ?? { count: 0, nextDueAt: null },
  }))();
