import { describe, expect, it } from 'vitest';
import { LANES, type Lane } from '../../rules/lanes.ts';
import type { Claim, ClaimQuery, LaneWork, StepWait, WorkerBeat, WorkRow } from '../work.ts';
import { dueAt, IDLE, type OpenStore, useStore, workRow } from './samples.contract.ts';

const A = 'ORD-000001';
const B = 'ORD-000002';
const C = 'ORD-000003';
const OWNER = 'host/1/100';
const OTHER = 'host/2/200';

const query = (changes: Partial<ClaimQuery> = {}): ClaimQuery => ({
  now: 1_000,
  owner: OWNER,
  leaseMs: 60_000,
  lanes: LANES,
  ...changes,
});

const failed = (due: number, tries: number): LaneWork => ({
  due,
  tries,
  retryAt: due,
  error: { code: 'ANSWER_LOST', error: `try ${tries}` },
});

const beat = (owner: string, beatAt: number): WorkerBeat => ({
  owner,
  startedAt: 10,
  beatAt,
  concurrency: 4,
  inFlight: 1,
  stepsDone: 7,
  note: { code: 'steady', jobs: 4, rate: 110, stepMs: 63 },
});

/** What `WorkQueue` promises. */
export const workContract = (open: OpenStore): void => {
  describe('work', () => {
    const store = useStore(open);
    const put = (...rows: readonly WorkRow[]) =>
      store().write(async (tx) => {
        for (const row of rows) await tx.work.put(row);
      });
    const claim = (changes: Partial<ClaimQuery> = {}, limit = 10) =>
      store().write((tx) => tx.work.claim(query(changes), limit));
    const claimed = async (changes: Partial<ClaimQuery> = {}, limit = 10) =>
      (await claim(changes, limit)).map(({ orderId }) => orderId);
    const claimOne = (orderId: string, changes: Partial<ClaimQuery> = {}) =>
      store().write((tx) => tx.work.claimOne(orderId, query(changes)));
    const claimA = async (changes: Partial<ClaimQuery> = {}): Promise<Claim> => {
      const taken = await claimOne(A, changes);
      if (taken === null) throw new Error(`${A} is leased`);
      return taken;
    };

    it('keeps a row as it was put, and replaces it', async () => {
      const row = workRow(
        A,
        { ne: { due: 5, tries: 2, retryAt: 4, error: { code: 'ANSWER_LOST', error: 'timed out "여기"' } } },
        { priority: 3 },
      );
      await put(row);
      expect(await store().read((tx) => tx.work.get(A))).toEqual(row);
      const next = workRow(A, { tm: dueAt(9) }, { undo: true, priority: 0 });
      await put(next);
      expect(await store().read((tx) => tx.work.get(A))).toEqual(next);
      expect(await store().read((tx) => tx.work.get(B))).toBeNull();
    });

    it('may be told what was there, and makes a row that is not', async () => {
      const busy = { due: 5, tries: 2, retryAt: 4, error: { code: 'NO_ANSWER', ms: 5_000 } };
      const states = [
        workRow(A),
        ...LANES.map((lane) => workRow(A, { [lane]: busy })),
        workRow(A, { ne: dueAt(5), tm: dueAt(9) }, { undo: true, priority: 0 }),
      ];
      await store().write((tx) => tx.work.put(workRow(B, { ne: dueAt(1) }), workRow(B)));
      expect(await claimed()).toEqual([B]);
      for (const before of states) {
        for (const after of states) {
          await put(before);
          await store().write((tx) => tx.work.put(after, before));
          expect(await store().read((tx) => tx.work.get(A))).toEqual(after);
        }
      }
    });

    it('keeps the steps that wait alone, each with its reason, and forgets them when it is told so', async () => {
      const first: StepWait = {
        step: 'RevertService',
        subject: `${A}/internet.hsi#1/1`,
        lane: 'ne',
        retryAt: 7_000,
        tries: 3,
        same: 2,
        error: { code: 'HTTP_STATUS', status: 409, told: '“바쁨”' },
      };
      const second: StepWait = { ...first, step: 'CancelSchedule', subject: null, lane: 'tm', same: 0 };
      const states = [[], [first], [first, second], [{ ...first, tries: 4 }, second]].map((waits) =>
        workRow(A, { ne: dueAt(5) }, { waits }),
      );
      for (const before of states) {
        for (const after of states) {
          await put(before);
          await store().write((tx) => tx.work.put(after, before));
          expect(await store().read((tx) => tx.work.get(A))).toEqual(after);
          expect((await store().read((tx) => tx.work.get(A)))?.waits).toEqual(after.waits);
        }
      }
      const [taken] = await claim();
      expect(taken?.row.waits).toEqual(states.at(-1)?.waits);
    });

    it('claims what is due now, not what is due later or never', async () => {
      await put(
        workRow(A, { ne: dueAt(1_000) }),
        workRow(B, { ne: dueAt(1_001) }),
        workRow(C, { local: IDLE }),
      );
      const claims = await claim();
      const row = workRow(A, { ne: dueAt(1_000) });
      expect(claims).toEqual([{ orderId: A, owner: OWNER, fence: 1, leaseUntil: 61_000, row }]);
    });

    it('takes undo first, then priority, then what is due longest, then the lower id', async () => {
      const ids = Array.from({ length: 7 }, (_, i) => `ORD-00001${i}`);
      const [low, late, early, urgent, undo, undoUrgent, tie] = ids;
      await put(
        workRow(low ?? '', { ne: dueAt(1) }, { priority: 0 }),
        workRow(tie ?? '', { ne: dueAt(300) }),
        workRow(late ?? '', { ne: dueAt(300) }),
        workRow(early ?? '', { ne: dueAt(200) }),
        workRow(urgent ?? '', { ne: dueAt(900) }, { priority: 3 }),
        workRow(undo ?? '', { ne: dueAt(950) }, { undo: true, priority: 0 }),
        workRow(undoUrgent ?? '', { ne: dueAt(990) }, { undo: true, priority: 3 }),
      );
      expect(await claimed()).toEqual([undoUrgent, undo, urgent, early, late, tie, low]);
    });

    it('claims no more than asked, the rest next time', async () => {
      await put(workRow(A, { ne: dueAt(1) }), workRow(B, { ne: dueAt(2) }), workRow(C, { ne: dueAt(3) }));
      expect(await claimed({}, 2)).toEqual([A, B]);
      expect(await claimed({}, 2)).toEqual([C]);
      expect(await claimed({}, 2)).toEqual([]);
    });

    it.each(LANES)('looks at the lanes it is given: %s', async (lane: Lane) => {
      await put(workRow(A, { [lane]: dueAt(10) }));
      expect(await claimed({ lanes: LANES.filter((other) => other !== lane) })).toEqual([]);
      expect(await claimed({ lanes: [] })).toEqual([]);
      expect(await claimed({ lanes: [lane] })).toEqual([A]);
    });

    it('an order whose one lane waits is claimed for its other lane', async () => {
      await put(workRow(A, { ne: dueAt(9_999), tm: dueAt(10) }));
      expect(await claimed({ lanes: ['ne'] })).toEqual([]);
      expect(await claimed({ lanes: ['tm', 'ne'] })).toEqual([A]);
    });

    it('a leased order is free again when the lease ends, not before', async () => {
      await put(workRow(A, { ne: dueAt(1) }));
      const first = await claimA({ leaseMs: 500 });
      expect(await claimed({ now: 1_499, owner: OTHER })).toEqual([]);
      expect(await claimOne(A, { now: 1_499, owner: OTHER })).toBeNull();
      const [second] = await claim({ now: 1_500, owner: OTHER, leaseMs: 500 });
      const fence = first.fence + 1;
      expect(second).toEqual({ orderId: A, owner: OTHER, fence, leaseUntil: 2_000, row: first.row });
    });

    it('one owner does not get the same order twice either', async () => {
      await put(workRow(A, { ne: dueAt(1) }));
      await claimA();
      expect(await claimOne(A)).toBeNull();
      expect(await claimed()).toEqual([]);
    });

    it('claims one order, due or not, but none that is unknown', async () => {
      const row = workRow(A, { ne: dueAt(999_999) });
      await put(row, workRow(B));
      expect(await claimOne(A)).toEqual({ orderId: A, owner: OWNER, fence: 1, leaseUntil: 61_000, row });
      expect(await claimOne(B)).toMatchObject({ orderId: B, fence: 1 });
      expect(await claimOne(C)).toBeNull();
    });

    it('of claims at the same time one wins each order', async () => {
      await put(...Array.from({ length: 9 }, (_, i) => workRow(`ORD-00001${i}`, { ne: dueAt(1) })));
      const all = await Promise.all(Array.from({ length: 6 }, () => claimed({}, 2)));
      const ids = all.flat();
      expect(ids).toHaveLength(9);
      expect(new Set(ids).size).toBe(9);
    });

    it('a claim whose write fails was never made', async () => {
      await put(workRow(A, { ne: dueAt(1) }));
      const failing = store().write(async (tx) => {
        const [taken] = await tx.work.claim(query({ owner: OTHER }), 1);
        throw new Error(`no ${taken?.orderId}`);
      });
      await expect(failing).rejects.toThrow(`no ${A}`);
      expect(await claim()).toMatchObject([{ orderId: A, owner: OWNER, fence: 1, leaseUntil: 61_000 }]);
    });

    it('the fence rises with each claim and never falls', async () => {
      await put(workRow(A, { ne: dueAt(1) }));
      const first = await claimA();
      await store().write((tx) => tx.work.release(first));
      await put(workRow(A, { tm: dueAt(2) }, { undo: true }));
      const second = await claimA();
      expect([first.fence, second.fence]).toEqual([1, 2]);
    });

    it('put leaves owner, lease and fence as they are', async () => {
      await put(workRow(A, { ne: dueAt(1) }));
      const held = await claimA();
      await put(workRow(A, { ne: dueAt(2), tm: dueAt(1) }, { priority: 3 }));
      expect(await store().read((tx) => tx.work.holds(held))).toBe(true);
      expect(await claimed({ owner: OTHER })).toEqual([]);
      expect(await store().read((tx) => tx.work.owners(1_000))).toEqual([OWNER]);
    });

    it('a claim holds until another one was made', async () => {
      await put(workRow(A, { ne: dueAt(1) }));
      const first = await claimA({ leaseMs: 10 });
      expect(await store().read((tx) => tx.work.holds(first))).toBe(true);
      const row = await store().read((tx) => tx.work.get(A));
      expect(await store().read((tx) => tx.work.held(first))).toEqual({ row, version: 0 });
      const second = await claimA({ now: 5_000, owner: OTHER });
      expect(await store().read((tx) => tx.work.holds(first))).toBe(false);
      expect(await store().read((tx) => tx.work.held(first))).toBeNull();
      expect(await store().read((tx) => tx.work.holds(second))).toBe(true);
    });

    it('extends the lease of a claim that holds, and of no other', async () => {
      await put(workRow(A, { ne: dueAt(1) }));
      const first = await claimA({ leaseMs: 10 });
      await store().write((tx) => tx.work.extend(first, 3_000));
      expect(await claimed({ now: 2_999, owner: OTHER })).toEqual([]);
      const second = await claimA({ now: 3_000, owner: OTHER, leaseMs: 10 });
      await store().write((tx) => tx.work.extend(first, 9_000));
      expect(await store().read((tx) => tx.work.holds(second))).toBe(true);
      expect(await claimed({ now: 3_010 })).toEqual([A]);
    });

    it('release frees at once, and a stale release changes nothing', async () => {
      await put(workRow(A, { ne: dueAt(1) }));
      const first = await claimA({ leaseMs: 10 });
      const second = await claimA({ now: 2_000, owner: OTHER });
      await store().write((tx) => tx.work.release(first));
      expect(await claimed({ now: 2_001 })).toEqual([]);
      await store().write((tx) => tx.work.release(second));
      expect(await claimed({ now: 2_001 })).toEqual([A]);
    });

    it('names the owners of leases that run, once each', async () => {
      await put(workRow(A, { ne: dueAt(1) }), workRow(B, { ne: dueAt(1) }), workRow(C, { ne: dueAt(1) }));
      await claimOne(A);
      await claimOne(B);
      await claimOne(C, { owner: OTHER, leaseMs: 100 });
      const owners = async (now: number) => [...(await store().read((tx) => tx.work.owners(now)))].sort();
      expect(await owners(1_000)).toEqual([OWNER, OTHER]);
      expect(await owners(1_100)).toEqual([OWNER]);
    });

    it('reclaims all that a dead owner held, and nothing else; the fence still rises', async () => {
      await put(workRow(A, { ne: dueAt(1) }), workRow(B, { ne: dueAt(1) }), workRow(C, { ne: dueAt(1) }));
      const dead = await claimA({ owner: OTHER });
      await claimOne(B, { owner: OTHER });
      await claimOne(C);
      expect(await store().write((tx) => tx.work.reclaim(OTHER))).toBe(2);
      expect(await store().write((tx) => tx.work.reclaim(OTHER))).toBe(0);
      expect(await claimed()).toEqual([A, B]);
      expect(await store().read((tx) => tx.work.holds(dead))).toBe(false);
    });

    it('counts what is due, what is later, what is leased, and when the next is due', async () => {
      expect(await store().read((tx) => tx.work.counts(1_000))).toEqual({
        due: { local: 0, ne: 0, tm: 0 },
        later: { local: 0, ne: 0, tm: 0 },
        leased: 0,
        failing: 0,
        nextDueAt: null,
      });
      await put(
        workRow(A, { local: dueAt(900), ne: dueAt(1_000) }),
        workRow(B, { ne: dueAt(1_001), tm: failed(5_000, 2) }),
        workRow(C),
      );
      await claimA({ leaseMs: 50 });
      expect(await store().read((tx) => tx.work.counts(1_000))).toEqual({
        due: { local: 1, ne: 1, tm: 0 },
        later: { local: 0, ne: 1, tm: 1 },
        leased: 1,
        failing: 1,
        nextDueAt: 900,
      });
      expect((await store().read((tx) => tx.work.counts(1_050))).leased).toBe(0);
    });

    it('shows what fails, most tries first', async () => {
      await put(
        workRow(A, { ne: failed(10, 2) }),
        workRow(B, { ne: dueAt(1) }),
        workRow(C, { tm: failed(20, 9) }),
      );
      const failing = (limit: number) => store().read((tx) => tx.work.failing(limit));
      expect((await failing(10)).map(({ orderId }) => orderId)).toEqual([C, A]);
      expect(await failing(1)).toEqual([workRow(C, { tm: failed(20, 9) })]);
    });

    it('names the orders whose lane waits for the end of its backoff, page by page', async () => {
      const wide = 'ORD-1000000';
      await put(
        workRow(A, { ne: failed(2_000, 2) }),
        workRow(B, { ne: failed(2_000, 1), tm: failed(3_000, 1) }),
        workRow(C, { ne: dueAt(5_000) }),
        workRow(wide, { ne: failed(2_000, 1) }),
      );
      const waiting = (lane: Lane, now: number, after = '', limit = 10) =>
        store().read((tx) => tx.work.backingOff(lane, { now, after, limit }));
      expect(await waiting('ne', 1_999)).toEqual([A, B, wide]);
      expect(await waiting('ne', 1_999, '', 2)).toEqual([A, B]);
      expect(await waiting('ne', 1_999, B, 2)).toEqual([wide]);
      expect(await waiting('ne', 2_000)).toEqual([]);
      expect(await waiting('tm', 1_999)).toEqual([B]);
    });

    it('a lease of a clock that was ahead ends when it is shortened, and others when they did', async () => {
      await put(workRow(A, { ne: dueAt(1) }), workRow(B, { ne: dueAt(1) }));
      const held = await claimA();
      await store().write((tx) => tx.work.extend(held, 32_400_000));
      await store().write((tx) => tx.work.claimOne(B, { now: 10, owner: OTHER, leaseMs: 1_000 }));
      await store().write((tx) => tx.work.shortenLeases(60_000));
      expect(await store().read((tx) => tx.work.holds(held))).toBe(true);
      expect(await store().read((tx) => tx.work.owners(1_009))).toHaveLength(2);
      expect(await store().read((tx) => tx.work.owners(1_010))).toEqual([OWNER]);
      expect(await store().read((tx) => tx.work.owners(60_000))).toEqual([]);
    });

    it('names the orders that a clock which was ahead has planned for later, page by page', async () => {
      const wide = 'ORD-1000000';
      const ahead = { plannedAt: 9_000 };
      await put(
        workRow(A, { ne: dueAt(9_500) }, ahead),
        workRow(B, { tm: dueAt(9_500) }),
        workRow(C, { ne: dueAt(900), tm: dueAt(9_500) }, ahead),
        workRow('ORD-000004', {}, ahead),
        workRow(wide, { local: dueAt(2_001) }, { plannedAt: 2_001 }),
      );
      const planned = (now: number, after = '', limit = 10) =>
        store().read((tx) => tx.work.plannedAhead({ now, after, limit }));
      expect(await planned(2_000)).toEqual([A, C, wide]);
      expect(await planned(2_000, '', 2)).toEqual([A, C]);
      expect(await planned(2_000, C, 2)).toEqual([wide]);
      expect(await planned(8_999)).toEqual([A, C]);
      expect(await planned(9_000)).toEqual([]);
    });

    it('a rebuild raises the fence of every claim that stands and frees its lease', async () => {
      await put(workRow(A, { ne: dueAt(1) }), workRow(B, { ne: dueAt(1) }));
      const before = await claimA();
      await store().write((tx) => tx.work.bumpFences());
      expect(await store().read((tx) => tx.work.holds(before))).toBe(false);
      expect(await store().read((tx) => tx.work.owners(1_000))).toEqual([]);
      const after = await claim();
      expect(after.map(({ orderId, fence }) => [orderId, fence])).toEqual([
        [A, before.fence + 2],
        [B, 1],
      ]);
    });

    it('says who works on what, while they do', async () => {
      await put(workRow(A), workRow(B), workRow(C));
      await claimOne(B, { owner: OTHER });
      await claimOne(A, { owner: OTHER, leaseMs: 10 });
      await claimOne(C);
      const leases = (now: number, limit = 10) => store().read((tx) => tx.work.leases(now, limit));
      const [c, a, b] = [
        { orderId: C, owner: OWNER, leaseUntil: 61_000 },
        { orderId: A, owner: OTHER, leaseUntil: 1_010 },
        { orderId: B, owner: OTHER, leaseUntil: 61_000 },
      ];
      expect(await leases(1_009)).toEqual([c, a, b]);
      expect(await leases(1_009, 2)).toEqual([c, a]);
      expect(await leases(1_010)).toEqual([c, b]);
    });

    it('knows the workers that said they live', async () => {
      await store().write((tx) => tx.work.beat(beat(OWNER, 20)));
      await store().write((tx) => tx.work.beat(beat(OTHER, 21)));
      await store().write((tx) => tx.work.beat(beat(OWNER, 30)));
      const workers = async () =>
        [...(await store().read((tx) => tx.work.workers()))].sort((a, b) => (a.owner < b.owner ? -1 : 1));
      expect(await workers()).toEqual([beat(OWNER, 30), beat(OTHER, 21)]);
      await store().write((tx) => tx.work.leave(OWNER));
      await store().write((tx) => tx.work.leave('host/9/9'));
      expect(await workers()).toEqual([beat(OTHER, 21)]);
    });
  });
};
