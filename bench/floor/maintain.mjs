// The floor of verify and rebuild: node maintain.mjs <library> <folder>
// verify: every event read once, hashed over the one before it of its order, and SQLite's own check of its pages.
// rebuild: every order's events read and parsed, and its view and work row written anew, 128 orders a commit.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';

const folder = process.argv[3];
const db = new Database(join(folder, 'oss.db'));
db.pragma('synchronous = FULL');
db.pragma('cache_size = -16384');
const total = db.prepare('select count(*) from events').pluck().get();

const perSecond = (work) => {
  const begun = performance.now();
  work();
  return total / ((performance.now() - begun) / 1000);
};

const verify = perSecond(() => {
  const ends = new Map();
  let rows = [];
  const page = db.prepare('select * from events where position > ? order by position limit 2000');
  for (let last = 0; ; last = rows.at(-1).position) {
    rows = page.all(last);
    if (rows.length === 0) break;
    for (const row of rows) {
      const previous = ends.get(row.order_id) ?? '';
      const told = JSON.stringify([row.version, row.event_id, row.type, row.at, row.actor, row.causation_id]);
      createHash('sha256').update(`${previous}${told}${row.data}`).digest('hex');
      ends.set(row.order_id, row.hash);
    }
  }
  db.pragma('integrity_check');
});

const rebuild = perSecond(() => {
  const ids = db.prepare('select order_id from events where version = 1').pluck().all();
  const stream = db.prepare('select * from events where order_id = ? order by version');
  const view = db.prepare('select * from order_view where order_key = ?');
  const put = db.prepare('update order_view set doc = ?, stage = ?, updated_at = ? where order_key = ?');
  const work = db.prepare('update work set local_due = ?, ne_due = ?, tm_due = ? where order_key = ?');
  const group = db.transaction((some) => {
    for (const id of some) {
      const state = {};
      for (const row of stream.all(id)) Object.assign(state, JSON.parse(row.data));
      const key = `${id.length}${id}`;
      const { doc, stage, updated_at: updatedAt } = view.get(key);
      put.run(doc === JSON.stringify(state) ? '' : doc, stage, updatedAt, key);
      work.run(null, null, null, key);
    }
  });
  for (let i = 0; i < ids.length; i += 128) group.immediate(ids.slice(i, i + 128));
});
db.close();
process.stdout.write(`${JSON.stringify({ verify, rebuild })}\n`);
