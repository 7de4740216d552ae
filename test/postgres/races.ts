import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBatch, endBatch, takeBatch } from '../../src/core/app/batch/batch-lease.ts';
import { checkDerived, type DerivedFinding } from '../../src/core/app/check-derived.ts';
import type { SagaDeps } from '../../src/core/app/deps.ts';
import { assignVisit } from '../../src/core/app/desk/assign-visit.ts';
import { moveVisit, recordCall } from '../../src/core/app/desk/desk.ts';
import { proposePlanned } from '../../src/core/app/desk/plan-queue.ts';
import { addNote } from '../../src/core/app/orders/change-terms.ts';
import { eraseCustomer } from '../../src/core/app/orders/customers.ts';
import { placeOrder } from '../../src/core/app/orders/place-order.ts';
import { rebuild } from '../../src/core/app/rebuild.ts';
import { takeOff } from '../../src/core/app/technicians/technicians.ts';
import { breaker } from '../../src/core/ports/contract/samples.contract.ts';
import type { Occupied } from '../../src/core/technicians/technician.ts';
import { iso } from '../../src/core/time/iso.ts';
import { HOUR_MS } from '../../src/core/time/units.ts';
import { type PostgresServer, startPostgres } from '../../src/testing/store/postgres-server.fixture.ts';
import { TECHNICIAN } from '../support/saga-world.ts';
import { drained, fairly, ORDER, openPrograms, type Programs } from './programs.ts';

const PROGRAMS = 8;
const ROUNDS_A_PLACE = 10;
/** Thursday 11:00 in Seoul, and Friday at that time. */
const SLOT = Date.parse('2026-11-26T02:00:00.000Z');
const OTHER_SLOT = SLOT + 24 * HOUR_MS;
const DAY = { from: '2026-11-26', to: '2026-11-26' };

const pair = (n: number) => ({ phone: `010-0000-${1_000 + n}`, address: `황새울로 ${n}` });

/** Ids of orders that wait at the desk in an area of their own, whose one technician is `T-<round>`. */
const atTheDesk = async ({ first }: Programs, round: number, count: number): Promise<readonly string[]> => {
  const area = `${round}구`;
  const technician = { ...TECHNICIAN, technicianId: `T-${round}`, areas: [area] };
  await first.store.write((tx) => tx.technicians.put(technician), { technicians: [technician.technicianId] });
  const ids = [];
  for (let n = 0; n < count; n += 1) {
    const order = { ...ORDER, ...pair(n), area, address: `${area} 황새울로 ${n}` };
    ids.push((await placeOrder(first, order, { duplicateOk: true })).process.orderId);
  }
  await drained(first);
  return ids;
};

const wish = (technician: string, at: number) => ({ technician, at, via: 'desk', call: 'hours' }) as const;

const visitsOf = (deps: SagaDeps, technicianId: string): Promise<readonly Occupied[]> =>
  deps.store.read((tx) => tx.calendar.between('2026-11-01', '2026-12-31', technicianId));

const overlaps = (visits: readonly Occupied[]): readonly Occupied[] =>
  visits.filter((one) =>
    visits.some(
      (two) => two.orderId < one.orderId && two.slot.start < one.slot.end && one.slot.start < two.slot.end,
    ),
  );

/** Races that one writer of a file never lets happen: programs that decide about one thing at the same moment. */
export const races = (rounds: number): void => {
  describe(`${PROGRAMS} programs at the same moment, ${rounds} times`, () => {
    let server: PostgresServer;
    let programs: Programs;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server.end());

    /** `n`: of all rounds; so many come one after the other in one database, which would else grow with each. */
    const inRounds = async (round: (n: number, isLast: boolean) => Promise<void>): Promise<void> => {
      for (let from = 0; from < rounds; from += ROUNDS_A_PLACE) {
        programs = await openPrograms(await server.newPlace(), PROGRAMS);
        const to = Math.min(rounds, from + ROUNDS_A_PLACE);
        try {
          for (let n = from; n < to; n += 1) await round(n, n === to - 1);
        } finally {
          await programs.close();
        }
      }
    };
    const everyone = <T>(act: (deps: SagaDeps, who: number) => Promise<T>): Promise<readonly T[]> =>
      fairly(programs.all.map(act));

    test('one key places one order', () =>
      inRounds(async (n) => {
        const placed = await everyone((deps, who) =>
          placeOrder(deps, { ...ORDER, ...pair(2 * n + (who % 2)) }, { key: `K-${n}` }).then(
            ({ process }) => process.orderId,
          ),
        );
        expect([new Set(placed).size, placed.length > 0]).toEqual([1, true]);
        expect(await programs.first.store.read((tx) => tx.events.orderIds('', 10_000))).toHaveLength(
          (n % ROUNDS_A_PLACE) + 1,
        );
      }));

    test('the same customer at the same address gets one order', () =>
      inRounds(async (n) => {
        const placed = await everyone((deps) => placeOrder(deps, { ...ORDER, ...pair(n) }, {}));
        expect(placed).toHaveLength(1);
      }));

    test('one slot of a technician goes to one order, by assigning, planning, moving and agreeing', () =>
      inRounds(async (n) => {
        const technicianId = `T-${n}`;
        const ids = await atTheDesk(programs, n, PROGRAMS);
        const [moved = ''] = ids;
        const { first } = programs;
        await assignVisit(first, moved, { wish: wish(technicianId, OTHER_SLOT) });
        await recordCall(first, moved, { call: { outcome: 'AGREED', at: OTHER_SLOT } });
        await drained(first);
        const { versions, slot } = await first.store.read(async (tx) => ({
          versions: await Promise.all(ids.map(async (id) => (await tx.events.load(id)).length)),
          slot: (await tx.views.get(moved))?.visit,
        }));
        const long = Date.parse(slot?.end ?? '') - Date.parse(slot?.start ?? '');
        const planned = { slot: { start: iso(SLOT), end: iso(SLOT + long) }, technicianId, reasons: [] };
        const won = await everyone((deps, who) => {
          const [id = '', version = 0] = [ids[who], versions[who]];
          const plan = { ...planned, orderId: id, version } as never;
          const ways = [
            () => assignVisit(deps, id, { wish: wish(technicianId, SLOT) }),
            () => proposePlanned(deps, plan),
            () => recordCall(deps, id, { call: { outcome: 'AGREED', at: SLOT } }),
          ];
          if (who === 0)
            return moveVisit(deps, id, { move: { at: SLOT, agreed: true, code: 'CUSTOMER_RESCHEDULE' } });
          return (ways[who % ways.length] ?? ways[0])?.() as Promise<unknown>;
        });
        expect(won.length).toBeGreaterThan(0);
        const visits = await visitsOf(first, technicianId);
        expect(visits.some(({ slot }) => slot.start === iso(SLOT))).toBe(true);
        expect(overlaps(visits)).toEqual([]);
      }));

    test('a day off and a booking know of each other', () =>
      inRounds(async (n) => {
        const technicianId = `T-${n}`;
        const ids = await atTheDesk(programs, n, 1);
        const [deps, other] = [programs.first, programs.all[1] ?? programs.first];
        const [absence] = await fairly([
          takeOff(deps, technicianId, { dates: DAY, dryRun: false }),
          assignVisit(other, ids[0] ?? '', { wish: wish(technicianId, SLOT) }) as Promise<never>,
        ]);
        const told = absence?.visits ?? [];
        const booked = await visitsOf(deps, technicianId);
        expect(told.map(({ orderId }) => orderId)).toEqual(booked.map(({ orderId }) => orderId));
      }));

    test('a breaker that may probe lets one of them', () =>
      inRounds(async (n) => {
        const won = await everyone((deps) =>
          deps.store.write((tx) => tx.breakers.compareAndSet(breaker(`ne:${n}`, 1), null), {}),
        );
        expect(won.filter(Boolean)).toHaveLength(1);
      }));

    test('one file is run by one of them, and a batch is gone on with by one', () =>
      inRounds(async (n) => {
        const batch = { file: 'f', fileHash: `hash-${n}`, op: null, rows: 1, startedAt: iso(SLOT) };
        const [created, ...more] = await everyone((deps) => createBatch(deps, batch));
        expect(more).toEqual([]);
        if (created === undefined) throw new Error('nobody began it');
        await endBatch(programs.first, created, 'interrupted');
        expect(await everyone((deps) => takeBatch(deps, created.batchId))).toHaveLength(1);
      }));

    test('who is erased gets no order meanwhile', () =>
      inRounds(async (n) => {
        const { first } = programs;
        const customerId = await first.store.write(async (tx) => {
          const id = await tx.vault.nextCustomerId();
          await tx.vault.putCustomer({ customerId: id, name: ORDER.name, phone: pair(n).phone });
          return id;
        });
        // By their number, and with another phone than the one that is erased.
        const known = { customerId, phone: pair(5_000 + n).phone };
        await everyone(
          async (deps, who): Promise<unknown> =>
            who % 2 === 0
              ? placeOrder(deps, { ...ORDER, ...known, address: `${who}로 ${n}` }, {})
              : eraseCustomer(deps, customerId, { reason: 'GDPR-1' }),
        );
        const { customer, orders } = await first.store.read(async (tx) => ({
          customer: await tx.vault.customer(customerId),
          orders: await tx.vault.ordersOf(customerId),
        }));
        if (customer?.erasedAt !== null) expect(orders).toEqual([]);
      }));

    test('a rebuild leaves what others write meanwhile', () =>
      inRounds(async (n, isLast) => {
        const { first } = programs;
        const placed = await Promise.all(
          [0, 1, 2].map((m) => placeOrder(first, { ...ORDER, ...pair(n * 3 + m) }, {})),
        );
        await everyone((deps, who): Promise<unknown> => {
          if (who % 4 === 0) return rebuild(deps);
          if (who % 4 === 1) return placeOrder(deps, { ...ORDER, ...pair(5_000 + n * 8 + who) }, {});
          return addNote(deps, placed[who % 3]?.process.orderId ?? '', { text: `note ${who}` });
        });
        if (!isLast) return;
        const found: DerivedFinding[] = [];
        await checkDerived(first, (finding) => found.push(finding));
        expect(found.filter(({ problem }) => problem !== 'no-binding')).toEqual([]);
      }));
  });
};
