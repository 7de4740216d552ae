import type { Slot } from '../../core/time/slot.ts';
import { appointmentIdOf } from './ledger.ts';
import type { LedgerDb } from './open-ledger.ts';
import type { AppointmentDraft } from './tm-body.ts';

export type AppointmentStatus = 'initialized' | 'confirmed' | 'cancelled' | 'completed' | 'failed';

export type AppointmentRow = {
  readonly id: number;
  readonly callKey: string;
  readonly category: 'outbound-call' | 'agreed';
  readonly status: AppointmentStatus;
  readonly start: string;
  readonly end: string;
  /** The arrival window that the customer was told; null: none, or the time is another one since. */
  readonly windowStart: string | null;
  readonly windowEnd: string | null;
  readonly technicianId: string | null;
  readonly note: string | null;
  /** What else its maker said of it, as JSON; null: nothing. */
  readonly details: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
};

/** The desk's appointments and calls. Every method belongs inside a transaction. */
export type TmAppointments = {
  readonly byId: (row: number) => AppointmentRow | null;
  readonly ofCall: (callKey: string) => readonly AppointmentRow[];
  /** null: in whatever status. */
  readonly page: (status: string | null, offset: number, limit: number) => readonly AppointmentRow[];
  readonly count: (status: string | null) => number;
  readonly insert: (draft: AppointmentDraft, status: AppointmentStatus, at: number) => AppointmentRow | null;
  readonly change: (row: number, change: AppointmentChange, at: number) => void;
  /** The customer's phone rings. */
  readonly ring: (appointment: number, callKey: string, at: number) => void;
  readonly hangUp: (appointment: number, outcome: string) => void;
  /** Writes down a search and returns its number. */
  readonly search: (orderId: string, at: number) => number;
};

export type AppointmentChange = {
  readonly status: AppointmentStatus;
  readonly slot: Slot;
  readonly technicianId: string | null;
  readonly note: string | null;
};

const COLUMNS = `id, call_key AS callKey, category, status, slot_start AS start, slot_end AS "end",
  window_start AS windowStart, window_end AS windowEnd, technician_id AS technicianId, note, doc AS details,
  created_at AS createdAt, updated_at AS updatedAt`;
const APPOINTMENTS = `appointments
  LEFT JOIN arrival_windows ON arrival_windows.appointment_id = id
  LEFT JOIN appointment_details ON appointment_details.appointment_id = id`;

export const openTmAppointments = (db: LedgerDb): TmAppointments => {
  const byId = db.prepare<[number], AppointmentRow>(`SELECT ${COLUMNS} FROM ${APPOINTMENTS} WHERE id = ?`);
  const ofCall = db.prepare<[string], AppointmentRow>(
    `SELECT ${COLUMNS} FROM ${APPOINTMENTS} WHERE call_key = ? ORDER BY serial`,
  );
  const page = db.prepare<[number, number], AppointmentRow>(
    `SELECT ${COLUMNS} FROM ${APPOINTMENTS} ORDER BY id LIMIT ? OFFSET ?`,
  );
  const pageOf = db.prepare<[string, number, number], AppointmentRow>(
    `SELECT ${COLUMNS} FROM ${APPOINTMENTS} WHERE status = ? ORDER BY id LIMIT ? OFFSET ?`,
  );
  const count = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM appointments');
  const countOf = db.prepare<[string], { n: number }>(
    'SELECT count(*) AS n FROM appointments WHERE status = ?',
  );
  const insert = db.prepare<Readonly<Record<string, string | null>>, { id: number }>(
    `INSERT INTO appointments (call_key, serial, category, status, slot_start, slot_end, technician_id, phone_last4,
                               created_at, updated_at)
     VALUES (@callKey, 1 + (SELECT coalesce(max(serial), 0) FROM appointments WHERE call_key = @callKey),
             @category, @status, @start, @end, @technicianId, @phoneLast4, @at, @at) RETURNING id`,
  );
  const tell = db.prepare('INSERT INTO arrival_windows VALUES (?, ?, ?)');
  const detail = db.prepare('INSERT INTO appointment_details VALUES (?, ?)');
  const untell = db.prepare('DELETE FROM arrival_windows WHERE appointment_id = ?');
  const change = db.prepare(
    `UPDATE appointments SET status = ?, slot_start = ?, slot_end = ?, technician_id = ?, note = ?, updated_at = ?
     WHERE id = ?`,
  );
  const ring = db.prepare('INSERT INTO calls (appointment_id, call_key, at) VALUES (?, ?, ?)');
  const hangUp = db.prepare('UPDATE calls SET outcome = ? WHERE appointment_id = ?');
  const search = db.prepare('INSERT INTO searches (order_id, at) VALUES (?, ?)');
  const iso = (at: number): string => new Date(at).toISOString();

  return {
    byId: (row) => byId.get(row) ?? null,
    ofCall: (callKey) => ofCall.all(callKey),
    page: (status, offset, limit) =>
      status === null ? page.all(limit, offset) : pageOf.all(status, limit, offset),
    count: (status) => (status === null ? count.get() : countOf.get(status))?.n ?? 0,
    insert: ({ callKey, category, slot, window, technicianId, phoneLast4, details }, status, at) => {
      const made = insert.get({ callKey, category, status, ...slot, technicianId, phoneLast4, at: iso(at) });
      if (made === undefined) return null;
      if (window !== null) tell.run(made.id, window.start, window.end);
      if (Object.keys(details).length > 0) detail.run(made.id, JSON.stringify(details));
      return byId.get(made.id) ?? null;
    },
    change: (row, { status, slot, technicianId, note }, at) => {
      // Another time was named to the customer, without play.
      if (byId.get(row)?.start !== slot.start) untell.run(row);
      change.run(status, slot.start, slot.end, technicianId, note, iso(at), row);
    },
    ring: (appointment, callKey, at) => {
      ring.run(appointment, callKey, iso(at));
    },
    hangUp: (appointment, outcome) => {
      hangUp.run(outcome, appointment);
    },
    search: (orderId, at) => Number(search.run(orderId, iso(at)).lastInsertRowid),
  };
};

/** An appointment as TMF646 says it. The phone number is not said back. */
export const appointmentBody = (row: AppointmentRow, base: string): Readonly<Record<string, unknown>> => {
  const id = appointmentIdOf(row.id);
  const { relatedParty = [], ...details } = JSON.parse(row.details ?? '{}') as {
    readonly relatedParty?: readonly unknown[];
  };
  const technician = row.technicianId === null ? [] : [technicianParty(row.technicianId)];
  const parties = [...technician, ...relatedParty];
  return {
    id,
    href: `${base}/appointment/${id}`,
    '@type': 'Appointment',
    ...details,
    externalId: row.callKey,
    category: row.category,
    status: row.status,
    validFor: { startDateTime: row.start, endDateTime: row.end },
    ...(row.windowStart === null || row.windowEnd === null
      ? {}
      : { arrivalWindow: { startDateTime: row.windowStart, endDateTime: row.windowEnd } }),
    creationDate: row.createdAt,
    lastUpdate: row.updatedAt,
    ...(row.note === null ? {} : { note: [{ date: row.updatedAt, text: row.note }] }),
    ...(parties.length === 0 ? {} : { relatedParty: parties }),
  };
};

const technicianParty = (id: string): object => ({ id, role: 'technician', '@referredType': 'Individual' });
