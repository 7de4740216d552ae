import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A transaction that is opened here: `store.read((tx) => …)`, `database.write(async ({ work }) => …)`. */
const TRANSACTION = /\.(?:read|write|rehearse)\(\s*(?:async\s*)?\(/;

const transactionsIn = (text: string): readonly number[] =>
  text.split('\n').flatMap((line, i) => (TRANSACTION.test(line) ? [i + 1] : []));

test.each([
  'const all = await store.read((tx) => tx.technicians.list());',
  'return database.write(async ({ audit }) => audit.add(row));',
  'await deps.store.rehearse(async (tx) => {',
])('the check finds %s', (line) => {
  expect(transactionsIn(line)).toEqual([1]);
});

test.each(['const text = await file.read();', 'await store.read(readBatch);', 'session.stdin.read()'])(
  'the check does not find %s',
  (line) => {
    expect(transactionsIn(line)).toEqual([]);
  },
);

test.each(['src/commands', 'src/faces'])('%s opens no transaction: a face asks a use case', (folder) => {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => /(?<!\.(?:test|fixture))\.ts$/.test(file));
  expect(files.length).toBeGreaterThan(10);
  const found = files.flatMap((file) =>
    transactionsIn(readFileSync(join(ROOT, file), 'utf8')).map((line) => `${file}:${line}`),
  );
  expect(found).toEqual([]);
});
