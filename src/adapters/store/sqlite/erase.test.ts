import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { orderId, usePlace } from '../../../testing/store/place.fixture.ts';

const place = usePlace();
const SECRETS = [
  'Zebedee Quux',
  '010-7777-8888',
  '01077778888',
  'Nowhere Street 99',
  'ring at the blue door',
];

const LOOK = `
  const { readdirSync, readFileSync } = require('node:fs');
  const [folder, ...secrets] = process.argv.slice(1);
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(folder + '/' + name);
    for (const secret of secrets) if (bytes.includes(secret)) console.log(name + ': ' + secret);
  }`;

/** Where a secret is still to be read, byte by byte. Another process looks: reading here would drop SQLite's locks. */
const leaks = (): string =>
  execFileSync(process.execPath, ['-e', LOOK, place.folder(), ...SECRETS], { encoding: 'utf8' });

it('an erased customer is in no file of the database, not even in its log or its free pages', async () => {
  const store = await place.open();
  await store.write(async (tx) => {
    for (let n = 1; n <= 50; n += 1) {
      await tx.vault.putCustomer({ customerId: `CUS-${n}`, name: 'Zebedee Quux', phone: '010-7777-8888' });
      await tx.vault.putAddress(orderId(n), `CUS-${n}`, 'Nowhere Street 99');
      await tx.vault.putText(`T${n}`, orderId(n), 'ring at the blue door');
    }
  });
  expect(leaks()).toContain('Zebedee');
  await store.write((tx) => tx.vault.putCustomer({ customerId: 'CUS-1', name: 'Zebedee Quux', phone: '1' }));
  for (let n = 1; n <= 50; n += 1)
    await store.write((tx) => tx.vault.erase(`CUS-${n}`, '2026-11-24T05:00:00.000Z'));
  expect(leaks(), 'while the database is open').toBe('');
  await store.close();
  expect(leaks()).toBe('');
});
