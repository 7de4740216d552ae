import { beforeEach, describe, expect, it } from 'vitest';
import { START } from '../cursor.ts';
import type { Store, Tx } from '../store.ts';
import {
  appendTo,
  at,
  batch,
  batchRow,
  breaker,
  dueAt,
  note,
  type OpenStore,
  placed,
  technician,
  useStore,
  view,
  workRow,
} from './samples.contract.ts';

const A = 'ORD-000001';

/** One change through every port. */
const changeEverything = async (tx: Tx): Promise<string> => {
  const orderId = await tx.events.nextOrderId();
  const customerId = await tx.vault.nextCustomerId();
  await appendTo(tx, orderId, placed(), note('T1'));
  await tx.views.put(view(orderId));
  await tx.work.put(workRow(orderId, { ne: dueAt(10) }));
  await tx.work.claimOne(orderId, { now: 20, owner: 'h/1/0', leaseMs: 1000 });
  await tx.work.beat({
    owner: 'h/1/0',
    startedAt: 1,
    beatAt: 2,
    concurrency: 3,
    inFlight: 0,
    stepsDone: 0,
    note: null,
  });
  await tx.vault.putCustomer({ customerId, name: 'Hong', phone: '010-1111-2222' });
  await tx.vault.putAddress(orderId, customerId, 'Mapo 1');
  await tx.vault.putText('T1', orderId, 'ring twice');
  await tx.technicians.put(technician('T-1'));
  await tx.calendar.put(orderId, [
    { orderId, technicianId: 'T-1', slot: { start: at(1), end: at(2) }, kind: 'held', area: null },
  ]);
  await tx.requests.put('order.new', 'K1', { orderId, fingerprint: 'f', at: at(1) });
  await tx.audit.add({ at: at(1), actor: 'cs:kim', action: 'pii.read', subject: orderId, detail: {} });
  await tx.meta.bind({ simulated: true, ne: 'ne:simulated', tm: 'tm:simulated', at: at(1) });
  await tx.breakers.compareAndSet(breaker('ne:simulated', 1), null);
  await tx.batches.create(batch('B1'));
  await tx.batches.putRow(batchRow('B1', 2));
  return orderId;
};

/** What every port tells, for comparing before with after. */
const everything = async (tx: Tx): Promise<unknown> => [
  await tx.events.page({ after: START, limit: 100 }),
  await tx.events.orderIds('', 100),
  await tx.events.head(),
  await tx.views.get(A),
  await tx.views.counts(),
  await tx.work.get(A),
  await tx.work.counts(20),
  await tx.work.owners(20),
  await tx.work.workers(),
  await tx.vault.customer('CUS-000001'),
  [...(await tx.vault.contacts([A]))],
  [...(await tx.vault.texts(['T1']))],
  await tx.technicians.list(),
  await tx.calendar.between(at(0), at(23)),
  await tx.requests.get('order.new', 'K1'),
  await tx.audit.list(10),
  await tx.meta.binding(),
  await tx.breakers.list(),
  await tx.batches.list(10),
  await tx.batches.counts('B1'),
];

const stateOf = (store: Store): Promise<unknown> => store.read(everything);

/** A promise and the function that resolves it. */
const gate = (): { readonly opened: Promise<void>; readonly open: () => void } => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
};

/** What `Store` promises about transactions. */
export const transactionsContract = (open: OpenStore): void => {
  describe('transactions', () => {
    const store = useStore(open);

    it('a write gives back what its work gave, and is seen by the next read', async () => {
      const written = await store().write(async (tx) => {
        await changeEverything(tx);
        return await everything(tx);
      });
      expect(await stateOf(store())).toEqual(written);
    });

    it('a write that throws leaves no trace in any port', async () => {
      const before = await stateOf(store());
      const failed = store().write(async (tx) => {
        await changeEverything(tx);
        throw new Error('no');
      });
      await expect(failed).rejects.toThrow('no');
      expect(await stateOf(store())).toEqual(before);
    });

    it('a write that throws leaves what was there as it was', async () => {
      await store().write(changeEverything);
      const before = await stateOf(store());
      const failed = store().write(async (tx) => {
        await appendTo(tx, A, note('T2'));
        await tx.views.put(view(A, { version: 3, stage: 'cancelled' }));
        await tx.views.clear();
        await tx.work.put(workRow(A, { tm: dueAt(99) }));
        await tx.work.bumpFences();
        await tx.work.leave('h/1/0');
        await tx.vault.erase('CUS-000001', at(9));
        await tx.technicians.put(technician('T-1', { active: false }));
        await tx.breakers.compareAndSet(breaker('ne:simulated', 2), 1);
        await tx.batches.update(batch('B1', { state: 'done' }));
        await tx.batches.putRow(batchRow('B1', 2, { state: 'done' }));
        await tx.meta.bind({ simulated: false, ne: 'ne:x', tm: 'tm:x', at: at(2) });
        await tx.events.nextOrderId();
        await tx.vault.nextCustomerId();
        throw new Error('no');
      });
      await expect(failed).rejects.toThrow('no');
      expect(await stateOf(store())).toEqual(before);
    });

    it('throws to the caller the very error that its work threw', async () => {
      const error = new Error('mine');
      await expect(store().write(() => Promise.reject(error))).rejects.toBe(error);
      await expect(store().read(() => Promise.reject(error))).rejects.toBe(error);
      await expect(store().rehearse(() => Promise.reject(error))).rejects.toBe(error);
    });

    it('of writes that wait together, only those that throw are undone', async () => {
      const results = await Promise.allSettled(
        Array.from({ length: 30 }, (_, i) =>
          store().write(async (tx) => {
            const orderId = await tx.events.nextOrderId();
            await appendTo(tx, orderId, placed({ key: `K${i}` }));
            if (i % 3 === 0) throw new Error(`no ${i}`);
            return orderId;
          }),
        ),
      );
      const ids = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      expect(results.map((result) => result.status === 'rejected')).toEqual(
        Array.from({ length: 30 }, (_, i) => i % 3 === 0),
      );
      expect(new Set(ids).size).toBe(20);
      const events = await store().read((tx) => tx.events.page({ after: START, limit: 100 }));
      expect(events).toHaveLength(20);
    });

    it('writes do not see each other half done', async () => {
      await store().write((tx) => appendTo(tx, A, placed()));
      const add = (textId: string) =>
        store().write(async (tx) => {
          const { length } = await tx.events.load(A);
          await Promise.resolve();
          const [event] = await tx.events.append(A, length, [note(textId)], {
            at: at(6),
            actor: 'cs:kim',
          });
          return event?.version;
        });
      const versions = await Promise.all(Array.from({ length: 20 }, (_, i) => add(`T${i}`)));
      expect([...versions].sort((x, y) => (x ?? 0) - (y ?? 0))).toEqual(
        Array.from({ length: 20 }, (_, i) => i + 2),
      );
    });

    it('a read never sees a write that is not committed', async () => {
      const { opened, open: openGate } = gate();
      const started = gate();
      const failing = store().write(async (tx) => {
        await appendTo(tx, A, placed());
        started.open();
        await opened;
        throw new Error('no');
      });
      await started.opened;
      const reading = store().read((tx) => tx.events.load(A));
      openGate();
      await expect(failing).rejects.toThrow('no');
      expect(await reading).toEqual([]);
    });

    it('a read sees one state, though others write meanwhile', async () => {
      await store().write((tx) => appendTo(tx, A, placed()));
      const { opened, open: openGate } = gate();
      const reading = store().read(async (tx) => {
        const before = await tx.events.load(A);
        await opened;
        return [before, await tx.events.load(A)];
      });
      const writing = store().write((tx) => appendTo(tx, A, note('T1')));
      openGate();
      const [first, second] = await reading;
      expect(second).toEqual(first);
      await writing;
      expect(await store().read((tx) => tx.events.load(A))).toHaveLength(2);
    });

    it('reads may run at the same time', async () => {
      await store().write((tx) => appendTo(tx, A, placed()));
      const reads = await Promise.all(
        Array.from({ length: 5 }, () => store().read((tx) => tx.events.load(A))),
      );
      expect(reads.map((events) => events.length)).toEqual([1, 1, 1, 1, 1]);
    });

    it('a read leaves nothing behind, even when it tries to write', async () => {
      const before = await stateOf(store());
      await store()
        .read(changeEverything)
        .catch(() => undefined);
      expect(await stateOf(store())).toEqual(before);
      await store().write(changeEverything);
    });

    it('a write inside a write is an error, not a wait for ever', async () => {
      const nested = store().write(async (tx) => {
        await appendTo(tx, A, placed());
        await store().write((inner) => appendTo(inner, A, note('T1')));
      });
      await expect(nested).rejects.toThrow();
      expect(await store().read((tx) => tx.events.load(A))).toEqual([]);
      await store().write((tx) => appendTo(tx, A, placed()));
    });

    it('a rehearsal gives its result and changes nothing', async () => {
      await store().write((tx) => appendTo(tx, 'ORD-000009', placed()));
      const before = await stateOf(store());
      const rehearsed = await store().rehearse(async (tx) => {
        const orderId = await changeEverything(tx);
        return (await tx.events.load(orderId)).length;
      });
      expect(rehearsed).toBe(2);
      expect(await stateOf(store())).toEqual(before);
    });

    it('a rehearsal does not undo the writes beside it', async () => {
      const write = (textId: string) => store().write((tx) => appendTo(tx, A, note(textId)));
      await store().write((tx) => appendTo(tx, A, placed()));
      await Promise.all([
        write('T1'),
        store().rehearse((tx) => appendTo(tx, A, note('dry'))),
        write('T2'),
        store().rehearse((tx) => appendTo(tx, A, note('dry'))),
        write('T3'),
      ]);
      const texts = (await store().read((tx) => tx.events.load(A))).slice(1).map((event) => event.data);
      // In whatever order they came to their locks.
      expect(texts).toHaveLength(3);
      expect(texts).toEqual(expect.arrayContaining([{ textId: 'T1' }, { textId: 'T2' }, { textId: 'T3' }]));
    });
  });

  describe('what waits for the end of an attempt', () => {
    const store = useStore(open);
    const told: string[] = [];
    beforeEach(() => {
      told.splice(0);
    });
    const work = (name: string, error?: Error) => async (tx: Tx) => {
      tx.afterCommit(() => told.push(`${name} stands`));
      tx.afterRollback(() => told.push(`${name} is undone`));
      await appendTo(tx, A, note(name));
      tx.afterCommit(() => told.push(`${name} stands still`));
      if (error !== undefined) throw error;
    };
    /** As often as a store that runs works again has run it in vain before. */
    const inVain = (name: string) => told.filter((one) => one === `${name} is undone`).length;

    it('is done after COMMIT, in its order, before the caller hears of it', async () => {
      await store().write(work('T1'));
      told.push('resolved');
      expect(told.slice(inVain('T1'))).toEqual(['T1 stands', 'T1 stands still', 'resolved']);
      expect(inVain('T1')).toBeLessThanOrEqual(1);
    });

    it('is undone with a write that throws, and with a rehearsal', async () => {
      await expect(store().write(work('T1', new Error('no')))).rejects.toThrow('no');
      await store().rehearse(work('T2'));
      expect(new Set(told)).toEqual(new Set(['T1 is undone', 'T2 is undone']));
    });

    it('may use the store', async () => {
      let later: Promise<unknown> = Promise.resolve();
      await store().write(async (tx) => {
        await appendTo(tx, A, placed());
        tx.afterCommit(() => {
          later = store().write((inner) => appendTo(inner, A, note('T1')));
        });
      });
      await later;
      expect(await store().read((tx) => tx.events.load(A))).toHaveLength(2);
    });

    it('is told to each write of a group by itself', async () => {
      const failing = new Error('no');
      await Promise.allSettled(
        Array.from({ length: 9 }, (_, i) => store().write(work(`T${i}`, i % 3 === 0 ? failing : undefined))),
      );
      for (let i = 0; i < 9; i += 1) {
        const stands = told.filter((one) => one.startsWith(`T${i} stands`));
        expect(stands, `T${i}`).toHaveLength(i % 3 === 0 ? 0 : 2);
        if (i % 3 === 0) expect(inVain(`T${i}`), `T${i}`).toBeGreaterThan(0);
      }
    });
  });

  describe('scopes', () => {
    const store = useStore(open);

    it('a work that learns what else it decides about is run with that, and leaves nothing of the times before', async () => {
      await store().write((tx) => appendTo(tx, A, placed()));
      let begun = 0;
      const version = await store().write(
        async (tx) => {
          begun += 1;
          await appendTo(tx, A, note('T1'));
          tx.needs({ orders: ['ORD-000002'] });
          await appendTo(tx, 'ORD-000002', placed());
          tx.needs({ orders: ['ORD-000003'], phones: ['01011112222'] });
          return (await tx.events.load(A)).length;
        },
        { orders: [A] },
      );
      expect(version).toBe(2);
      expect(begun).toBeLessThanOrEqual(6);
      expect(await store().read((tx) => tx.events.load(A))).toHaveLength(2);
      expect(await store().read((tx) => tx.events.load('ORD-000002'))).toHaveLength(1);
    });

    it('a work that learns of more each time comes to an end all the same', async () => {
      let next = 0;
      await store().write(
        async (tx) => {
          for (let n = 0; n < 10; n += 1) tx.needs({ orders: [`ORD-00001${n}`] });
          next += 1;
          tx.needs({ orders: [`ORD-0001${10 + next}`] });
          await appendTo(tx, A, placed());
        },
        { orders: [A] },
      );
      expect(await store().read((tx) => tx.events.load(A))).toHaveLength(1);
    });

    it('names what is drawn in the write by itself', async () => {
      const orderId = await store().write(async (tx) => {
        const drawn = await tx.events.nextOrderId();
        await appendTo(tx, drawn, placed());
        return drawn;
      }, {});
      expect(await store().read((tx) => tx.events.load(orderId))).toHaveLength(1);
    });

    it('what is read of a state asks for no scope', async () => {
      await store().write((tx) => appendTo(tx, A, placed()), { orders: [A] });
      const seen = await store().read(async (tx) => {
        tx.needs({ orders: [A] });
        return tx.events.load(A);
      });
      expect(seen).toHaveLength(1);
    });
  });

  describe('changes', () => {
    const store = useStore(open);
    const listen = async (signal = new AbortController().signal) =>
      (await store().changes(signal))[Symbol.asyncIterator]();

    it('tells of what was committed after it was asked, also before somebody waits for it', async () => {
      const changes = await listen();
      await store().write((tx) => appendTo(tx, A, placed()));
      expect(await changes.next()).toEqual({ done: false, value: undefined });
      const next = changes.next();
      await store().write((tx) => appendTo(tx, A, note('T1')));
      expect(await next).toEqual({ done: false, value: undefined });
    });

    it('tells each who listens', async () => {
      const listeners = [await listen(), await listen()];
      await store().write((tx) => appendTo(tx, A, placed()));
      for (const changes of listeners) expect((await changes.next()).done).toBe(false);
    });

    it('ends with the signal, whether somebody waits or not', async () => {
      const ending = new AbortController();
      const waiting = (await listen(ending.signal)).next();
      const idle = await listen(ending.signal);
      ending.abort();
      expect((await waiting).done).toBe(true);
      expect((await idle.next()).done).toBe(true);
      expect((await (await listen(ending.signal)).next()).done).toBe(true);
    });
  });
};
