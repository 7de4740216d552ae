// The floor of `oss batch run --op order.new`: the same rows in the same tables, durable in the same way, with bare
// better-sqlite3 and nothing else: no checks, no ports, no domain. Reads `bench/batch-file.mjs`'s CSV.
// node bench/batch-floor.mjs DATABASE ORDERS.csv     the database comes from `oss db init`. Prints JSON.
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';

/** As many as the program's group commit takes. */
const GROUP = 256;
const SECRET = randomBytes(32).toString('hex');

const [path = '', file = ''] = process.argv.slice(2);
const startedAt = performance.now();
const db = new Database(path, { fileMustExist: true });
db.pragma('synchronous = FULL');
db.pragma('cache_size = -16384');
db.pragma('secure_delete = ON');

const insert = (/** @type {string} */ table, /** @type {string} */ columns) => {
  const names = columns.split(' ');
  return db.prepare(`insert into ${table} (${names.join()}) values (${names.map(() => '?').join()})`);
};
const getRequest = db.prepare('select order_id from requests where scope = ? and key = ?');
const byPhone = db.prepare('select * from customers where phone_digits = ? and erased_at is null');
const next = db.prepare('update sequences set value = value + 1 where name = ? returning value').pluck();
const putCustomer = insert('customers', 'customer_id name name_search phone phone_digits');
const putAddress = insert('addresses', 'order_id customer_id address');
const putText = insert('texts', 'text_id order_id text');
const putEvent = insert('events', 'order_id version event_id type schema data at actor hash');
const putView = insert(
  'order_view',
  'order_key order_id doc stage stage_since open area customer_id visit_start next_call priority_rank placed_at updated_at search',
);
const putWork = insert(
  'work',
  'order_key undo priority rank local_due local_tries local_retry_at ne_tries ne_retry_at tm_tries tm_retry_at tries',
);
const putRequest = insert('requests', 'scope key order_id fingerprint at');
const putRow = insert('batch_rows', 'batch_id line op key state order_id');

const cellsOf = (/** @type {string} */ line) =>
  Array.from(
    line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g),
    ([, quoted, bare]) => quoted ?? bare ?? '',
  );

const place = (/** @type {string} */ text, /** @type {number} */ line) => {
  const [key = '', name = '', phone = '', address = '', area = '', internet, tv, priority = '', note = ''] =
    cellsOf(text);
  const at = new Date().toISOString();
  if (getRequest.get('order new', key) !== undefined) return;
  const digits = phone.replaceAll('-', '');
  if (byPhone.all(digits).length > 0) throw new Error(`${key} is a duplicate`);
  const n = Number(next.get('order'));
  const orderId = `ORD-${String(n).padStart(6, '0')}`;
  const orderKey = `${String(orderId.length)}${orderId}`;
  const customerId = `CUS-${String(next.get('customer')).padStart(6, '0')}`;
  putCustomer.run(customerId, name, name, phone, digits);
  putAddress.run(orderId, customerId, address);
  const textId = note === '' ? undefined : randomBytes(16).toString('hex');
  if (textId !== undefined) putText.run(textId, orderId, note);
  const counts = { internetCount: Number(internet), tvCount: Number(tv) };
  const data = JSON.stringify({
    area,
    channel: 'batch',
    customerId,
    key,
    priority,
    textId,
    ...counts,
    wishes: {},
  });
  const hash = createHash('sha256').update(`${orderId}${data}${at}`).digest('hex');
  putEvent.run(
    orderId,
    1,
    randomBytes(18).toString('hex'),
    'OrderPlaced',
    1,
    data,
    at,
    'supervisor:bench',
    hash,
  );
  const doc = {
    orderId,
    version: 1,
    key,
    customerId,
    stage: 'placed',
    stageSince: at,
    milestone: 'OrderPlaced',
    open: true,
    outcome: null,
    priority,
    wishes: {},
    area,
    ...counts,
    equipmentId: null,
    inDoubt: 0,
    holds: [],
    calls: { attempts: 0, lastOutcome: null, lastAt: null, nextAt: null },
    visit: null,
    promise: null,
    visits: 0,
    pendingSince: null,
    cancelCode: null,
    returnCode: null,
    placedAt: at,
    updatedAt: at,
  };
  const search = `${orderId}\n${key}`.toLowerCase();
  putView.run(
    orderKey,
    orderId,
    JSON.stringify(doc),
    'placed',
    at,
    1,
    area,
    customerId,
    '~',
    `~ 2 ${at}`,
    '2',
    at,
    at,
    search,
  );
  putWork.run(orderKey, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
  const fingerprint = createHmac('sha256', SECRET).update(text).digest('hex');
  putRequest.run('order new', key, orderId, fingerprint, at);
  putRow.run('B-FLOOR', line, 'order.new', key, 'done', orderId);
};

let line = 0;
let inGroup = 0;
for await (const text of createInterface({ input: createReadStream(file) })) {
  line += 1;
  if (line === 1) continue;
  if (inGroup === 0) db.exec('begin immediate');
  place(text, line);
  inGroup += 1;
  if (inGroup === GROUP) {
    db.exec('commit');
    inGroup = 0;
  }
}
if (inGroup > 0) db.exec('commit');
db.close();
const seconds = (performance.now() - startedAt) / 1_000;
const rows = line - 1;
process.stdout.write(`${JSON.stringify({ rows, seconds, perSecond: Math.round(rows / seconds) })}\n`);
