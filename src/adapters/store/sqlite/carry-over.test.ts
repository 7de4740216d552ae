import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { append, note, orderId, usePlace } from '../../../testing/store/place.fixture.ts';
import { uuidIds } from '../../runtime/uuid-ids.ts';
import type { SqliteStore } from './open-store.ts';
import { restore } from './restore.ts';

const place = usePlace();
const ERASED_AT = '2026-11-24T05:00:00.000Z';
const SECRETS = /Zebedee|7777-?8888|Nowhere Street|blue door/;

const withCustomer = async (store: SqliteStore, n = 1): Promise<void> => {
  await store.write(async (tx) => {
    await append(tx, orderId(n), note('T'));
    await tx.vault.putCustomer({ customerId: `CUS-${n}`, name: 'Zebedee Quux', phone: '010-7777-8888' });
    await tx.vault.putAddress(orderId(n), `CUS-${n}`, 'Nowhere Street 99');
    await tx.vault.putText(`T${n}`, orderId(n), 'ring at the blue door');
  });
};
const looked = (store: SqliteStore, subject: string): Promise<void> =>
  store.write((tx) =>
    tx.audit.add({ at: ERASED_AT, actor: 'cs:kim', action: 'pii.read', subject, detail: {} }),
  );
const restored = (file: string, path = place.file()) =>
  restore(file, path, { ids: uuidIds(Date.now), tell: async () => 0 });

/** Files in which a secret is still to be read. Nothing is open. */
const leaks = (without: string): readonly string[] =>
  readdirSync(place.folder()).filter(
    (name) => name !== without && SECRETS.test(readFileSync(place.file(name), 'latin1')),
  );
const audited = async (path = place.file()): Promise<readonly string[]> => {
  const store = await place.open({ path, mode: 'read' });
  const rows = await store.read((tx) => tx.audit.list(50));
  await store.close();
  return rows.map(({ subject }) => subject).reverse();
};

it('who was erased after the backup is erased again, in every byte, and the audit since then is kept', async () => {
  const store = await place.open();
  await withCustomer(store);
  await looked(store, 'before');
  await store.backup(place.file('copy.db'));
  await store.write((tx) => tx.vault.erase('CUS-1', ERASED_AT));
  await looked(store, 'after');
  await store.scrub();
  await store.close();
  expect(await restored(place.file('copy.db'))).toMatchObject({ erasedAgain: 1, auditKept: 1 });
  expect(leaks('copy.db')).toEqual([]);
  const now = await place.open({ create: false });
  expect(await now.read((tx) => tx.vault.customer('CUS-1'))).toMatchObject({ name: '', erasedAt: ERASED_AT });
  await looked(now, 'restored');
  await now.close();
  expect(await audited()).toEqual(['before', 'after', 'restored']);
  expect(leaks('copy.db')).toEqual([]);
});

it('a token that was revoked after the backup stays revoked, and one that was made since is known', async () => {
  const token = (tokenId: string) => ({
    ...{ tokenId, digest: 'd', actor: 'cs:shop', client: 'shop', seesClear: false },
    ...{ createdAt: ERASED_AT, createdBy: 'supervisor:lee', expiresAt: ERASED_AT },
  });
  const store = await place.open();
  await store.write(async (tx) => {
    await append(tx, orderId(1), note('T'));
    await tx.accessTokens.add(token('a'));
  });
  await store.backup(place.file('copy.db'));
  await store.write(async (tx) => {
    await tx.accessTokens.revoke('a', ERASED_AT);
    await tx.accessTokens.add(token('b'));
  });
  await store.close();
  await restored(place.file('copy.db'));
  const now = await place.open({ create: false });
  const tokens = await now.read((tx) => tx.accessTokens.list());
  await now.close();
  expect(tokens.map(({ tokenId, revokedAt }) => [tokenId, revokedAt])).toEqual([
    ['a', ERASED_AT],
    ['b', null],
  ]);
});

it('a customer of the same number in another database is somebody else', async () => {
  const [here, there] = [await place.open(), await place.open({ path: place.file('there.db') })];
  await withCustomer(here);
  await withCustomer(there);
  await there.backup(place.file('copy.db'));
  await here.write((tx) => tx.vault.erase('CUS-1', ERASED_AT));
  await looked(here, 'here');
  await looked(there, 'there');
  await here.close();
  await there.close();
  expect(await restored(place.file('copy.db'))).toMatchObject({ erasedAgain: 0, auditKept: 1 });
  const now = await place.open({ create: false });
  expect(await now.read((tx) => tx.vault.customer('CUS-1'))).toMatchObject({ name: 'Zebedee Quux' });
});

it('of two ways in which the audit went on both are kept, each a chain', async () => {
  const store = await place.open();
  await looked(store, 'before');
  await store.backup(place.file('copy.db'));
  await looked(store, 'here 1');
  await looked(store, 'here 2');
  await store.close();
  const copy = await place.open({ path: place.file('copy.db') });
  await looked(copy, 'in the copy');
  await copy.close();
  expect(await restored(place.file('copy.db'))).toMatchObject({ auditKept: 2 });
  expect(await audited()).toEqual(['before', 'in the copy', 'here 1', 'here 2']);
  expect(await restored(place.file('copy.db')), 'once').toMatchObject({ auditKept: 2 });
  expect(await audited()).toEqual(['before', 'in the copy', 'here 1', 'here 2']);
});

it('says that nobody knows when the replaced database cannot be asked', async () => {
  const store = await place.open();
  await store.backup(place.file('copy.db'));
  const told = await restored(place.file('copy.db'), place.file('none.db'));
  expect(told).toMatchObject({ erasedAgain: null, auditKept: null });
});
