/** Tells a ledger from any other SQLite file. */
export const LEDGER_APPLICATION_ID = 0x4f53534c;

/**
 * The simulators' own truth. A ledger that an earlier version made gets the tables that it lacks. `serial` is 1 unless a fault made a double effect, so (key, serial) is what stops two
 * processes from giving one key two effects. Times are UTC ISO 8601, due times epoch ms. No phone number is kept but
 * its last four digits.
 */
export const LEDGER_SCHEMA = `
CREATE TABLE IF NOT EXISTS services (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL,
  serial INTEGER NOT NULL,
  spec TEXT NOT NULL,
  area TEXT NOT NULL,
  state TEXT NOT NULL,
  equipment_id TEXT,
  created_at TEXT NOT NULL,
  terminated_at TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  doc TEXT NOT NULL,
  UNIQUE (key, serial)
) STRICT;
CREATE INDEX IF NOT EXISTS services_state ON services (state, id) WHERE deleted = 0;
CREATE INDEX IF NOT EXISTS services_ports ON services (area) WHERE spec = 'access.gpon' AND state = 'active';
CREATE UNIQUE INDEX IF NOT EXISTS services_equipment ON services (equipment_id) WHERE state = 'active';

CREATE TABLE IF NOT EXISTS rejections (
  attempt TEXT PRIMARY KEY,
  code TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS monitors (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL,
  attempt TEXT NOT NULL,
  state TEXT NOT NULL,
  service_id INTEGER,
  error TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS monitors_key ON monitors (key);

CREATE TABLE IF NOT EXISTS appointments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  call_key TEXT NOT NULL,
  serial INTEGER NOT NULL,
  category TEXT NOT NULL,
  status TEXT NOT NULL,
  slot_start TEXT NOT NULL,
  slot_end TEXT NOT NULL,
  technician_id TEXT,
  note TEXT,
  phone_last4 TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (call_key, serial)
) STRICT;

CREATE TABLE IF NOT EXISTS arrival_windows (
  appointment_id INTEGER PRIMARY KEY,
  window_start TEXT NOT NULL,
  window_end TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS appointment_details (
  appointment_id INTEGER PRIMARY KEY,
  doc TEXT NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS appointments_status ON appointments (status, id);

CREATE TABLE IF NOT EXISTS calls (
  appointment_id INTEGER PRIMARY KEY,
  call_key TEXT NOT NULL,
  outcome TEXT,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS calls_key ON calls (call_key);

CREATE TABLE IF NOT EXISTS searches (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS effects (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  peer TEXT NOT NULL,
  key TEXT NOT NULL,
  effect TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS requests (
  peer TEXT NOT NULL,
  key TEXT NOT NULL,
  operation TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (peer, key, operation)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  peer TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  doc TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS jobs_due ON jobs (peer, due_at, id);

CREATE TABLE IF NOT EXISTS fault_uses (
  peer TEXT NOT NULL,
  rule TEXT NOT NULL,
  used INTEGER NOT NULL,
  PRIMARY KEY (peer, rule)
) STRICT, WITHOUT ROWID;
`;
