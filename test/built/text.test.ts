import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HONG, type House, openHouse, ROOT, TECHNICIANS } from '../acceptance/house.ts';
import { type OnTerminal, onTerminal } from '../support/on-terminal.ts';
import { OSS } from '../support/real-process.ts';

// The sources are right, say their own tests. These ask the program that users run: built, and loaded by bin/oss.
let house: House;
beforeAll(async () => {
  house = openHouse();
  await house.json(['technician', 'import', TECHNICIANS]);
  await house.json(['order', 'new', ...HONG]);
});
afterAll(() => house.close());

/** It is Monday 10:00 in Seoul, which is nine hours ahead. */
const TIMES: readonly (readonly [typed: string, start: string])[] = [
  ['내일 14:00', '2026-11-24T05:00:00.000Z'],
  ['모레 오전 10시', '2026-11-25T01:00:00.000Z'],
  ['오후 2시', '2026-11-23T05:00:00.000Z'],
  ['오후 2시 30분', '2026-11-23T05:30:00.000Z'],
  ['수요일 오후 3시 반', '2026-11-25T06:30:00.000Z'],
];

test.each(TIMES)('--at "%s"', async (typed, start) => {
  await house.json(['schedule', 'assign', '1', '--at', typed, '--no-call']);
  expect((await house.json(['status', '1'])).visit.start).toBe(start);
});

test('--date 수요일', async () => {
  const slots = await house.json(['schedule', 'slots', '1', '--date', '수요일']);
  expect(slots.items.map(({ start }: { start: string }) => start.slice(0, 10))).toContain('2026-11-25');
});

describe('a pick on a terminal', () => {
  let shown: OnTerminal;
  afterAll(() => shown.kill());

  test('is found by Korean initial consonants', async () => {
    shown = onTerminal(`node '${OSS}' field next`, house.env);
    await shown.sees(/T-01/);
    shown.type('ㅂㅅㅈ');
    await shown.sees(/ㅂㅅㅈ\s+❯ T-02 +박서진/);
    shown.type('\r');
    // Nobody has given T-02 a visit: what was picked is told, after the answer and not in the middle of it.
    expect((await shown.ended).seen).toMatch(/✔ [^\n]*T-02 [^\n]*\n[^\n]*error: [^\n]*T-02/);
  });
});

test('the program is ASCII: a single letter that is not makes V8 read all of it at two bytes a letter', () => {
  expect(readFileSync(join(ROOT, 'dist/oss.cjs'), 'latin1').match(/.{0,40}[^\0-\x7f].{0,40}/)).toBeNull();
});
