import { describe, expect, it } from 'vitest';
import { place } from '../../../testing/cli/sample-commands.ts';
import { ENGLISH } from '../../../texts/catalogue.ts';
import type { FlagSpec } from './descriptor.ts';
import { checkInput, InputError } from './input.ts';
import { parseValue } from './values.ts';

const env = { now: Date.UTC(2026, 10, 24, 5), tz: 'Asia/Seoul', expected: ENGLISH.expected };

describe('checkInput', () => {
  it('gives values, defaults and lists', () => {
    const check = checkInput(
      place,
      {
        args: { ids: ['42', '#7'] },
        flags: { name: ['Kim'], count: ['2'], tags: ['a,b', 'c'], at: ['14:30'] },
      },
      env,
    );
    expect(check).toMatchObject({
      ok: true,
      input: {
        args: { ids: ['ORD-000042', 'ORD-000007'] },
        flags: { name: 'Kim', count: 2, limit: 5, tags: ['a', 'b', 'c'], noCall: false, colour: undefined },
        change: { wait: undefined, ifVersion: undefined, key: undefined, dryRun: false },
      },
    });
    expect(check.ok && check.input.flags.at).toBe(Date.UTC(2026, 10, 24, 5, 30));
  });

  it('lists everything that is missing or wrong at once', () => {
    const check = checkInput(place, { args: { ids: ['x'] }, flags: { rx: ['18.5'], colour: ['gren'] } }, env);
    if (check.ok) throw new Error('accepted');
    const { refusals } = new InputError(place, check.problems);
    expect(refusals.map(({ code, detail }) => [code, 'flag' in detail ? detail.flag : null])).toEqual([
      ['BAD_VALUE', '<ids>'],
      ['BAD_VALUE', '--rx'],
      ['BAD_VALUE', '--colour'],
      ['MISSING_FLAGS', null],
    ]);
    expect(refusals.at(-1)?.detail).toMatchObject({
      needs: [
        { code: 'PART', name: '--name NAME' },
        { code: 'PART', name: '--count N' },
      ],
      example: place.examples[0]?.line,
    });
    expect(refusals[2]?.detail).toMatchObject({
      expected: { code: 'IN_WORDS', text: 'one of red, green (did you mean green?)' },
    });
  });
});

const COUNT: FlagSpec = { type: 'integer', min: 0, max: 10, summary: '' };
const NAME: FlagSpec = { type: 'name', summary: '' };

describe('parseValue', () => {
  it.each<[FlagSpec, string, unknown]>([
    [COUNT, '0', 0],
    [COUNT, '10', 10],
    [COUNT, '2.0', 2],
    [COUNT, '１', 1],
    [COUNT, ' 2\u200b', 2],
    [{ type: 'number', min: -27, max: -8, summary: '' }, '\u221218.5', -18.5],
    [{ type: 'number', min: -27, max: -8, summary: '' }, '－１８．５', -18.5],
    [{ type: 'time', summary: '' }, '내일\u00a014：00'.normalize('NFD'), Date.UTC(2026, 10, 25, 5)],
    [{ type: 'order-id', summary: '' }, '＃４２\u200b', 'ORD-000042'],
    [{ type: 'id', summary: '' }, '\u200bT-01 ', 'T-01'],
    [{ type: 'text', summary: '' }, '２층', '２층'],
    [{ type: 'number', min: -27, max: -8, summary: '' }, '-18.5', -18.5],
    [NAME, ' 홍길동 '.normalize('NFD'), '홍길동'],
    [{ type: 'phone', summary: '' }, '01012345678', '010-1234-5678'],
    [{ type: 'duration', summary: '' }, '1h30m', 5_400_000],
    [{ type: 'date', summary: '' }, 'tomorrow', '2026-11-25'],
    [{ type: 'dates', summary: '' }, '2026-11-24..2026-11-26', { from: '2026-11-24', to: '2026-11-26' }],
    [{ type: 'order-id', summary: '' }, 'ord-42', 'ORD-000042'],
    [{ type: 'choice', choices: ['NO_ACCESS'], summary: '' }, 'no_access', 'NO_ACCESS'],
    [{ type: 'lines', summary: '' }, 'a\nb', 'a\nb'],
  ])('%j reads %j', (spec, text, value) => {
    expect(parseValue(spec, text, env)).toEqual({ ok: true, value });
  });

  it.each<[FlagSpec, string]>([
    ...['-1', '11', '1.5', '1e309', '1e1', '', ' ', '0x1', '+1', 'NaN', '٣', '01', '--'].map(
      (text): [FlagSpec, string] => [COUNT, text],
    ),
    ...['', '   ', 'x'.repeat(1_000_000), '--json', 'a\u0000b'].map((text): [FlagSpec, string] => [
      NAME,
      text,
    ]),
    [{ type: 'text', summary: '' }, 'a\nb'],
    [{ type: 'text', summary: '' }, '\t '],
    [{ type: 'phone', summary: '' }, 'none'],
    [{ type: 'phone', summary: '' }, '123'],
    [{ type: 'time', summary: '' }, 'whenever'],
    [{ type: 'time', summary: '' }, '2026-02-30 10:00'],
    [{ type: 'date', summary: '' }, '2026-11-24..2026-11-26'],
    [{ type: 'dates', summary: '' }, '2026-11-26..2026-11-24'],
    [{ type: 'duration', summary: '' }, '-5s'],
    [{ type: 'order-id', summary: '' }, '0'],
    [{ type: 'order-id', summary: '' }, 'CUS-1'],
    [{ type: 'id', summary: '' }, 'a b'],
    [{ type: 'list', summary: '' }, 'a,,b'],
    [{ type: 'list', choices: ['a'], summary: '' }, 'a,b'],
    [{ type: 'number', summary: '' }, '1e5'],
  ])('%j refuses %j', (spec, text) => {
    expect(parseValue(spec, text, env).ok).toBe(false);
  });

  it('says a skipped time is none', () => {
    const parsed = parseValue({ type: 'time', summary: '' }, '2026-03-08 02:30', {
      ...env,
      tz: 'America/New_York',
    });
    expect(parsed).toEqual({ ok: false, expected: ENGLISH.expected.timeGap });
  });
});
