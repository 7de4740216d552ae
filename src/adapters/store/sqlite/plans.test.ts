import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { view } from '../../../core/ports/contract/samples.contract.ts';
import { START } from '../../../core/ports/cursor.ts';
import type { OrderQuery } from '../../../core/ports/order-view.ts';
import type { Tx } from '../../../core/ports/store.ts';
import { handle } from './handle.ts';
import { migrate } from './migrations/migrate.ts';

/** Runs `ask` on an empty database and answers how SQLite would look for each of its queries. */
const plansOf = async (ask: (tx: Tx) => Promise<unknown>): Promise<readonly string[]> => {
  const asked: string[] = [];
  const db = new Database(':memory:', { verbose: (sql) => asked.push(String(sql)) });
  migrate(db);
  const one = handle(db, { path: ':memory:', ids: { uuid: () => 'e' } });
  asked.length = 0;
  await one.run('write', ask);
  const plans = asked
    .filter((sql) => !/^(begin|commit|pragma)/i.test(sql))
    .map((sql) =>
      db
        .prepare<[], { detail: string }>(`explain query plan ${sql}`)
        .all()
        .map(({ detail }) => detail)
        .join('; '),
    );
  db.close();
  return plans;
};

const list = (query: Partial<OrderQuery>) => plansOf((tx) => tx.views.list({ limit: 20, ...query }));

describe('lists come from an index in their order, so that a first page costs the same at any size', () => {
  it.each<[string, Partial<OrderQuery>, string]>([
    ['all', {}, 'sqlite_autoindex_order_view_1'],
    ['all, by id', { sort: 'id' }, 'sqlite_autoindex_order_view_1'],
    ['open', { open: true }, 'view_open'],
    ['one stage', { stages: ['held'] }, 'view_stage'],
    ['several stages', { stages: ['held', 'placed', 'completed'] }, 'view_stage'],
    ['open in some stages', { open: true, stages: ['held', 'placed'] }, 'view_stage'],
    ['area', { area: 'Mapo' }, 'view_area'],
    ['technician', { technicianId: 'T-1' }, 'view_technician'],
    ['customer', { customerId: 'CUS-000001' }, 'view_customer'],
    ['in doubt', { open: true, inDoubt: true }, 'view_in_doubt'],
    ['visits of a day', { visitFrom: '2026-11-24', visitTo: '2026-11-25', sort: 'visit' }, 'view_visit'],
  ])('%s', async (_name, query, index) => {
    const cursor = Buffer.from(JSON.stringify(['10ORD-000009', '10ORD-000009'])).toString('base64url');
    for (const asked of [query, { ...query, cursor }]) {
      for (const plan of await list(asked)) {
        expect(plan).toContain(index);
        expect(plan).toMatch(/^(SEARCH|SCAN)/);
        expect(plan).not.toContain('TEMP B-TREE');
      }
    }
  });

  it.each(['updated', '-updated', 'stageSince', 'priority', 'nextCall', 'visit'] as const)(
    'what has to be sorted is sorted without its documents: by %s',
    async (sort) => {
      const [plan] = await list({ sort });
      expect(plan).toMatch(
        /SEARCH order_view USING INDEX sqlite_autoindex_order_view_1 \(order_key=\?\); LIST SUBQUERY/,
      );
    },
  );

  it('a text is looked for in an index without the documents', async () => {
    const [plan] = await list({ text: '5678' });
    expect(plan).toContain('COVERING INDEX view_search');
  });
});

describe('the hot path only ever searches', () => {
  let plans: readonly string[] = [];
  beforeAll(async () => {
    const id = 'ORD-000001';
    const lane = { due: 1, tries: 0, retryAt: 0, error: null };
    plans = await plansOf(async (tx) => {
      await tx.events.load(id);
      await tx.events.loadAll([id]);
      await tx.events.append(id, 'none', [{ type: 'NoteAdded', data: { textId: 'T' } }], {
        at: '',
        actor: '',
      });
      await tx.events.head();
      await tx.events.nextOrderId();
      await tx.events.page({ after: START, limit: 10 });
      await tx.events.page({ after: START, limit: 10, orderId: id });
      await tx.events.orderIds('', 10);
      await tx.events.orderIds(id, 10);
      await tx.views.get(id);
      await tx.views.renew(view(id));
      await tx.work.put({
        orderId: id,
        undo: false,
        priority: 1,
        lanes: { local: lane, ne: lane, tm: lane },
        waits: [],
        plannedAt: 0,
      });
      const lanes = ['local', 'ne', 'tm'] as const;
      const [claim] = await tx.work.claim({ now: 5, owner: 'o', leaseMs: 1, lanes }, 10);
      if (claim !== undefined) {
        await tx.work.holds(claim);
        await tx.work.extend(claim, 9);
        await tx.work.release(claim);
      }
      await tx.work.owners(5);
      await tx.work.reclaim('o');
      await tx.work.failing(10);
      await tx.vault.contacts([id]);
      await tx.vault.customersByPhone('010-1234-5678');
      await tx.vault.ordersOf('CUS-000001');
      await tx.calendar.put(id, []);
      await tx.calendar.between('2026', '2027', 'T-1');
      await tx.calendar.between('2026', '2027');
      await tx.requests.get('order.new', 'K');
      await tx.batches.rows('B', { states: ['failed'], afterLine: 0, limit: 10 });
    });
  });

  it('never scans a table, and sorts only what a search has found', () => {
    expect(plans.length).toBeGreaterThan(30);
    const scans = plans.filter((plan) => /\bSCAN (?!json_each)/.test(plan));
    // The head: the end of a b-tree, one row.
    expect(new Set(scans)).toEqual(new Set(['SCAN events']));
  });

  it('claims from the index of the lane, already in the order of claiming', () => {
    const claims = plans.filter((plan) => /INDEX work_(local|ne|tm)/.test(plan));
    expect(claims.length).toBeGreaterThanOrEqual(9);
    for (const plan of claims) expect(plan).not.toContain('TEMP B-TREE');
  });
});
