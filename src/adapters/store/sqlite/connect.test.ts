import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { usePlace } from '../../../testing/store/place.fixture.ts';
import { connect, isSafeVersion } from './connect.ts';

const place = usePlace();

describe('a connection', () => {
  it.each([true, false])(
    'is at synchronous=FULL after the first query of a reopened log (readonly: %s)',
    async (readonly) => {
      const store = await place.open();
      await store.write((tx) => tx.events.nextOrderId());
      const bare = place.raw(place.file());
      bare.prepare('select count(*) from events').get();
      expect(bare.pragma('synchronous', { simple: true }), 'what the library does by itself').toBe(1);
      const db = connect(place.file(), { readonly, timeoutMs: 0 });
      db.prepare('select count(*) from events').get();
      expect(db.pragma('synchronous', { simple: true })).toBe(2);
      expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
      expect(db.pragma('secure_delete', { simple: true })).toBe(1);
    },
  );

  it.each([
    ['3.51.2', false],
    ['3.7.17', false],
    ['2.99.99', false],
    ['3.51.3', true],
    ['3.52.0', true],
    ['4.0.0', true],
  ])('SQLite %s is safe for several writing processes: %s', (version, safe) => {
    expect(isSafeVersion(version)).toBe(safe);
  });
});

describe('the sources of the store', () => {
  const store = join(import.meta.dirname, '..');
  const sources = readdirSync(store, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => [basename(name), readFileSync(join(store, name), 'utf8')] as const);

  it('open a database in one place only, which sets what durability needs', () => {
    expect(sources.filter(([, text]) => text.includes('new Database(')).map(([name]) => name)).toEqual([
      'connect.ts',
    ]);
  });

  it('never read a database file past SQLite, which would drop the locks of the process', () => {
    const risky = /\b(readFile|copyFile|createReadStream|node:sqlite|node:fs\/promises)/;
    expect(sources.filter(([, text]) => risky.test(text)).map(([name]) => name)).toEqual([]);
    const opening = sources.filter(([, text]) => /\bopenSync\(/.test(text)).map(([name]) => name);
    expect(opening, 'these open new or closed files only, or never close them').toEqual([
      'backup.ts',
      'database-file.ts',
      'disk-trouble.ts',
      'read-again.ts',
    ]);
  });
});
