import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CliRun, runCli } from '../../src/testing/cli/run-cli.ts';
import { type House, openHouse } from '../acceptance/house.ts';

/** Signs that nobody sees, and two that cross out. */
const SIGNS = ['\u3164', '\u200b', '\u202e', '\u2066', '\u2800', '\uffa0', '\u{e0041}', '\u0336', '\u20e0'];
const UNSEEN = SIGNS.slice(0, 7).join('');

let house: House;
beforeEach(() => {
  house = openHouse();
});
afterEach(() => house.close());

const oss = async (line: readonly string[], exit: number): Promise<CliRun> => {
  const ran = await runCli(line, { env: house.env });
  expect([line.join(' '), ran.exitCode, ran.stderr]).toEqual([line.join(' '), exit, ran.stderr]);
  return ran;
};
const fileOf = (name: string, ...lines: readonly string[]): string => {
  const path = join(house.folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
};

/** `table: sign` of every such sign that is kept anywhere. */
const kept = (): readonly string[] => {
  const db = new Database(join(house.folder, 'oss.db'), { readonly: true });
  try {
    const tables = db
      .prepare("select name from sqlite_schema where type = 'table'")
      .pluck()
      .all()
      .map(String);
    return tables.flatMap((table) => {
      const rows = JSON.stringify(db.prepare(`select * from ${table}`).all());
      return SIGNS.filter((sign) => rows.includes(sign)).map((sign) => `${table}: ${JSON.stringify(sign)}`);
    });
  } finally {
    db.close();
  }
};

const orderWith = (name: string, address: string, ...more: readonly string[]): readonly string[] => [
  ...['order', 'new', '--name', name, '--phone', '010-1234-5678', '--address', address, '--internet', '1'],
  ...more,
];
const HEAD = 'id,name,phone,skills,areas,base,hours,daysOff,dailyLimit';
const technician = (name: string, area: string): string =>
  fileOf('t.csv', HEAD, `T-01,${name},010-9764-2471,internet|tv,${area},${area},Mon-Sat 09:00-18:00,,50`);

test('signs that nobody sees are kept of no name, by whichever door it comes in', {
  timeout: 120_000,
}, async () => {
  await oss(['technician', 'import', technician(`이${UNSEEN}준호`, `강남${UNSEEN}구`)], 0);
  await oss(['area', 'import', fileOf('a.csv', 'area,lat,lon', `강남${UNSEEN}구,37.5,127.06`)], 0);
  await oss(orderWith(`홍${UNSEEN}길동`, `강남구${UNSEEN} 역삼로 1`, '--area', `강남${UNSEEN}구`), 0);
  const rows = ['key,name,phone,address,internet', `k1,김${UNSEEN}솔,010-2345-6789,${UNSEEN}강남구 2,1`];
  await oss(['batch', 'run', fileOf('o.csv', ...rows), '--op', 'order.new', '-y'], 0);
  expect(kept()).toEqual([]);
  const { stdout } = await oss(['customer', 'show', 'CUS-000001', '--show-pii', '--json'], 0);
  expect(JSON.parse(stdout)).toMatchObject({ name: '홍길동', orders: [{ address: '강남구 역삼로 1' }] });
  const listed = await oss(['technician', 'list', '--json'], 0);
  expect(JSON.parse(listed.stdout).items[0]).toMatchObject({ areas: ['강남구'] });
});

test('a name of which nothing is seen, or that is crossed out, is refused at every door', {
  timeout: 120_000,
}, async () => {
  await oss(['technician', 'import', technician('이준호', '강남구')], 0);
  for (const bad of [UNSEEN, '홍\u0336길\u0336동', `홍${'\u0301'.repeat(40)}길동`]) {
    await oss(orderWith(bad, '강남구 역삼로 1'), 2);
    await oss(orderWith('홍길동', bad), 2);
    await oss(orderWith('홍길동', '강남구 역삼로 1', '--area', UNSEEN), 2);
    await oss(['technician', 'import', technician(bad, '강남구')], 65);
    await oss(['technician', 'import', technician('이준호', bad)], 65);
    await oss(['area', 'import', fileOf('a.csv', 'area,lat,lon', `${bad},37.5,127.06`)], 65);
    const rows = ['key,name,phone,address,internet', `k1,${bad},010-2345-6789,강남구 2,1`];
    await oss(['batch', 'run', fileOf('o.csv', ...rows), '--op', 'order.new', '-y'], 65);
  }
  await oss(['order', 'list', '--actor', `cs:${UNSEEN}`], 2);
  expect(kept()).toEqual([]);
  const { stdout } = await oss(['order', 'list', '--json'], 0);
  expect(JSON.parse(stdout).items).toEqual([]);
});
