import { describe, expect, it } from 'vitest';
import { covers, MOST_NAMES, namesOf, type Scope, unionOf } from '../../core/ports/scope.ts';
import type { Tx } from '../../core/ports/store.ts';
import { memoryStore } from '../memory/memory-store.ts';

const A = 'ORD-000001';
const HONG = { customerId: 'CUS-000001', name: 'Hong', phone: '010-1111-2222' };

/** Everything that decides about something, and the least scope with which it is allowed. */
const DECIDING: readonly (readonly [string, Scope, (tx: Tx) => Promise<unknown>])[] = [
  ['reads an order', { orders: [A] }, (tx) => tx.events.load(A)],
  ['reads orders', { orders: [A] }, (tx) => tx.events.loadAll([A])],
  ['reads a view', { orders: [A] }, (tx) => tx.views.get(A)],
  ['keeps an address', { orders: [A] }, (tx) => tx.vault.putAddress(A, HONG.customerId, 'x')],
  ['keeps a text', { orders: [A] }, (tx) => tx.vault.putText('T', A, 'x')],
  ['keeps a visit', { orders: [A] }, (tx) => tx.calendar.put(A, [])],
  ['looks a phone up', { phones: ['01011112222'] }, (tx) => tx.vault.customersByPhone('010 1111 2222')],
  ['reads a customer', { customers: [HONG.customerId] }, (tx) => tx.vault.customer(HONG.customerId)],
  [
    'keeps a customer',
    { customers: [HONG.customerId], phones: ['01011112222'] },
    (tx) => tx.vault.putCustomer(HONG),
  ],
  ['reads a technician', { technicians: ['T-1'] }, (tx) => tx.technicians.get('T-1')],
  ['reads their time', { technicians: ['T-1'] }, (tx) => tx.calendar.between('a', 'b', 'T-1')],
  ['looks a key up', { keys: ['K'] }, (tx) => tx.requests.get('order new', 'K')],
  ["looks an order's key up", { orders: [A] }, (tx) => tx.requests.get(`order cancel:${A}`, 'K')],
  ['reads a batch', { batches: ['B'] }, (tx) => tx.batches.get('B')],
  ['looks runs of a file up', { files: ['f'] }, (tx) => tx.batches.ofFile('f')],
];

describe('a write in memory', () => {
  it.each(DECIDING)('that %s must name it', async (_what, scope, work) => {
    const store = memoryStore();
    await expect(store.write(work, {})).rejects.toThrow('its scope does not name');
    await store.write(work, scope);
    await store.write(work);
    const kinds = Object.keys(scope);
    for (const kind of kinds) {
      const other = { ...(scope as object), [kind]: ['another'] };
      await expect(store.write(work, other), kind).rejects.toThrow('its scope does not name');
    }
  });

  it('may look through lists without a name', async () => {
    const store = memoryStore();
    await store.write(async (tx) => {
      await tx.views.list({ limit: 1 });
      await tx.calendar.between('a', 'b');
      await tx.technicians.list();
      await tx.events.orderIds('', 1);
      await tx.work.counts(0);
    }, {});
  });

  it('runs again when what tells that it needs more was caught', async () => {
    const store = memoryStore();
    let begun = 0;
    const seen = await store.write(async (tx) => {
      begun += 1;
      try {
        tx.needs({ orders: [A] });
        return await tx.events.load(A);
      } catch {
        return null;
      }
    }, {});
    expect([begun, seen]).toEqual([2, []]);
  });
});

describe('a scope', () => {
  it('has sorted names, each once', () => {
    expect(namesOf({ phones: ['2'], orders: ['B', 'A', 'B'] })).toEqual(['orders/A', 'orders/B', 'phones/2']);
  });

  it('of too many names is one of everything', () => {
    const names = Array.from({ length: MOST_NAMES }, (_, i) => `O-${i}`);
    const most = unionOf({}, { orders: names });
    expect(covers(most, 'everything')).toBe(false);
    expect(unionOf(most, { keys: ['K'] })).toBe('everything');
    expect(covers('everything', most)).toBe(true);
  });
});
