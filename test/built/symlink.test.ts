import { existsSync, lstatSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HONG, type House, openHouse, readLedger, TECHNICIANS } from '../acceptance/house.ts';

let house: House;
let real = '';
let link = '';
beforeEach(async () => {
  house = openHouse();
  mkdirSync(join(house.folder, 'disk'));
  mkdirSync(join(house.folder, 'desk'));
  real = join(house.folder, 'disk', 'shared.db');
  link = join(house.folder, 'desk', 'oss.db');
  await house.json(['db', 'init', '--db', real]);
  symlinkSync('../disk/shared.db', link);
});
afterEach(() => house.close());

const by = (path: string): readonly string[] => ['--db', path];

test('a database has one ledger and one set of files beside it, by whatever name it is opened', async () => {
  await house.json(['technician', 'import', TECHNICIANS, ...by(link)]);
  await house.json(['order', 'new', ...HONG, ...by(link)]);
  expect(readdirSync(join(house.folder, 'desk'))).toEqual(['oss.db']);
  expect(readLedger(`${real}.ledger`).live).toHaveLength(4);
  // Whoever opens it by its own name finds the network as the order says.
  await house.json(['order', 'cancel', '1', '--code', 'CUSTOMER_CHANGED_MIND', '-y', ...by(real)]);
  expect((await house.json(['status', '1', ...by(link)])).stage).toBe('cancelled');
  expect(readLedger(`${real}.ledger`).live).toEqual([]);
  expect(await house.json(['whoami', ...by(link)])).toMatchObject({ database: real });
});

test('a link to a database that is not there yet leads to where it will be', async () => {
  const later = join(house.folder, 'disk', 'later.db');
  const before = join(house.folder, 'desk', 'later.db');
  symlinkSync(later, before);
  await house.json(['db', 'init', ...by(before)]);
  await house.json(['order', 'new', ...HONG, ...by(before)]);
  expect(existsSync(`${later}.ledger`)).toBe(true);
  expect(lstatSync(before).isSymbolicLink()).toBe(true);
});

test('a restore brings back the database, not a file in place of the link', async () => {
  const file = join(house.folder, 'copy.db');
  await house.json(['db', 'backup', file, ...by(link)]);
  await house.json(['db', 'restore', file, '-y', ...by(link)]);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(lstatSync(real).isFile()).toBe(true);
});
