// The floor: the bare packages, prepared statements, the same tables with the same indexes, and the same durability.
import { hash, randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';

export const openFloor = (path, schema) => {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('cache_size = -16384');
  db.exec(schema);
  const nextOrder = db
    .prepare("update sequences set value = value + 1 where name = 'order' returning value")
    .pluck();
  const nextCustomer = db
    .prepare("update sequences set value = value + 1 where name = 'customer' returning value")
    .pluck();
  const customer = db.prepare('insert into customers values (?, ?, ?, ?, ?, null)');
  const address = db.prepare('insert into addresses values (?, ?, ?)');
  const event = db.prepare(
    'insert into events (order_id, version, event_id, type, schema, data, at, actor, causation_id, hash) values (?, ?, ?, ?, 1, ?, ?, ?, ?, ?)',
  );
  const view = db.prepare(
    `insert into order_view values (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, '~', '2', ?, ?, ?, 0)
     on conflict (order_key) do update set doc = excluded.doc, stage = excluded.stage,
       stage_since = excluded.stage_since, technician_id = excluded.technician_id, visit_start = excluded.visit_start,
       updated_at = excluded.updated_at`,
  );
  const work = db.prepare(
    `insert into work (order_key, undo, priority, rank, local_due, local_tries, local_retry_at, ne_due, ne_tries,
       ne_retry_at, tm_due, tm_tries, tm_retry_at, tries, owner, lease_until, fence)
     values (?, 0, 1, 1, ?, 0, 0, ?, 0, 0, ?, 0, 0, 0, null, 0, 0)
     on conflict (order_key) do update set local_due = excluded.local_due, ne_due = excluded.ne_due,
       tm_due = excluded.tm_due`,
  );
  const visit = db.prepare('insert into visits values (?, ?, ?, ?, ?, ?)');
  const noVisit = db.prepare('delete from visits where order_id = ?');
  const text = db.prepare('insert into texts values (?, ?, ?)');
  const take = db.prepare(
    'update work set owner = ?, lease_until = ?, fence = fence + 1 where order_key = ? and lease_until <= ?',
  );
  const release = db.prepare('update work set owner = null, lease_until = 0 where order_key = ?');
  const begin = db.prepare('begin immediate');
  const commit = db.prepare('commit');

  /** Appends events to an order and brings its rows up to date; inside a transaction. */
  const append = (order, events, due = {}) => {
    const at = new Date().toISOString();
    for (const [type, data] of events) {
      const id = randomUUID();
      order.version += 1;
      const text = JSON.stringify(data);
      const told = JSON.stringify([order.id, order.version, id, type, at, 'batch:bench', order.cause]);
      order.hash = hash('sha256', `${order.hash}${told}${text}`, 'hex');
      event.run(order.id, order.version, id, type, text, at, 'batch:bench', order.cause, order.hash);
      order.doc[type] = at;
      if (type.endsWith('Requested')) order.cause = id;
    }
    order.doc.version = order.version;
    const doc = JSON.stringify(order.doc);
    const { stage = 'placed', technicianId = null, visitStart = '~' } = order;
    view.run(
      order.key,
      order.id,
      doc,
      stage,
      at,
      order.area,
      technicianId,
      order.customerId,
      visitStart,
      at,
      at,
      order.id,
    );
    work.run(order.key, due.local ?? null, due.ne ?? null, due.tm ?? null);
  };

  const place = ({ name, phone, address: where, area, lines }) => {
    const number = String(nextOrder.get()).padStart(6, '0');
    const customerId = `CUS-${String(nextCustomer.get()).padStart(6, '0')}`;
    const order = {
      id: `ORD-${number}`,
      key: `10ORD-${number}`,
      customerId,
      area,
      version: 0,
      hash: '',
      cause: null,
    };
    customer.run(customerId, name, name.toLowerCase(), phone, phone.replaceAll('-', ''));
    address.run(order.id, customerId, where);
    const { internet: internetCount, tv: tvCount } = lines;
    const placed = {
      customerId,
      internetCount,
      tvCount,
      area,
      channel: 'batch',
      priority: 'normal',
      wishes: {},
    };
    order.doc = {
      orderId: order.id,
      ...placed,
      stage: 'placed',
      open: true,
      services: [],
      holds: [],
      visit: null,
    };
    append(order, [['OrderPlaced', placed]], { local: Date.now() });
    return order;
  };

  /** One durable transaction. */
  const write = (work) => {
    begin.run();
    const result = work();
    commit.run();
    return result;
  };

  /** Writes that are asked for in one turn of the event loop share a transaction; resolves after its commit. */
  const grouped = () => {
    let queue = [];
    const flush = () => {
      const group = queue;
      queue = [];
      begin.run();
      const results = group.map(({ work }) => work());
      commit.run();
      group.forEach(({ resolve }, i) => {
        resolve(results[i]);
      });
    };
    return (work) =>
      new Promise((resolve) => {
        if (queue.length === 0) setImmediate(flush);
        queue.push({ work, resolve });
      });
  };

  return {
    db,
    place,
    append,
    write,
    grouped,
    /** What a technician's calendar has of an order. */
    visit: (orderId, ...row) => {
      noVisit.run(orderId);
      visit.run(orderId, ...row);
    },
    text: (...row) => text.run(...row),
    /** One worker has the order: durable before it sends anything, and given back with its last commit. */
    take: ({ key }) => take.run('floor/1/0', Date.now() + 60_000, key, Date.now()),
    release: ({ key }) => release.run(key),
    close: () => db.close(),
  };
};
