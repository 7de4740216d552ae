import { pick } from './chance.ts';
import { neIdOf } from './ledger.ts';
import type { ServiceDraft } from './ne-body.ts';
import type { LedgerDb } from './open-ledger.ts';

export type ServiceRow = {
  readonly id: number;
  readonly key: string;
  readonly spec: string;
  readonly area: string;
  readonly state: string;
  readonly equipmentId: string | null;
  readonly createdAt: string;
  readonly terminatedAt: string | null;
  readonly deleted: number;
  readonly doc: string;
};

/** The NE's services. Every method belongs inside a transaction. */
export type NeServices = {
  readonly byId: (row: number) => ServiceRow | null;
  /** The first service of a key, also one that was deleted. */
  readonly firstOf: (key: string) => ServiceRow | null;
  readonly named: (key: string) => readonly ServiceRow[];
  readonly page: (state: string | null, offset: number, limit: number) => readonly ServiceRow[];
  readonly count: (state: string | null) => number;
  readonly portsInUse: (area: string) => number;
  /** Null: no free port could be found. */
  readonly insert: (draft: ServiceDraft, at: number) => ServiceRow | null;
  /** Switches on what was only looked at. Null: no free port could be found. */
  readonly activate: (row: ServiceRow, at: number) => ServiceRow | null;
  readonly terminate: (row: number, at: number, deleted: boolean) => void;
};

const COLUMNS = `id, key, spec, area, state, equipment_id AS equipmentId, created_at AS createdAt,
  terminated_at AS terminatedAt, deleted, doc`;

export const openNeServices = (db: LedgerDb): NeServices => {
  const byId = db.prepare<[number], ServiceRow>(`SELECT ${COLUMNS} FROM services WHERE id = ?`);
  const first = db.prepare<[string], ServiceRow>(
    `SELECT ${COLUMNS} FROM services WHERE key = ? ORDER BY serial LIMIT 1`,
  );
  const named = db.prepare<[string], ServiceRow>(
    `SELECT ${COLUMNS} FROM services WHERE key = ? AND deleted = 0 ORDER BY serial`,
  );
  const page = db.prepare<[number, number], ServiceRow>(
    `SELECT ${COLUMNS} FROM services WHERE deleted = 0 ORDER BY id LIMIT ? OFFSET ?`,
  );
  const pageOf = db.prepare<[string, number, number], ServiceRow>(
    `SELECT ${COLUMNS} FROM services WHERE deleted = 0 AND state = ? ORDER BY id LIMIT ? OFFSET ?`,
  );
  const count = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM services WHERE deleted = 0');
  const countOf = db.prepare<[string], { n: number }>(
    'SELECT count(*) AS n FROM services WHERE deleted = 0 AND state = ?',
  );
  const ports = db.prepare<[string], { n: number }>(
    `SELECT count(*) AS n FROM services WHERE spec = 'access.gpon' AND state = 'active' AND area = ?`,
  );
  const serials = db.prepare<[string], { n: number | null }>(
    'SELECT max(serial) AS n FROM services WHERE key = ?',
  );
  const port = db.prepare<[string], { n: number }>(
    `SELECT count(*) AS n FROM services WHERE equipment_id = ? AND state = 'active'`,
  );
  const insert = db.prepare<
    [string, number, string, string, string, string | null, string, string],
    ServiceRow
  >(
    `INSERT INTO services (key, serial, spec, area, state, equipment_id, created_at, doc)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING ${COLUMNS}`,
  );
  const activate = db.prepare<[string | null, string, number], ServiceRow>(
    `UPDATE services SET state = 'active', equipment_id = ?, doc = ? WHERE id = ? RETURNING ${COLUMNS}`,
  );
  const terminate = db.prepare(
    `UPDATE services SET state = 'terminated', terminated_at = coalesce(terminated_at, ?), deleted = ? WHERE id = ?`,
  );

  const freePort = (area: string, key: string, serial: number): string | null => {
    for (let tries = 0; tries < 1_000; tries++) {
      const equipmentId = equipmentIdOf(area, key, serial, tries);
      if ((port.get(equipmentId)?.n ?? 0) === 0) return equipmentId;
    }
    return null;
  };

  return {
    byId: (row) => byId.get(row) ?? null,
    firstOf: (key) => first.get(key) ?? null,
    named: (key) => named.all(key),
    page: (state, offset, limit) =>
      state === null ? page.all(limit, offset) : pageOf.all(state, limit, offset),
    count: (state) => (state === null ? count.get() : countOf.get(state))?.n ?? 0,
    portsInUse: (area) => ports.get(area)?.n ?? 0,
    insert: ({ key, state, spec, area, doc }, at) => {
      const serial = (serials.get(key)?.n ?? 0) + 1;
      const needsPort = spec === 'access.gpon' && state === 'active';
      const equipmentId = needsPort ? freePort(area, key, serial) : null;
      if (needsPort && equipmentId === null) return null;
      const createdAt = new Date(at).toISOString();
      const kept = JSON.stringify(state === 'active' ? { startDate: createdAt, ...doc } : doc);
      return insert.get(key, serial, spec, area, state, equipmentId, createdAt, kept) ?? null;
    },
    activate: ({ id, key, spec, area, doc }, at) => {
      const equipmentId = spec === 'access.gpon' ? freePort(area, key, 1) : null;
      if (spec === 'access.gpon' && equipmentId === null) return null;
      const kept = { startDate: new Date(at).toISOString(), ...(JSON.parse(doc) as object) };
      return activate.get(equipmentId, JSON.stringify(kept), id) ?? null;
    },
    terminate: (row, at, deleted) => {
      terminate.run(new Date(at).toISOString(), deleted ? 1 : 0, row);
    },
  };
};

/** A port such as `OLT-3FA2/1/2/17`: the area's OLT, then shelf, slot and port by the key. */
const equipmentIdOf = (area: string, key: string, serial: number, tries: number): string => {
  const olt = pick(0x10000, 'olt', area).toString(16).toUpperCase().padStart(4, '0');
  const [shelf, slot, port] = [8, 16, 128].map((n) => 1 + pick(n, 'port', n, key, serial, tries));
  return `OLT-${olt}/${shelf}/${slot}/${port}`;
};

/** A service as TMF640 says it. */
export const serviceBody = (row: ServiceRow, base: string): Readonly<Record<string, unknown>> => {
  const doc = JSON.parse(row.doc) as { readonly serviceCharacteristic?: readonly unknown[] };
  const neId = neIdOf(row.id);
  const port =
    row.equipmentId === null ? [] : [{ name: 'equipmentId', valueType: 'string', value: row.equipmentId }];
  return {
    id: neId,
    href: `${base}/service/${neId}`,
    '@type': 'Service',
    ...doc,
    state: row.state,
    serviceDate: row.createdAt,
    ...(row.terminatedAt === null ? {} : { endDate: row.terminatedAt }),
    serviceCharacteristic: [...(doc.serviceCharacteristic ?? []), ...port],
  };
};
