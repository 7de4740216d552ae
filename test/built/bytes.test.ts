import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HONG, type House, openHouse, TECHNICIANS } from '../acceptance/house.ts';
import { onTerminal } from '../support/on-terminal.ts';
import { OSS } from '../support/real-process.ts';

let house: House;
beforeAll(async () => {
  house = openHouse();
  await house.json(['technician', 'import', TECHNICIANS]);
  await house.json(['order', 'new', ...HONG]);
});
afterAll(() => house.close());

/** 홍길동 as an EUC-KR terminal or script sends it, for printf(1). */
const HONG_IN_EUC_KR = String.raw`\310\253\261\346\265\277`;

/** A line of shell with such bytes in `$n`. */
const sh = (line: string) => {
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-c', `n="$(printf '${HONG_IN_EUC_KR}')"; oss() { '${process.execPath}' '${OSS}' "$@"; }; ${line}`],
    { env: house.env, encoding: 'utf8' },
  );
  return { code: status, stdout, stderr };
};

test.each([
  ['oss order new --name "$n" --phone 010-1234-5678 --address "강남구 1" --internet 1 --tv 0', '--name'],
  ['oss order new --name="$n" --phone 010-1234-5678 --address "강남구 1" --internet 1 --tv 0', '--name'],
  ['oss order note 1 --text "x $n"', '--text'],
  ['oss order list --text "$n" --json', '--text'],
  ['oss status "$n"', 'word 2'],
  ['oss "$n"', 'word 1'],
  ['oss batch run "$n.csv" --op order.new', 'word 3'],
  ['OSS_ACTOR="cs:$n" oss status', 'OSS_ACTOR'],
])('%s: refused, not kept as something else', async (line, says) => {
  const head = await house.head();
  const { code, stdout, stderr } = sh(line);
  expect([code, stdout], stderr).toEqual([2, '']);
  expect(stderr).toContain(`${says} is not UTF-8`);
  expect(stderr).toContain('set the terminal to UTF-8 (LANG=ko_KR.UTF-8)');
  expect(await house.head()).toBe(head);
});

test('an answer in such bytes is asked again', async () => {
  const asked = onTerminal(`'${process.execPath}' '${OSS}' order new`, house.env);
  await asked.sees(/phone/i);
  asked.type('010-9876-5432\r');
  await asked.sees(/name/i);
  asked.type(Buffer.from([0xc8, 0xab, 0xb1, 0xe6, 0xb5, 0xbf]));
  asked.type('\r');
  await asked.sees(/not UTF-8/);
  asked.type('\u0003');
  expect(await asked.ended).toMatchObject({ code: 130 });
});
