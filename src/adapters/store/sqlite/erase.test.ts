import { execFileSync } from 'node:child_process';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { orderId, seeded, usePlace } from '../../../testing/store/place.fixture.ts';

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
  expect(await store.scrub()).toBe(true);
  expect(leaks(), 'while the database is open').toBe('');
  await store.close();
  expect(leaks()).toBe('');
});

const ERASED_AT = '2026-11-24T05:00:00.000Z';

/** A customer with an address and a text, who has secrets in all of them. */
const withCustomer = async () => {
  const store = await place.open({ busyTimeoutMs: 200 });
  await store.write(async (tx) => {
    await tx.vault.putCustomer({ customerId: 'CUS-1', name: 'Zebedee Quux', phone: '010-7777-8888' });
    await tx.vault.putAddress(orderId(1), 'CUS-1', 'Nowhere Street 99');
    await tx.vault.putText('T1', orderId(1), 'ring at the blue door');
  });
  return store;
};

it('rows that SQLite has moved among pages leave nothing in the gaps', async () => {
  const store = await place.open();
  const random = seeded(7);
  const customers = Array.from({ length: 2_000 }, (_, n) => n).sort(() => random() - 0.5);
  for (const n of customers) {
    const long = 'k'.repeat(Math.floor(random() * 40));
    await store.write(async (tx) => {
      await tx.vault.putCustomer({
        customerId: `CUS-${n}`,
        name: `Zebedee Quux ${n}${long}`,
        phone: `010-${n}`,
      });
      await tx.vault.putAddress(orderId(n + 1), `CUS-${n}`, 'Nowhere Street 99');
    });
  }
  await store.write(async (tx) => {
    for (const n of customers) await tx.vault.erase(`CUS-${n}`, ERASED_AT);
  });
  await store.scrub();
  expect(leaks()).toBe('');
});

describe('while somebody reads an older state', () => {
  /** A connection of others that keeps reading what was there when it began. */
  const reader = (): Database.Database => {
    const other = new Database(place.file(), { readonly: true });
    other.exec('begin');
    other.prepare('select count(*) from customers').get();
    return other;
  };

  it('the erasure says so and is remembered; the next who opens the database finishes it', async () => {
    const store = await withCustomer();
    const other = reader();
    await store.write((tx) => tx.vault.erase('CUS-1', ERASED_AT));
    expect(await store.scrub(), 'not yet').toBe(false);
    expect(leaks()).toContain('Zebedee');
    const opened = await place.open();
    expect(await opened.read((tx) => tx.vault.customer('CUS-1')), 'open all the same').toMatchObject({
      name: '',
    });
    await opened.close();
    expect(leaks()).toContain('Zebedee');
    other.close();
    await place.open();
    expect(leaks()).toBe('');
    expect(await store.scrub()).toBe(true);
  });

  it('it waits a while for them to end', async () => {
    const store = await place.open({ busyTimeoutMs: 60_000 });
    await store.write((tx) =>
      tx.vault.putCustomer({ customerId: 'CUS-1', name: 'Zebedee Quux', phone: '1' }),
    );
    const other = reader();
    await store.write((tx) => tx.vault.erase('CUS-1', ERASED_AT));
    const scrubbed = store.scrub();
    await new Promise((resolve) => setImmediate(resolve));
    other.close();
    expect(await scrubbed).toBe(true);
    expect(leaks()).toBe('');
  });
});
