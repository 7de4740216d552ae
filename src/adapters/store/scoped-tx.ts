import { covers, type Scope, unionOf } from '../../core/ports/scope.ts';
import type { Tx } from '../../core/ports/store.ts';
import { phoneDigits } from '../../core/values/phone.ts';

/** The order that a key of a command belongs to; null: it is one that orders are placed with. */
const orderOfKey = (scope: string): string | null => /:(ORD-[0-9]+)$/.exec(scope)?.[1] ?? null;

/**
 * The ports of a write that refuse what its scope does not name: where a server's database runs writes beside each other,
 * another one could decide about the same at the same time. Lists, pages and counts are looked through to choose from, and
 * what is chosen is named; what one statement of the database does by itself needs no scope either.
 */
export const scopedTx = (tx: Tx, scope: () => Scope): Tx => {
  /** Drawn in this write, so nobody else knows of them. */
  const drawn = { orders: new Set<string>(), customers: new Set<string>() };
  const must = (part: Exclude<Scope, 'everything'>): void => {
    const rest = {
      ...part,
      ...(part.orders === undefined ? {} : { orders: part.orders.filter((id) => !drawn.orders.has(id)) }),
      ...(part.customers === undefined
        ? {}
        : { customers: part.customers.filter((id) => !drawn.customers.has(id)) }),
    };
    if (covers(scope(), rest)) return;
    throw new Error(`a write decides about what its scope does not name: ${JSON.stringify(rest)}`);
  };
  const order = (orderId: string): void => must({ orders: [orderId] });
  /** `method`, after `check` has seen what it is asked. */
  const after =
    <A extends readonly unknown[], R>(method: (...args: A) => Promise<R>, check: (...args: A) => void) =>
    async (...args: A): Promise<R> => {
      check(...args);
      return method(...args);
    };
  const { events, views, work, vault, technicians, calendar, travel, requests, meta, batches, comparisons } =
    tx;
  /** What is only remembered, and decides nothing when it is kept, is free. */
  const keyPut = (named: string): void => {
    const orderId = orderOfKey(named);
    if (orderId !== null) order(orderId);
  };
  const key = (named: string, name: string): void => {
    const orderId = orderOfKey(named);
    if (orderId === null) must({ keys: [name] });
    else order(orderId);
  };
  return {
    audit: tx.audit,
    breakers: tx.breakers,
    keyProofs: tx.keyProofs,
    // Each of its statements decides by itself.
    accessTokens: tx.accessTokens,
    needs: tx.needs,
    afterCommit: tx.afterCommit,
    afterRollback: tx.afterRollback,
    events: {
      ...events,
      load: after(events.load, order),
      loadAll: after(events.loadAll, (orders) => must({ orders })),
      append: after(events.append, order),
      nextOrderId: async () => {
        const orderId = await events.nextOrderId();
        drawn.orders.add(orderId);
        return orderId;
      },
    },
    views: {
      ...views,
      put: after(views.put, ({ orderId }) => order(orderId)),
      renew: after(views.renew, ({ orderId }) => order(orderId)),
      get: after(views.get, order),
    },
    work: {
      ...work,
      put: after(work.put, ({ orderId }) => order(orderId)),
      held: after(work.held, ({ orderId }) => order(orderId)),
    },
    vault: {
      ...vault,
      nextCustomerId: async () => {
        const customerId = await vault.nextCustomerId();
        drawn.customers.add(customerId);
        return customerId;
      },
      putCustomer: after(vault.putCustomer, ({ customerId, phone }) =>
        must({ customers: [customerId], phones: [phoneDigits(phone)] }),
      ),
      customer: after(vault.customer, (customerId) => must({ customers: [customerId] })),
      customersByPhone: after(vault.customersByPhone, (phone) => must({ phones: [phoneDigits(phone)] })),
      putAddress: after(vault.putAddress, order),
      putText: after(vault.putText, (_textId, orderId) => order(orderId)),
      erase: after(vault.erase, (customerId) => must({ customers: [customerId] })),
    },
    technicians: {
      ...technicians,
      get: after(technicians.get, (technicianId) => must({ technicians: [technicianId] })),
      put: after(technicians.put, ({ technicianId }) => must({ technicians: [technicianId] })),
    },
    calendar: {
      ...calendar,
      put: after(calendar.put, order),
      between: after(calendar.between, (_from, _to, technicianId) => {
        if (technicianId !== undefined) must({ technicians: [technicianId] });
      }),
    },
    travel: {
      ...travel,
      put: (kind, imported) => {
        must({ tables: ['travel'] });
        return travel.put(kind, imported);
      },
    },
    requests: { ...requests, get: after(requests.get, key), put: after(requests.put, keyPut) },
    meta: { ...meta, bind: after(meta.bind, () => must({ tables: ['binding'] })) },
    batches: {
      ...batches,
      get: after(batches.get, (batchId) => must({ batches: [batchId] })),
      update: after(batches.update, ({ batchId }) => must({ batches: [batchId] })),
      ofFile: after(batches.ofFile, (hash) => must({ files: [hash] })),
    },
    comparisons: { ...comparisons, put: after(comparisons.put, () => must({ tables: ['comparison'] })) },
  };
};

/** The same for a store that runs no work again: what the write says it needs is added to its scope. */
export const checkedTx = (tx: Tx, asked: Scope): Tx => {
  let scope = asked;
  const needs = (part: Scope): void => {
    scope = unionOf(scope, part);
  };
  return { ...scopedTx(tx, () => scope), needs };
};
