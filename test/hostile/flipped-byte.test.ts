import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verify } from '../../src/adapters/store/sqlite/verify.ts';
import { Refusal } from '../../src/core/rules/refusal.ts';
import { HONG, type House, openHouse, TECHNICIANS } from '../acceptance/house.ts';
import { dice } from '../support/dice.ts';

const SEED = Number(process.env.OSS_LONG_SEED ?? 20_261_124);
/** Half of the places are cells of the table, half are bytes of the file. */
const EACH = Number(process.env.OSS_LONG_RUNS ?? 200) / 2;

let house: House;
let folder: string;
/** A closed database with the whole life of an order in it. */
let sound: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'oss-flip-'));
  house = openHouse();
  await house.json(['technician', 'import', TECHNICIANS]);
  for (const key of ['a', 'b']) {
    const { orderId } = await house.json(['order', 'new', ...HONG, '--duplicate-ok', '--key', key]);
    await house.oss(['schedule', 'assign', orderId, '--at', 'next']);
  }
  await house.oss(['order', 'cancel', '1', '--code', 'TEST', '-y']);
  sound = join(folder, 'sound.db');
  await house.oss(['db', 'backup', sound]);
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

/** How many problems are told of a file; one that cannot be opened at all is told too. */
const problemsOf = async (path: string): Promise<number> => {
  try {
    const { problems } = await verify(path, {});
    // That its triggers are gone is found too, and proves nothing of the byte.
    return problems.filter(({ problem }) => !problem.startsWith('schema-missing: trigger events_')).length;
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'configuration') return 1;
    throw error;
  }
};

test('nothing is wrong with it before', async () => {
  const { events, problems } = await verify(sound, {});
  expect(events).toBeGreaterThan(25);
  expect(problems).toEqual([]);
});

const COLUMNS = [
  'order_id',
  'version',
  'event_id',
  'type',
  'schema',
  'data',
  'at',
  'actor',
  'causation_id',
  'hash',
];

test(`a byte flipped in a cell of an event is found, ${EACH} places`, async () => {
  const roll = dice(SEED);
  const path = join(folder, 'cells.db');
  copyFileSync(sound, path);
  const db = new Database(path);
  for (const trigger of ['events_never_updated', 'events_never_deleted']) db.exec(`drop trigger ${trigger}`);
  const count = Number(db.prepare('select count(*) from events').pluck().get());
  let refused = 0;
  for (let place = 0; place < EACH; place += 1) {
    const position = 1 + roll(count);
    const column = COLUMNS[roll(COLUMNS.length)] ?? 'data';
    const where = `seed ${SEED}, place ${place}: ${column} of event ${position}`;
    const read = db.prepare<[number], { cell: Buffer | null; kind: string }>(
      `select cast(${column} as blob) as cell, typeof(${column}) as kind from events where position = ?`,
    );
    const before = read.get(position);
    if (before === undefined) throw new Error(where);
    // The first event of an order has no cause.
    const text = before.cell ?? Buffer.from('x');
    const cell = Buffer.from(text);
    const at = roll(cell.length);
    cell[at] = (cell[at] ?? 0) ^ (1 + roll(127));
    const write = db.prepare(
      `update events set ${column} = cast(cast(? as text) as ${before.kind === 'null' ? 'text' : before.kind}) where position = ?`,
    );
    try {
      write.run(cell.toString('latin1'), position);
    } catch (error) {
      // The table itself refuses what is double or of another type.
      expect(String(error), where).toMatch(/constraint|cannot store/i);
      refused += 1;
      continue;
    }
    expect(await problemsOf(path), where).toBeGreaterThan(0);
    write.run(before.cell === null ? null : before.cell.toString('utf8'), position);
  }
  expect(refused).toBeLessThan(EACH / 4);
  db.close();
  expect(await problemsOf(path)).toBe(0);
});

test(`a byte flipped in the file where an event lies is found, ${EACH} places`, async () => {
  const roll = dice(SEED + 1);
  const image = readFileSync(sound);
  const db = new Database(sound, { readonly: true });
  const rows = db.prepare<[], { data: string; hash: string; event_id: string }>('select * from events').all();
  db.close();
  const path = join(folder, 'file.db');
  let split = 0;
  for (let place = 0; place < EACH; place += 1) {
    const row = rows[roll(rows.length)];
    if (row === undefined) throw new Error('no events');
    // The payload and the hash stand together at the end of a row, the id is found twice: in the row and in its index.
    const text = [row.data, row.hash, row.event_id][roll(3)] ?? row.data;
    const begins = image.indexOf(text);
    // A payload that lies over two pages is not found as one piece.
    if (begins < 0) {
      split += 1;
      continue;
    }
    const at = begins + roll(Buffer.byteLength(text));
    const copy = Buffer.from(image);
    copy[at] = (copy[at] ?? 0) ^ (1 + roll(255));
    writeFileSync(path, copy);
    expect(await problemsOf(path), `seed ${SEED + 1}, place ${place}: byte ${at}`).toBeGreaterThan(0);
  }
  expect(split).toBeLessThan(EACH / 4);
});
