import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { orderId, usePlace } from './place.fixture.ts';

const place = usePlace();
const SECRETS = [
  'Zebedee Quux',
  '010-7777-8888',
  '01077778888',
  'Nowhere Street 99',
  'ring at the blue door',
];

/** Where a secret is still to be read in the files of the database, byte by byte. */
const leaks = (): readonly string[] =>
  readdirSync(place.folder()).flatMap((name) => {
    const bytes = readFileSync(place.file(name));
    return SECRETS.filter((secret) => bytes.includes(secret)).map((secret) => `${name}: ${secret}`);
  });

it('an erased customer is in no file of the database, not even in its log or its free pages', async () => {
  const store = await place.open();
  await store.write(async (tx) => {
    for (let n = 1; n <= 50; n += 1) {
      await tx.vault.putCustomer({ customerId: `CUS-${n}`, name: 'Zebedee Quux', phone: '010-7777-8888' });
      await tx.vault.putAddress(orderId(n), `CUS-${n}`, 'Nowhere Street 99');
      await tx.vault.putText(`T${n}`, orderId(n), 'ring at the blue door');
    }
  });
  await store.write((tx) => tx.vault.putCustomer({ customerId: 'CUS-1', name: 'Zebedee Quux', phone: '1' }));
  for (let n = 1; n <= 50; n += 1)
    await store.write((tx) => tx.vault.erase(`CUS-${n}`, '2026-11-24T05:00:00.000Z'));
  // Nothing reads, so the log could be emptied at once; the files are read when SQLite has closed them.
  await store.close();
  expect(leaks()).toEqual([]);
});
