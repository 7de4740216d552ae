import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { append, note, orderId, usePlace } from '../../../testing/store/place.fixture.ts';
import { openFiles } from './open-files.ts';

const place = usePlace();
const A = orderId(1);
const SUFFIXES = ['', '-wal', '-shm'] as const;

const put = (file: string): void => copyFileSync(file, `${file}.copy`);
const replace = (file: string): void => {
  put(file);
  renameSync(`${file}.copy`, file);
};

const opened = async () => {
  const store = await place.open();
  await store.write((tx) => append(tx, A, note('T1')));
  return { store, path: place.file() };
};

describe('the files of an open database', () => {
  it.each(SUFFIXES)('are the same, gone, or others: %s', async (suffix) => {
    const { path } = await opened();
    const files = openFiles(path);
    expect(files.now()).toEqual({ kind: 'same' });
    const file = `${path}${suffix}`;
    rmSync(file);
    expect(files.now()).toEqual({ kind: 'gone', file });
    copyFileSync(`${path}${suffix === '' ? '-wal' : ''}`, file);
    expect(files.now()).toEqual({ kind: 'other', file });
  });

  it.each(SUFFIXES)(
    'deleted or replaced (%s): a write is refused before it is acknowledged',
    async (suffix) => {
      const { store, path } = await opened();
      const file = `${path}${suffix}`;
      replace(file);
      const refused = { code: 'DATABASE_REPLACED', kind: 'configuration', detail: { database: path, file } };
      await expect(store.write((tx) => append(tx, A, note('T2')))).rejects.toMatchObject(refused);
      rmSync(file);
      await expect(store.write((tx) => append(tx, A, note('T3')))).rejects.toMatchObject(refused);
      await expect(store.changes(new AbortController().signal)).rejects.toMatchObject(refused);
    },
  );

  it('a log that was deleted and that nobody made anew is emptied into the database when it is closed', async () => {
    const { store, path } = await opened();
    rmSync(`${path}-wal`);
    await expect(store.write((tx) => append(tx, A, note('T2')))).rejects.toMatchObject({
      code: 'DATABASE_REPLACED',
    });
    await store.close();
    const again = await place.open();
    expect(await again.read((tx) => tx.events.load(A)), 'what was acknowledged before').toHaveLength(1);
  });

  it.each(['-wal', '-shm'] as const)(
    'another %s is left as it is when the store is closed',
    async (suffix) => {
      const { store, path } = await opened();
      replace(`${path}${suffix}`);
      await store.close();
      expect(existsSync(`${path}-wal`), 'the log that others write to').toBe(true);
    },
  );
});
