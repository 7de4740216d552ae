import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Occupied } from '../../technicians/technician.ts';
import type { AuditEntry, AuditPage, Pruning } from '../audit.ts';
import { FIRST_EPOCH, START } from '../cursor.ts';
import { at, batch, batchRow, breaker, type OpenStore, technician, useStore } from './samples.contract.ts';

const A = 'ORD-000001';
const B = 'ORD-000002';

const occupied = (orderId: string, technicianId: string, start: string, end: string): Occupied => ({
  orderId,
  technicianId,
  slot: { start, end },
  kind: 'held',
  area: 'Mapo',
});

const audit = (subject: string): AuditEntry => ({
  at: at(5),
  actor: 'cs:kim',
  action: 'pii.read',
  subject,
  detail: { fields: 'phone', count: 1, clear: true },
});

/** What the small tables promise: technicians, calendar, requests, audit, binding, breakers, proofs of keys and batches. */
export const tablesContract = (open: OpenStore): void => {
  describe('travel', () => {
    const store = useStore(open);
    const places = (version: string) => ({
      version,
      importedAt: at(1),
      rows: [{ area: '강남구', lat: 37.5, lon: 127.06, group: null }],
    });

    it('is empty at first, keeps a kind beside the other, and replaces it', async () => {
      await store().read(async (tx) =>
        expect(await tx.travel.data()).toEqual({ places: null, matrix: null }),
      );
      const matrix = {
        version: 'm',
        importedAt: at(2),
        rows: [{ from: '강남구', to: '마포구', minutes: 33 }],
      };
      await store().write(async (tx) => {
        await tx.travel.put('places', places('old'));
        await tx.travel.put('matrix', matrix);
        await tx.travel.put('places', places('new'));
        expect(await tx.travel.data()).toEqual({ places: places('new'), matrix });
      });
      await store().read(async (tx) =>
        expect(await tx.travel.data()).toEqual({ places: places('new'), matrix }),
      );
    });

    it('is as before when a write is rolled back', async () => {
      await store().write((tx) => tx.travel.put('places', places('kept')));
      await store().rehearse(async (tx) => {
        await tx.travel.put('places', places('tried'));
        expect((await tx.travel.data()).places?.version).toBe('tried');
      });
      await store().read(async (tx) => expect((await tx.travel.data()).places?.version).toBe('kept'));
    });

    it('is the same object until something is imported', async () => {
      await store().write((tx) => tx.travel.put('places', places('one')));
      const first = await store().read((tx) => tx.travel.data());
      expect(await store().read((tx) => tx.travel.data())).toBe(first);
    });
  });

  describe('access tokens', () => {
    const store = useStore(open);
    const token = (tokenId: string) => ({
      tokenId,
      digest: 'd'.repeat(64),
      actor: 'cs:shop',
      client: 'shop',
      seesClear: true,
      createdAt: at(1),
      createdBy: 'supervisor:lee',
      expiresAt: at(9),
    });

    it('are kept as they were made, by id, and are never made twice', async () => {
      await store().write(async (tx) => {
        await tx.accessTokens.add(token('b'));
        await tx.accessTokens.add({ ...token('a'), seesClear: false });
      });
      await store().read(async (tx) => {
        expect(await tx.accessTokens.list()).toEqual([
          { ...token('a'), seesClear: false, revokedAt: null, lastUsedAt: null },
          { ...token('b'), revokedAt: null, lastUsedAt: null },
        ]);
        expect(await tx.accessTokens.get('c')).toBeNull();
      });
      await expect(store().write((tx) => tx.accessTokens.add(token('a')))).rejects.toThrow();
      await store().read(async (tx) => expect((await tx.accessTokens.get('a'))?.seesClear).toBe(false));
    });

    it('are revoked once, and know when they were used last', async () => {
      await store().write((tx) => tx.accessTokens.add(token('a')));
      const said = await store().write(async (tx) => [
        await tx.accessTokens.revoke('a', at(2)),
        await tx.accessTokens.revoke('a', at(3)),
        await tx.accessTokens.revoke('b', at(3)),
      ]);
      expect(said).toEqual([true, false, false]);
      await store().write(async (tx) => {
        await tx.accessTokens.used('a', at(4));
        await tx.accessTokens.used('b', at(4));
      });
      await store().rehearse((tx) => tx.accessTokens.used('a', at(5)));
      await store().read(async (tx) =>
        expect(await tx.accessTokens.get('a')).toMatchObject({ revokedAt: at(2), lastUsedAt: at(4) }),
      );
    });
  });

  describe('technicians', () => {
    const store = useStore(open);

    it('keeps, replaces and lists by id, without those who left unless asked', async () => {
      await store().write(async (tx) => {
        await tx.technicians.put(technician('T-2'));
        await tx.technicians.put(technician('T-1', { active: false }));
        await tx.technicians.put(technician('T-3', { name: 'old' }));
        await tx.technicians.put(technician('T-3', { name: 'new', hours: {}, areas: [] }));
      });
      await store().read(async (tx) => {
        expect(await tx.technicians.get('T-2')).toEqual(technician('T-2'));
        expect(await tx.technicians.get('T-9')).toBeNull();
        expect((await tx.technicians.list()).map((each) => each.technicianId)).toEqual(['T-2', 'T-3']);
        expect(await tx.technicians.list({ all: true })).toEqual([
          technician('T-1', { active: false }),
          technician('T-2'),
          technician('T-3', { name: 'new', hours: {}, areas: [] }),
        ]);
      });
    });
  });

  describe('calendar', () => {
    const store = useStore(open);

    it('finds what overlaps a half-open span, by technician and start', async () => {
      const late = occupied(A, 'T-1', at(11), at(12));
      const early = { ...occupied(A, 'T-1', at(9), at(10)), kind: 'agreed' as const, area: null };
      const other = occupied(B, 'T-0', at(9, 30), at(10, 30));
      await store().write(async (tx) => {
        await tx.calendar.put(A, [late, early]);
        await tx.calendar.put(B, [other]);
      });
      const between = (from: string, to: string, technicianId?: string) =>
        store().read((tx) => tx.calendar.between(from, to, technicianId));
      expect(await between(at(0), at(23))).toEqual([other, early, late]);
      expect(await between(at(10), at(11))).toEqual([other]);
      expect(await between(at(10), at(11), 'T-1')).toEqual([]);
      expect(await between(at(9, 59), at(11), 'T-1')).toEqual([early]);
      expect(await between(at(11, 10), at(11, 20))).toEqual([late]);
      expect(await between(at(12), at(13))).toEqual([]);
    });

    it('replaces what an order occupies, and only that', async () => {
      await store().write(async (tx) => {
        await tx.calendar.put(A, [occupied(A, 'T-1', at(9), at(10)), occupied(A, 'T-1', at(11), at(12))]);
        await tx.calendar.put(B, [occupied(B, 'T-1', at(14), at(15))]);
        await tx.calendar.put(A, [occupied(A, 'T-2', at(9), at(10))]);
      });
      const all = () => store().read((tx) => tx.calendar.between(at(0), at(23)));
      expect((await all()).map((each) => [each.orderId, each.technicianId])).toEqual([
        [B, 'T-1'],
        [A, 'T-2'],
      ]);
      await store().write((tx) => tx.calendar.put(A, []));
      expect((await all()).map((each) => each.orderId)).toEqual([B]);
    });
  });

  describe('requests', () => {
    const store = useStore(open);

    it('keeps a key in its scope', async () => {
      const record = { orderId: A, fingerprint: 'f1', at: at(5) };
      await store().write((tx) => tx.requests.put('order.new', 'K1', record));
      await store().write((tx) => tx.requests.put(`order.note:${A}`, 'K1', { ...record, fingerprint: 'f2' }));
      await store().read(async (tx) => {
        expect(await tx.requests.get('order.new', 'K1')).toEqual(record);
        expect(await tx.requests.get(`order.note:${A}`, 'K1')).toMatchObject({ fingerprint: 'f2' });
        expect(await tx.requests.get('order.new', 'K2')).toBeNull();
        expect(await tx.requests.get('order', 'new:K1')).toBeNull();
      });
    });

    it('fingerprints are the same in one store, keyed, and of another key in another store', async () => {
      const content = '{"phone":"010-1234-5678"}';
      const print = (text: string) => store().write((tx) => tx.requests.fingerprint(text));
      const first = await print(content);
      expect(await print(content)).toBe(first);
      expect(await store().read((tx) => tx.requests.fingerprint(content))).toBe(first);
      expect(await print(`${content} `)).not.toBe(first);
      expect(first).not.toContain('1234');
      expect(first).not.toBe(createHash('sha256').update(content).digest('hex'));
      const other = await open();
      try {
        expect(await other.store.write((tx) => tx.requests.fingerprint(content))).not.toBe(first);
      } finally {
        await other.close();
      }
    });
  });

  describe('audit', () => {
    const store = useStore(open);

    it('keeps every entry, the latest first', async () => {
      for (const subject of [A, B, A]) await store().write((tx) => tx.audit.add(audit(subject)));
      expect(await store().read((tx) => tx.audit.list(10))).toMatchObject([audit(A), audit(B), audit(A)]);
      expect(await store().read((tx) => tx.audit.list(2))).toMatchObject([audit(A), audit(B)]);
      expect(await store().read((tx) => tx.audit.list(0))).toEqual([]);
    });

    it('says who looked from where, at whom and what for; what nobody said is empty', async () => {
      const whole = {
        ...audit(A),
        orderIds: [A, B],
        customerIds: ['CUS-000001'],
        purpose: 'called back',
      };
      const via = { face: 'page', client: '10.0.0.7' };
      await store().write(async (tx) => {
        await tx.audit.add(audit(B));
        await tx.audit.add({ ...whole, via });
      });
      const [second, first] = await store().read((tx) => tx.audit.list(10));
      expect(second).toMatchObject({ ...whole, ...via, seq: 2 });
      expect(second?.host).not.toBe('');
      expect(second?.osUser).not.toBe('');
      const nothing = { orderIds: [], customerIds: [], purpose: null };
      expect(first).toMatchObject({ ...nothing, face: 'console', client: null, seq: 1, host: second?.host });
      expect(first?.hash).toMatch(/^[0-9a-f]{64}$/);
      expect(second?.hash).not.toBe(first?.hash);
    });
  });

  describe('the audit by pages, its ends, and what may go', () => {
    const store = useStore(open);
    const OLD = '2024-01-0';
    const old = (day: number, action = 'pii.read'): AuditEntry => ({
      ...audit(A),
      at: `${OLD}${day}T00:00:00.000Z`,
      action,
    });
    const add = (...entries: readonly AuditEntry[]) =>
      store().write(async (tx) => {
        for (const entry of entries) await tx.audit.add(entry);
      });
    const page = (asked: Partial<AuditPage>) =>
      store().read(async (tx) => {
        const rows = await tx.audit.page({ from: null, limit: 10, newestFirst: false, ...asked });
        return rows.map(({ seq }) => seq);
      });
    const heads = () => store().read((tx) => tx.audit.heads());
    const prune = (pruning: Partial<Pruning> = {}) =>
      store().write((tx) =>
        tx.audit.prune({
          before: '2025-01-01T00:00:00.000Z',
          rightsBefore: '2023-01-01T00:00:00.000Z',
          prunedAt: '2026-11-24T05:00:00.000Z',
          sign: (text) => `signed ${text.length}`,
          ...pruning,
        }),
      );

    it('goes on behind an id, in both directions, within a span', async () => {
      await add(old(1), old(2), old(3), old(4));
      const ids = await store().read(async (tx) => (await tx.audit.list(10)).map(({ id }) => id));
      const [, third = 0, second = 0] = ids;
      expect(await page({ limit: 3 })).toEqual([1, 2, 3]);
      expect(await page({ limit: 3, newestFirst: true })).toEqual([4, 3, 2]);
      expect(await page({ from: second })).toEqual([3, 4]);
      expect(await page({ from: third, newestFirst: true })).toEqual([2, 1]);
      expect(await page({ since: old(2).at, until: old(4).at })).toEqual([2, 3]);
      expect(await page({ since: old(2).at, until: old(4).at, newestFirst: true, limit: 1 })).toEqual([3]);
      expect(await page({ since: '2030' })).toEqual([]);
      expect(await page({ limit: 0 })).toEqual([]);
    });

    it('ends where its last row is, or was', async () => {
      expect(await heads()).toEqual([]);
      await add(old(1), old(2));
      const [last] = await store().read((tx) => tx.audit.list(1));
      const end = { host: last?.host, seq: 2, hash: last?.hash };
      expect(await heads()).toEqual([end]);
      await prune();
      expect(await page({})).toEqual([]);
      expect(await heads()).toEqual([end]);
      await add(audit(B));
      expect(await heads()).toMatchObject([{ host: last?.host, seq: 3 }]);
      expect((await heads())[0]?.hash).not.toBe(end.hash);
    });

    it('lets go what is old, with an anchor for each stretch, and keeps changes of rights longer', async () => {
      await add(old(1), old(2), old(3, 'access.change'), old(4), audit(A));
      const signed: string[] = [];
      const sign = (text: string): string => {
        signed.push(text);
        return 'signed';
      };
      expect(await prune({ sign })).toEqual({ rows: 3, anchors: 2 });
      expect(await page({})).toEqual([3, 5]);
      // Of the attempt that stands.
      expect(signed.slice(-2).map((text) => (JSON.parse(text) as { anchor: object }).anchor)).toMatchObject([
        { firstSeq: 1, lastSeq: 2 },
        { firstSeq: 4, lastSeq: 4 },
      ]);
      expect(await prune()).toEqual({ rows: 0, anchors: 0 });
      expect(await prune({ rightsBefore: '2025-01-01T00:00:00.000Z' })).toEqual({ rows: 1, anchors: 1 });
      expect(await page({})).toEqual([5]);
    });

    it('keeps all when the write is undone in which it was pruned', async () => {
      await add(old(1), old(2));
      await store().rehearse((tx) =>
        tx.audit.prune({
          before: '2025',
          rightsBefore: '2023',
          prunedAt: '2026-11-24T05:00:00.000Z',
          sign: () => '',
        }),
      );
      expect(await page({})).toEqual([1, 2]);
      await add(audit(A));
      expect(await heads()).toMatchObject([{ seq: 3 }]);
    });
  });

  describe('binding', () => {
    const store = useStore(open);

    it('is none at first, and then what it was bound to last', async () => {
      const simulated = { simulated: true, ne: 'ne:simulated', tm: 'tm:simulated', at: at(5) };
      const real = {
        simulated: false,
        ne: 'ne:https://a.example/x',
        tm: 'tm:https://b.example/y',
        at: at(6),
      };
      expect(await store().read((tx) => tx.meta.binding())).toBeNull();
      await store().write((tx) => tx.meta.bind(simulated));
      expect(await store().read((tx) => tx.meta.binding())).toEqual(simulated);
      await store().write((tx) => tx.meta.bind(real));
      expect(await store().read((tx) => tx.meta.binding())).toEqual(real);
    });
  });

  describe('breakers', () => {
    const store = useStore(open);
    const set = (gen: number, expected: number | null, changes = {}) =>
      store().write((tx) => tx.breakers.compareAndSet(breaker('ne:simulated', gen, changes), expected));

    it('writes only over the generation that was seen', async () => {
      expect(await set(2, 1)).toBe(false);
      expect(await store().read((tx) => tx.breakers.get('ne:simulated'))).toBeNull();
      expect(await set(1, null)).toBe(true);
      expect(await set(9, null)).toBe(false);
      expect(await set(9, 0)).toBe(false);
      const open = {
        state: 'open',
        failures: 5,
        lastFailureAt: 10,
        lastError: { code: 'NO_ANSWER', ms: 5_000 },
        openUntil: 5_000,
        reopened: 2,
        probeOwner: 'h/1/0',
        probeUntil: 6_000,
        forced: { actor: 'noc:lee', reason: 'works' },
      } as const;
      expect(await set(2, 1, open)).toBe(true);
      expect(await store().read((tx) => tx.breakers.get('ne:simulated'))).toEqual(
        breaker('ne:simulated', 2, open),
      );
    });

    it('of many that saw the same generation one wins', async () => {
      await set(1, null);
      const won = await Promise.all(Array.from({ length: 8 }, () => set(2, 1)));
      expect(won.filter(Boolean)).toHaveLength(1);
    });

    it('lists by name', async () => {
      await store().write(async (tx) => {
        await tx.breakers.compareAndSet(breaker('tm:simulated', 1), null);
        await tx.breakers.compareAndSet(breaker('ne:simulated', 1), null);
      });
      const names = (await store().read((tx) => tx.breakers.list())).map((row) => row.name);
      expect(names).toEqual(['ne:simulated', 'tm:simulated']);
    });
  });

  describe('proofs of keys', () => {
    const store = useStore(open);
    const proof = (peer: string, spec: string) => store().read((tx) => tx.keyProofs.get(peer, spec));

    it('are none at first, and then what was learnt last, of each peer and specification by itself', async () => {
      const none = { provenAt: null, askedAt: null };
      expect(await proof('ne:a', 'access.gpon')).toEqual(none);
      await store().write((tx) =>
        tx.keyProofs.put('ne:a', 'access.gpon', { provenAt: null, askedAt: at(5) }),
      );
      expect(await proof('ne:a', 'access.gpon')).toEqual({ provenAt: null, askedAt: at(5) });
      await store().write((tx) =>
        tx.keyProofs.put('ne:a', 'access.gpon', { provenAt: at(6), askedAt: at(5) }),
      );
      expect(await proof('ne:a', 'access.gpon')).toEqual({ provenAt: at(6), askedAt: at(5) });
      expect(await proof('ne:b', 'access.gpon')).toEqual(none);
      expect(await proof('ne:a', 'internet.hsi')).toEqual(none);
    });

    it('are not learnt by a write that fails', async () => {
      const failing = store().write(async (tx) => {
        await tx.keyProofs.put('ne:a', 'access.gpon', { provenAt: at(6), askedAt: null });
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect((await proof('ne:a', 'access.gpon')).provenAt).toBeNull();
    });
  });

  describe('comparisons', () => {
    const store = useStore(open);
    const orphan = {
      kind: 'orphan',
      key: `${A}/internet.hsi#1/1`,
      orderId: A,
      neId: 'NE-1',
      stage: null,
      detail: { code: 'ORDER_UNKNOWN' },
      state: 'by-hand',
    } as const;
    const call = { ...orphan, kind: 'late-call', key: `${A}/call#1`, neId: null } as const;

    it('keeps the last one', async () => {
      expect(await store().read((tx) => tx.comparisons.last())).toBeNull();
      const begun = {
        beganAt: 5,
        owner: 'h/1/0',
        endedAt: null,
        gaps: [],
        counts: { services: 0, foreign: 0, orders: 0, appointments: 0, unclear: 0 },
        failure: null,
      };
      await store().write((tx) => tx.comparisons.put(begun));
      expect(await store().read((tx) => tx.comparisons.last())).toEqual(begun);
      const why = { code: 'HTTP_BODY', status: 200, body: { code: 'NOT_A_LIST' } } as const;
      const gaps = [{ part: 'ne-list', why }] as const;
      const ended = { ...begun, endedAt: 9, gaps, failure: why };
      await store().write((tx) => tx.comparisons.put(ended));
      expect(await store().read((tx) => tx.comparisons.last())).toEqual(ended);
    });

    it('keeps what was found, since when, until it is told to forget', async () => {
      const findings = () => store().read((tx) => tx.comparisons.findings());
      await store().write((tx) => tx.comparisons.keep([orphan], 5));
      await store().write((tx) =>
        tx.comparisons.keep([{ ...orphan, detail: { code: 'NEVER_PLANNED' } }, call], 6),
      );
      await store().write((tx) => tx.comparisons.keep([{ ...orphan, neId: 'NE-2' }], 7));
      expect(await findings()).toEqual([
        { ...orphan, detail: { code: 'NEVER_PLANNED' }, since: 5 },
        { ...call, since: 6 },
        { ...orphan, neId: 'NE-2', since: 7 },
      ]);
      await store().write((tx) => tx.comparisons.keepOnly([call, { ...orphan, neId: 'NE-3' }]));
      expect(await findings()).toEqual([{ ...call, since: 6 }]);
    });

    it('remembers how far closed orders were looked at once more', async () => {
      expect(await store().read((tx) => tx.comparisons.lookedAfter())).toEqual(START);
      await store().write((tx) => tx.comparisons.setLookedAfter({ epoch: FIRST_EPOCH, n: 42 }));
      expect(await store().read((tx) => tx.comparisons.lookedAfter())).toEqual({ epoch: FIRST_EPOCH, n: 42 });
    });
  });

  describe('batches', () => {
    const store = useStore(open);

    it('keeps, updates and lists runs, the latest first', async () => {
      const first = batch('B1', { startedAt: at(1) });
      const second = batch('B2', { startedAt: at(2), op: null });
      await store().write(async (tx) => {
        await tx.batches.create(first);
        await tx.batches.create(second);
      });
      expect(await store().read((tx) => tx.batches.list(10))).toEqual([second, first]);
      expect(await store().read((tx) => tx.batches.list(1))).toEqual([second]);
      const other = batch('B3', { startedAt: at(3), fileHash: 'other' });
      await store().write((tx) => tx.batches.create(other));
      expect(await store().read((tx) => tx.batches.ofFile(first.fileHash))).toEqual([second, first]);
      expect(await store().read((tx) => tx.batches.ofFile('none'))).toEqual([]);
      const done = { ...first, state: 'done' as const, finishedAt: at(3), owner: 'h/1/0', leaseUntil: 7 };
      await store().write((tx) => tx.batches.update(done));
      expect(await store().read((tx) => tx.batches.get('B1'))).toEqual(done);
      expect(await store().read((tx) => tx.batches.get('B9'))).toBeNull();
    });

    it('is held by one live process at a time', async () => {
      await store().write((tx) => tx.batches.create(batch('B1')));
      const hold = (owner: string, now: number, leaseUntil: number) =>
        store().write((tx) => tx.batches.hold('B1', owner, now, leaseUntil));
      expect(await hold('h/1/0', 100, 200)).toBe(true);
      expect(await hold('h/2/0', 199, 300)).toBe(false);
      expect(await store().read((tx) => tx.batches.get('B1'))).toMatchObject({
        owner: 'h/1/0',
        leaseUntil: 200,
      });
      expect(await hold('h/1/0', 150, 250)).toBe(true);
      expect(await hold('h/2/0', 200, 300)).toBe(false);
      expect(await hold('h/2/0', 250, 350)).toBe(true);
      expect(await hold('h/1/0', 260, 360)).toBe(false);
      expect(await store().write((tx) => tx.batches.hold('B9', 'h/1/0', 0, 1))).toBe(false);
    });

    it('keeps one row a line, and pages and counts them', async () => {
      await store().write(async (tx) => {
        await tx.batches.create(batch('B1'));
        await tx.batches.create(batch('B2'));
        for (const line of [5, 2, 3, 4]) await tx.batches.putRow(batchRow('B1', line));
        await tx.batches.putRow(batchRow('B2', 2, { state: 'skipped' }));
        await tx.batches.putRow(batchRow('B1', 3, { state: 'done', orderId: A }));
        await tx.batches.putRow(
          batchRow('B1', 5, { state: 'failed', key: null, error: { code: 'NO_LINES', message: 'no lines' } }),
        );
      });
      await store().read(async (tx) => {
        const lines = async (query: Parameters<typeof tx.batches.rows>[1]) =>
          (await tx.batches.rows('B1', query)).map(({ line }) => line);
        expect(await lines({ afterLine: 0, limit: 10 })).toEqual([2, 3, 4, 5]);
        expect(await lines({ afterLine: 2, limit: 2 })).toEqual([3, 4]);
        expect(await lines({ afterLine: 0, limit: 10, states: ['pending'] })).toEqual([2, 4]);
        expect(await lines({ afterLine: 2, limit: 10, states: ['pending', 'failed'] })).toEqual([4, 5]);
        expect(await lines({ afterLine: 0, limit: 10, states: [] })).toEqual([]);
        expect(await tx.batches.row('B1', 3)).toEqual(batchRow('B1', 3, { state: 'done', orderId: A }));
        expect(await tx.batches.row('B1', 5)).toMatchObject({
          key: null,
          error: { code: 'NO_LINES', message: 'no lines' },
        });
        expect(await tx.batches.row('B1', 9)).toBeNull();
        expect(await tx.batches.counts('B1')).toEqual({
          pending: 2,
          done: 1,
          already: 0,
          failed: 1,
          skipped: 0,
        });
        expect(await tx.batches.counts('B2')).toMatchObject({ skipped: 1, pending: 0 });
      });
    });
  });
};
