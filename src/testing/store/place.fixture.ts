import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach } from 'vitest';
import {
  type OpenStoreOptions,
  openStore,
  type SqliteStore,
} from '../../adapters/store/sqlite/open-store.ts';
import type { Tx } from '../../core/ports/store.ts';
import type { NewEvent } from '../../core/process/events.ts';

/** For the tests of this folder: everything they open is closed, and their files removed, after each test. */
export type Place = {
  readonly folder: () => string;
  readonly file: (name?: string) => string;
  readonly open: (options?: Partial<OpenStoreOptions>) => Promise<SqliteStore>;
  /** A connection that follows no rule of ours. */
  readonly raw: (path: string) => Database.Database;
  /** Has `close` called after the test. */
  readonly later: (close: () => unknown) => void;
};

export const usePlace = (): Place => {
  let folder: string | null = null;
  const closers: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
    if (folder !== null) rmSync(folder, { recursive: true });
    folder = null;
  });
  const here = (): string => {
    folder ??= mkdtempSync(join(tmpdir(), 'oss-store-'));
    return folder;
  };
  const file = (name = 'oss.db'): string => join(here(), name);
  return {
    folder: here,
    file,
    open: async (options = {}) => {
      const store = await openStore({ path: file(), mode: 'write', create: true, ...options });
      closers.push(store.close);
      return store;
    },
    raw: (path) => {
      const db = new Database(path);
      closers.push(() => db.close());
      return db;
    },
    later: (close) => {
      closers.push(close);
    },
  };
};

export const META = { at: '2026-11-24T05:00:00.000Z', actor: 'cs:kim' };

export const note = (textId: string): NewEvent => ({ type: 'NoteAdded', data: { textId } });

export const orderId = (n: number): string => `ORD-${String(n).padStart(6, '0')}`;

/** Appends to whatever version the order has. */
export const append = async (tx: Tx, id: string, ...events: readonly NewEvent[]): Promise<void> => {
  const { length } = await tx.events.load(id);
  await tx.events.append(id, length === 0 ? 'none' : length, events, META);
};

/** A seeded row of numbers in [0, 1): mulberry32. */
export const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};
