import { describe, expect, it } from 'vitest';
import type { OrderFilter, OrderQuery, OrderView } from '../order-view.ts';
import { appendTo, at, type OpenStore, placed, useStore, view, visitOf } from './samples.contract.ts';

/** Late by the age in the stage alone. */
const age = (since: string) => ({ since, visitStart: null, visitEnd: null, expected: [] });

const A = 'ORD-000001';
const B = 'ORD-000002';
const C = 'ORD-000003';
const D = 'ORD-000004';

const FULL: OrderView = view(A, {
  version: 12,
  key: 'K-1',
  stage: 'held',
  milestone: 'ActivationCompleted',
  priority: 'urgent',
  wishes: { notBefore: '2026-12-01', prefer: 'evening' },
  area: null,
  equipmentId: 'OLT-7/1/2/17',
  inDoubt: 1,
  holds: [{ hold: 'ActivateService:tv.stb#1', step: 'ActivateService', cause: 'NO_PORT', since: at(7) }],
  calls: { attempts: 2, lastOutcome: 'BUSY', lastAt: at(6), nextAt: at(8) },
  visit: visitOf('T-1', at(9), at(10)),
  promise: { start: at(9), end: at(10) },
  visits: 1,
  cancelCode: 'OTHER',
});

/** What `Views` promises. */
export const viewsContract = (open: OpenStore): void => {
  describe('views', () => {
    const store = useStore(open);
    const put = (...views: readonly OrderView[]) =>
      store().write(async (tx) => {
        for (const each of views) await tx.views.put(each);
      });
    const list = (query: Partial<OrderQuery> = {}) =>
      store().read((tx) => tx.views.list({ limit: 100, ...query }));
    const ids = async (query: Partial<OrderQuery> = {}) =>
      (await list(query)).items.map(({ orderId }) => orderId);

    it('keeps a view as it was put, and replaces it', async () => {
      await put(FULL);
      expect(await store().read((tx) => tx.views.get(A))).toEqual(FULL);
      expect((await list()).items).toEqual([FULL]);
      await put(view(A));
      expect(await store().read((tx) => tx.views.get(A))).toEqual(view(A));
      expect(await ids({ technicianId: 'T-1' })).toEqual([]);
      expect(await store().read((tx) => tx.views.get(B))).toBeNull();
    });

    it('may be told what was there', async () => {
      const states = [
        view(A),
        FULL,
        view(A, { inDoubt: 1, version: 2 }),
        view(A, { open: false, area: null }),
      ];
      for (const before of states) {
        for (const after of states) {
          await put(before);
          await store().write((tx) => tx.views.put(after, before));
          expect(await store().read((tx) => tx.views.get(A))).toEqual(after);
          expect(await ids({ stages: [after.stage], open: after.open })).toEqual([A]);
        }
      }
    });

    it('puts a view whose row is not there, whatever it was told', async () => {
      await store().write((tx) => tx.views.put(FULL, view(A)));
      expect((await list()).items).toEqual([FULL]);
    });

    it('renews a view that is missing or another one, and says whether it was', async () => {
      const renew = (each: OrderView) => store().write((tx) => tx.views.renew(each));
      expect(await renew(FULL)).toBe(true);
      expect(await renew(FULL)).toBe(false);
      expect((await list()).items).toEqual([FULL]);
      expect(await renew(view(A))).toBe(true);
      expect(await store().read((tx) => tx.views.get(A))).toEqual(view(A));
      expect(await renew(view(A))).toBe(false);
      expect(await ids({ text: 'K-1' })).toEqual([]);
    });

    it('lists nothing as an empty list', async () => {
      expect(await list()).toEqual({ items: [], nextCursor: null });
    });

    it('filters by stage, area, technician, customer and open', async () => {
      await put(
        view(A, { stage: 'placed', area: 'Mapo' }),
        view(B, { stage: 'scheduled', area: null, visit: visitOf('T-2', at(9), at(10)) }),
        view(C, { stage: 'completed', area: 'Jung', open: false, customerId: 'CUS-000002' }),
      );
      const sort = 'id';
      expect(await ids({ sort, stages: ['placed', 'completed'] })).toEqual([A, C]);
      expect(await ids({ sort, stages: [] })).toEqual([]);
      expect(await ids({ sort, area: 'Jung' })).toEqual([C]);
      expect(await ids({ sort, technicianId: 'T-2' })).toEqual([B]);
      expect(await ids({ sort, customerId: 'CUS-000001' })).toEqual([A, B]);
      expect(await ids({ sort, open: true })).toEqual([A, B]);
      expect(await ids({ sort, open: false })).toEqual([C]);
      expect(await ids({ sort, open: true, stages: ['scheduled', 'completed'] })).toEqual([B]);
    });

    it('filters by what a client says of its orders', async () => {
      const items = [{ id: '1', line: 'internet', quantity: 1 }] as const;
      const terms = { client: 'portal', items };
      await put(
        view(A, {
          priority: 'high',
          terms: { ...terms, externalId: 'X-7', category: 'home', priority: '1' },
        }),
        view(B, { priority: 'high', terms: { ...terms, category: 'work' } }),
        view(C, { priority: 'high', terms: { ...terms, priority: '0' } }),
        view(D, { priority: 'normal' }),
      );
      const sort = 'id';
      expect(await ids({ sort, category: 'home' })).toEqual([A]);
      expect(await ids({ sort, category: 'nothing' })).toEqual([]);
      expect(await ids({ sort, clientPriority: { said: '1', otherwise: 'high' } })).toEqual([A, B]);
      expect(await ids({ sort, clientPriority: { said: '0', otherwise: 'urgent' } })).toEqual([C]);
      expect(await ids({ sort, clientPriority: { said: '3', otherwise: null } })).toEqual([]);
      expect(await ids({ sort, text: 'x-7' })).toEqual([A]);
    });

    it('follows a change of priority', async () => {
      await put(view(A, { priority: 'normal' }), view(B, { priority: 'high' }));
      await put(view(A, { priority: 'urgent' }));
      expect(await ids({ sort: 'priority' })).toEqual([A, B]);
    });

    it('filters by half-open spans of the visit and of the placing', async () => {
      await put(
        view(A, { placedAt: at(1), visit: visitOf('T-1', at(9), at(10)) }),
        view(B, { placedAt: at(2), visit: visitOf('T-1', at(10), at(11)) }),
        view(C, { placedAt: at(3) }),
      );
      const sort = 'id';
      expect(await ids({ sort, visitFrom: at(9), visitTo: at(10) })).toEqual([A]);
      expect(await ids({ sort, visitFrom: at(9, 1) })).toEqual([B]);
      expect(await ids({ sort, visitTo: at(23) })).toEqual([A, B]);
      expect(await ids({ sort, since: at(2) })).toEqual([B, C]);
      expect(await ids({ sort, until: at(2) })).toEqual([A]);
      expect(await ids({ sort, since: at(2), until: at(3) })).toEqual([B]);
    });

    it('finds the orders that are in their stage for too long', async () => {
      await put(
        view(A, { stage: 'held', stageSince: at(1) }),
        view(B, { stage: 'held', stageSince: at(3) }),
        view(C, { stage: 'placed', stageSince: at(1) }),
        view(D, { stage: 'completed', stageSince: at(0) }),
      );
      expect(await ids({ sort: 'id', lateBefore: { held: age(at(3)), placed: age(at(1)) } })).toEqual([A]);
      expect(await ids({ sort: 'id', lateBefore: { held: age(at(4)), placed: age(at(2)) } })).toEqual([
        A,
        B,
        C,
      ]);
      expect(await ids({ sort: 'id', lateBefore: {} })).toEqual([]);
    });

    it('finds the agreed visits that are late, by their beginning or by their end', async () => {
      const agreed = (start: string, end: string) => ({
        start,
        end,
        technicianId: 'T-1',
        appointmentId: 'APT-1',
        status: 'agreed' as const,
        expiresAt: null,
      });
      await put(
        view(A, { stage: 'dispatched', visit: agreed(at(9), at(10)) }),
        view(B, { stage: 'dispatched', visit: agreed(at(10), at(11)) }),
        view(C, { stage: 'dispatched', visit: { ...agreed(at(9), at(10)), status: 'held' } }),
        view(D, { stage: 'on-site', visit: agreed(at(9), at(12)) }),
      );
      const begun = { since: null, visitStart: at(10), visitEnd: null, expected: [] };
      const over = { since: null, visitStart: null, visitEnd: at(12), expected: [] };
      expect(await ids({ sort: 'id', lateBefore: { dispatched: begun } })).toEqual([A]);
      expect(await ids({ sort: 'id', lateBefore: { dispatched: over, 'on-site': over } })).toEqual([A, B]);
      const later = { ...over, visitEnd: at(12, 1) };
      expect(await ids({ sort: '-id', lateBefore: { dispatched: begun, 'on-site': later } })).toEqual([D, A]);
      const expected = { since: null, visitStart: null, visitEnd: null, expected: [D, C] };
      expect(await ids({ sort: 'id', lateBefore: { dispatched: expected, 'on-site': later } })).toEqual([
        C,
        D,
      ]);
    });

    it('counts what a list would have, whatever its limit', async () => {
      await put(
        view(A, { stage: 'held', stageSince: at(1), inDoubt: 2 }),
        view(B, { stage: 'held', stageSince: at(3) }),
        view(C, { stage: 'activating', stageSince: at(1), inDoubt: 1, open: false }),
      );
      const count = (filter: OrderFilter) => store().read((tx) => tx.views.count(filter));
      expect(await count({})).toBe(3);
      expect(await count({ stages: ['held', 'placed'] })).toBe(2);
      expect(await count({ stages: [] })).toBe(0);
      expect(await count({ lateBefore: { held: age(at(2)), activating: age(at(2)) } })).toBe(2);
      expect(await count({ inDoubt: true })).toBe(2);
      expect(await count({ inDoubt: true, open: true })).toBe(1);
      expect(await count({ text: '000002' })).toBe(1);
      expect(await ids({ sort: 'id', inDoubt: true })).toEqual([A, C]);
    });

    it('sorts as asked, latest order first by default', async () => {
      const nextAt = (time: string | null) => ({
        attempts: 0,
        lastOutcome: null,
        lastAt: null,
        nextAt: time,
      });
      await put(
        view(A, { updatedAt: at(3), stageSince: at(2), priority: 'low', calls: nextAt(at(9)) }),
        view(B, {
          updatedAt: at(1),
          stageSince: at(3),
          priority: 'urgent',
          visit: visitOf('T-1', at(8), at(9)),
        }),
        view(C, { updatedAt: at(4), stageSince: at(1), priority: 'normal', calls: nextAt(at(7)) }),
        view(D, {
          updatedAt: at(2),
          stageSince: at(1),
          priority: 'high',
          visit: visitOf('T-1', at(7), at(8)),
        }),
      );
      expect(await ids()).toEqual([D, C, B, A]);
      expect(await ids({ sort: '-id' })).toEqual([D, C, B, A]);
      expect(await ids({ sort: 'id' })).toEqual([A, B, C, D]);
      expect(await ids({ sort: 'updated' })).toEqual([B, D, A, C]);
      expect(await ids({ sort: '-updated' })).toEqual([C, A, D, B]);
      expect(await ids({ sort: 'stageSince' })).toEqual([C, D, A, B]);
      expect(await ids({ sort: 'visit' })).toEqual([D, B, A, C]);
      expect(await ids({ sort: 'priority' })).toEqual([B, D, C, A]);
      expect(await ids({ sort: 'nextCall' })).toEqual([C, A, B, D]);
    });

    it('breaks ties by id, in the direction of the sort', async () => {
      await put(view(C), view(A), view(B));
      for (const sort of ['id', 'updated', 'stageSince', 'visit', 'priority', 'nextCall'] as const) {
        expect(await ids({ sort }), sort).toEqual([A, B, C]);
      }
      for (const sort of ['-id', '-updated'] as const) expect(await ids({ sort }), sort).toEqual([C, B, A]);
    });

    it('sorts ids as people count, past a million too', async () => {
      await put(view('ORD-1000000'), view('ORD-999999'), view(A));
      expect(await ids()).toEqual(['ORD-1000000', 'ORD-999999', A]);
      expect(await ids({ sort: 'id' })).toEqual([A, 'ORD-999999', 'ORD-1000000']);
      const first = await list({ limit: 1 });
      expect(await ids({ limit: 1, cursor: first.nextCursor ?? '' })).toEqual(['ORD-999999']);
    });

    it.each(['id', '-id', 'updated', '-updated', 'stageSince', 'visit', 'priority', 'nextCall'] as const)(
      'pages by %s give every order once, in the order of the whole list',
      async (sort) => {
        await put(
          ...Array.from({ length: 11 }, (_, i) =>
            view(`ORD-0000${String(i + 10)}`, {
              updatedAt: at(i % 3),
              stageSince: at(i % 4),
              priority: i % 2 === 0 ? 'high' : 'normal',
              visit: i % 3 === 0 ? null : visitOf('T-1', at(i % 5), at(20)),
              calls: { attempts: 0, lastOutcome: null, lastAt: null, nextAt: i % 4 === 0 ? null : at(i % 2) },
            }),
          ),
        );
        const whole = await ids({ sort });
        expect(whole).toHaveLength(11);
        const paged: string[] = [];
        let cursor: string | null = null;
        do {
          const page: Awaited<ReturnType<typeof list>> = await list({
            sort,
            limit: 3,
            ...(cursor === null ? {} : { cursor }),
          });
          paged.push(...page.items.map(({ orderId }) => orderId));
          cursor = page.nextCursor;
        } while (cursor !== null && paged.length < 50);
        expect(paged).toEqual(whole);
      },
    );

    it('a page that ends the list says so', async () => {
      await put(view(A), view(B));
      expect((await list({ limit: 2 })).nextCursor).toBeNull();
      expect((await list({ limit: 1 })).nextCursor).not.toBeNull();
    });

    it('an order that comes in between does not move the next page', async () => {
      await put(view(A), view(B), view(C));
      const first = await list({ limit: 2 });
      expect(first.items.map(({ orderId }) => orderId)).toEqual([C, B]);
      await put(view(D));
      expect(await ids({ limit: 2, cursor: first.nextCursor ?? '' })).toEqual([A]);
    });

    it('a cursor works with filters', async () => {
      await put(view(A), view(B, { area: 'Jung' }), view(C), view(D));
      const first = await list({ limit: 1, area: 'Mapo', sort: 'id' });
      expect(await ids({ limit: 5, area: 'Mapo', sort: 'id', cursor: first.nextCursor ?? '' })).toEqual([
        C,
        D,
      ]);
    });

    it('finds text in id, key, name and phone', async () => {
      await store().write(async (tx) => {
        await tx.vault.putCustomer({ customerId: 'CUS-000001', name: '홍길동', phone: '010-1234-5678' });
        await tx.vault.putCustomer({ customerId: 'CUS-000002', name: 'Anna Smith', phone: '02 987 6543' });
        await tx.vault.putAddress('ORD-000011', 'CUS-000001', 'Mapo 1');
        await tx.vault.putAddress('ORD-000012', 'CUS-000002', 'Jung 2');
      });
      await put(
        view('ORD-000011', { customerId: 'CUS-000001', key: 'web-77_%' }),
        view('ORD-000012', { customerId: 'CUS-000002' }),
      );
      const first = ['ORD-000011'];
      const second = ['ORD-000012'];
      for (const text of ['ORD-000011', 'ord-000011', '000011', 'WEB-77', '_%', '홍길동', '길동']) {
        expect(await ids({ text }), text).toEqual(first);
      }
      for (const text of ['010-1234-5678', '01012345678', '1234-5678', '5678']) {
        expect(await ids({ text }), text).toEqual(first);
      }
      for (const text of ['smith', 'Anna S', '029876543', '6543']) {
        expect(await ids({ text }), text).toEqual(second);
      }
      // Digits that a mask hides would be told one by one.
      for (const text of [
        '010',
        '78',
        '678',
        '1234',
        '0101',
        '45678',
        '345678',
        '2345678',
        '12345678901',
        '10-1234-5678-9',
        '0-1234-5678',
        '010-1234',
        '987-6543',
        '8765',
      ]) {
        expect(await ids({ text }), text).toEqual([]);
      }
      for (const text of ['nobody', '%', '_8', '99999', "'", '"', 'Mapo']) {
        expect(await ids({ text }), text).toEqual(text === '%' ? first : []);
      }
      expect(await ids({ text: 'ORD', area: 'Mapo', sort: 'id' })).toEqual([...first, ...second]);
    });

    it('finds text anywhere: initials, equipment, serials, and addresses where they are wanted', async () => {
      const result = {
        ontSerial: 'HWTC12345678',
        rxPowerDbm: -18.5,
        stbSerials: ['STB001'],
        signerTextId: 'T',
      };
      const visit = { technicianId: 'T-1', visit: 1, occurredAt: at(9) };
      await store().write(async (tx) => {
        await tx.vault.putCustomer({ customerId: 'CUS-000001', name: '홍길동', phone: '010-1234-5678' });
        await tx.vault.putCustomer({ customerId: 'CUS-000002', name: '김솔', phone: '010-9876-5432' });
        await tx.vault.putAddress(A, 'CUS-000001', '서울특별시 강남구 역삼로 12, 101동');
        await tx.vault.putAddress(B, 'CUS-000002', '부산광역시 중구 1');
        await appendTo(tx, A, placed());
        await appendTo(tx, B, placed());
        await appendTo(tx, A, { type: 'FieldWorkCompleted', data: { result, ...visit } });
        const corrected = { ontSerial: 'ALCL00000001' };
        await appendTo(tx, A, { type: 'FieldResultCorrected', data: { corrected, occurredAt: at(9) } });
      });
      await put(
        view(A, { customerId: 'CUS-000001', equipmentId: 'OLT-7/1/2/17' }),
        view(B, { customerId: 'CUS-000002', equipmentId: null }),
      );
      const found = (text: string, addresses = true) => ids({ text, anywhere: { addresses } });
      const own = [
        'ㅎㄱㄷ',
        'ㄱㄷ',
        'HWTC12345678',
        'hwtc-1234 5678',
        'STB001',
        'ALCL00000001',
        'olt-7/1',
        '역삼로 12',
      ];
      for (const text of own) expect(await found(text), text).toEqual([A]);
      for (const text of ['ㄱㅅ', '부산광역시', '솔', '5432', B])
        expect(await found(text), text).toEqual([B]);
      for (const text of ['ㄲㅅ', 'ㅎㄷ', 'HWTC1234567', 'STB002', '역삼로 13', 'OLT-8']) {
        expect(await found(text), text).toEqual([]);
      }
      expect(await found('역삼로', false)).toEqual([]);
      expect([await found('0001'), await found('00000')]).toEqual([[], [B, A]]);
      expect(await ids({ text: 'ㅎㄱㄷ' })).toEqual([]);
      await store().write((tx) => tx.vault.erase('CUS-000001', at(9)));
      expect([await found('ㅎㄱㄷ'), await found('역삼로'), await found('STB001')]).toEqual([[], [], [A]]);
    });

    it('finds no customer who was erased', async () => {
      await store().write(async (tx) => {
        await tx.vault.putCustomer({ customerId: 'CUS-000001', name: 'Hong', phone: '010-1234-5678' });
        await tx.vault.putAddress(A, 'CUS-000001', 'Mapo 1');
        await tx.views.put(view(A));
        await tx.vault.erase('CUS-000001', at(9));
      });
      expect(await ids({ text: 'Hong' })).toEqual([]);
      expect(await ids({ text: '5678' })).toEqual([]);
      expect(await ids({ text: A })).toEqual([A]);
    });

    it('counts orders by stage', async () => {
      await put(view(A), view(B), view(C, { stage: 'cancelled' }));
      await put(view(B, { stage: 'held' }));
      const counts = await store().read((tx) => tx.views.counts());
      const present = Object.entries(counts).filter(([, count]) => count > 0);
      expect(Object.fromEntries(present)).toEqual({ placed: 1, held: 1, cancelled: 1 });
    });

    it('clear empties views and calendar, and nothing else', async () => {
      await put(view(A), view(B));
      await store().write(async (tx) => {
        await tx.vault.putCustomer({ customerId: 'CUS-000001', name: 'Hong', phone: '010-1234-5678' });
        await tx.calendar.put(A, [
          {
            orderId: A,
            technicianId: 'T-1',
            slot: { start: at(9), end: at(10) },
            kind: 'agreed',
            area: null,
          },
        ]);
        await tx.views.clear();
      });
      expect(await ids()).toEqual([]);
      expect(await store().read((tx) => tx.views.get(A))).toBeNull();
      expect(await store().read((tx) => tx.calendar.between(at(0), at(23)))).toEqual([]);
      expect(await store().read((tx) => tx.vault.customer('CUS-000001'))).not.toBeNull();
      await put(view(A));
      expect(await ids()).toEqual([A]);
    });
  });
};
