import { describe, expect, it } from 'vitest';
import { appendTo, at, type OpenStore, placed, useStore, view } from './samples.contract.ts';

const A = 'ORD-000001';
const B = 'ORD-000002';
const C = 'ORD-000003';
const HONG = { customerId: 'CUS-000001', name: '홍길동', phone: '010-1234-5678' };
const KIM = { customerId: 'CUS-000002', name: 'Kim', phone: '02-333-4444' };

/** What `Vault` promises. */
export const vaultContract = (open: OpenStore): void => {
  describe('vault', () => {
    const store = useStore(open);
    const fill = () =>
      store().write(async (tx) => {
        await tx.vault.putCustomer(HONG);
        await tx.vault.putCustomer(KIM);
        await tx.vault.putAddress(B, HONG.customerId, 'Mapo 2');
        await tx.vault.putAddress(A, HONG.customerId, 'Mapo 1');
        await tx.vault.putAddress(C, KIM.customerId, 'Jung 3');
        await tx.vault.putText('T1', A, 'ring twice');
        await tx.vault.putText('T2', C, '문 앞\n"노크"');
      });

    it('draws customer ids, rising, none twice', async () => {
      const draw = () => store().write((tx) => tx.vault.nextCustomerId());
      const ids = [await draw()];
      const failed = store().write(async (tx) => {
        throw new Error(await tx.vault.nextCustomerId());
      });
      await expect(failed).rejects.toThrow(/^CUS-[0-9]{6}$/);
      ids.push(await draw(), await draw());
      expect(ids.every((id) => /^CUS-[0-9]{6}$/.test(id))).toBe(true);
      expect([...new Set(ids)].sort()).toEqual(ids);
    });

    it('keeps and replaces a customer', async () => {
      await fill();
      expect(await store().read((tx) => tx.vault.customer(HONG.customerId))).toEqual({
        ...HONG,
        erasedAt: null,
      });
      await store().write((tx) => tx.vault.putCustomer({ ...HONG, phone: '010-9999-0000' }));
      expect(await store().read((tx) => tx.vault.customer(HONG.customerId))).toMatchObject({
        name: HONG.name,
        phone: '010-9999-0000',
      });
      expect(await store().read((tx) => tx.vault.customersByPhone(HONG.phone))).toEqual([]);
      expect(await store().read((tx) => tx.vault.customer('CUS-000099'))).toBeNull();
    });

    it('finds customers by exactly their digits', async () => {
      await fill();
      await store().write((tx) => tx.vault.putCustomer({ ...HONG, customerId: 'CUS-000003' }));
      const found = async (phone: string) =>
        (await store().read((tx) => tx.vault.customersByPhone(phone))).map(({ customerId }) => customerId);
      expect(await found('010-1234-5678')).toEqual(['CUS-000001', 'CUS-000003']);
      expect(await found('010 1234 5678')).toEqual(['CUS-000001', 'CUS-000003']);
      expect(await found('1234-5678')).toEqual([]);
      expect(await found('023334444')).toEqual(['CUS-000002']);
    });

    it('joins contacts for many orders at once', async () => {
      await fill();
      const contacts = await store().read((tx) => tx.vault.contacts([C, A, 'ORD-000099']));
      expect(Object.fromEntries(contacts)).toEqual({
        [A]: { ...HONG, address: 'Mapo 1' },
        [C]: { ...KIM, address: 'Jung 3' },
      });
      expect((await store().read((tx) => tx.vault.contacts([]))).size).toBe(0);
    });

    it('joins contacts for more orders than a statement takes values', async () => {
      await fill();
      const orderIds = Array.from({ length: 40_000 }, (_, i) => `ORD-${String(i + 1).padStart(6, '0')}`);
      const contacts = await store().read((tx) => tx.vault.contacts(orderIds));
      expect([...contacts.keys()].sort()).toEqual([A, B, C]);
    });

    it('replaces an address, and knows the orders of a customer in id order', async () => {
      await fill();
      await store().write((tx) => tx.vault.putAddress(A, HONG.customerId, 'Mapo 9'));
      const contacts = await store().read((tx) => tx.vault.contacts([A]));
      expect(contacts.get(A)?.address).toBe('Mapo 9');
      expect(await store().read((tx) => tx.vault.ordersOf(HONG.customerId))).toEqual([A, B]);
      expect(await store().read((tx) => tx.vault.ordersOf('CUS-000099'))).toEqual([]);
    });

    it('gives texts by id, without those it does not know', async () => {
      await fill();
      const texts = await store().read((tx) => tx.vault.texts(['T2', 'T9', 'T1']));
      expect(Object.fromEntries(texts)).toEqual({ T1: 'ring twice', T2: '문 앞\n"노크"' });
      expect((await store().read((tx) => tx.vault.texts([]))).size).toBe(0);
    });

    it('erases name, phone, addresses and texts of one customer, and the log stays', async () => {
      await fill();
      await store().write(async (tx) => {
        await appendTo(tx, A, placed({ textId: 'T1' }));
        await tx.views.put(view(A));
      });
      const before = await store().read((tx) => tx.events.load(A));
      await store().write((tx) => tx.vault.erase(HONG.customerId, at(9)));
      await store().read(async (tx) => {
        expect(await tx.vault.customer(HONG.customerId)).toEqual({
          customerId: HONG.customerId,
          name: '',
          phone: '',
          erasedAt: at(9),
        });
        expect(await tx.vault.customersByPhone(HONG.phone)).toEqual([]);
        expect(await tx.vault.customersByPhone('')).toEqual([]);
        expect([...(await tx.vault.contacts([A, B, C])).keys()]).toEqual([C]);
        expect([...(await tx.vault.texts(['T1', 'T2'])).keys()]).toEqual(['T2']);
        expect(await tx.vault.ordersOf(HONG.customerId)).toEqual([A, B]);
        expect(await tx.events.load(A)).toEqual(before);
        expect(await tx.views.get(A)).toEqual(view(A));
      });
    });

    it('what was asked with a key is not to be guessed after an erasure; the key stays used', async () => {
      await fill();
      const record = { fingerprint: 'f1', at: at(5) };
      await store().write(async (tx) => {
        await tx.requests.put('order new', 'K1', { ...record, orderId: A });
        await tx.requests.put(`order note:${B}`, 'K2', { ...record, orderId: B });
        await tx.requests.put('order new', 'K3', { ...record, orderId: C });
        await tx.vault.erase(HONG.customerId, at(9));
      });
      await store().read(async (tx) => {
        expect(await tx.requests.get('order new', 'K1')).toEqual({ ...record, orderId: A, fingerprint: '' });
        expect(await tx.requests.get(`order note:${B}`, 'K2')).toMatchObject({ fingerprint: '' });
        expect(await tx.requests.get('order new', 'K3')).toMatchObject({ fingerprint: 'f1' });
      });
      expect(await store().scrub()).toBe(true);
    });
  });
};
