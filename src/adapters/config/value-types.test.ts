import { describe, expect, test } from 'vitest';
import {
  actor,
  choice,
  daySpan,
  flag,
  instant,
  integer,
  list,
  text,
  url,
  type ValueType,
  zone,
} from './value-types.ts';

const cases: readonly [
  name: string,
  type: ValueType<unknown>,
  good: readonly [unknown, unknown][],
  bad: readonly unknown[],
][] = [
  [
    'integer',
    integer(1, 100),
    [
      ['1', 1],
      [100, 100],
      [' 7 ', 7],
    ],
    ['0', '101', '-1', '1.5', '1e309', '', '  ', 1.5, Number.NaN, true, null, [], {}],
  ],
  [
    'flag',
    flag,
    [
      ['true', true],
      ['OFF', false],
      [true, true],
      ['1', true],
    ],
    ['maybe', '', 1, null],
  ],
  ['choice', choice('en', 'ko'), [['ko', 'ko']], ['fr', 'KO', '', 1]],
  ['text', text({ code: 'PATH' }), [[' a b ', 'a b']], ['', '   ', 'a\u0000b', 'a\nb', 'x'.repeat(2_001), 5]],
  [
    'list',
    list({ code: 'AREAS' }),
    [
      ['강남구, 마포구', ['강남구', '마포구']],
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
      [[], []],
    ],
    ['', 'a,,b', [1], [''], 7],
  ],
  [
    'url',
    url,
    [
      ['http://127.0.0.1:8701/a/v4/', 'http://127.0.0.1:8701/a/v4'],
      ['https://ne.example', 'https://ne.example'],
    ],
    ['file:///etc/passwd', 'http://u:p@h/', 'ne.example', 'http://h/?q=1', 'http://h/#x', '', 'http://'],
  ],
  [
    'daySpan',
    daySpan,
    [
      ['09:00-20:00', { from: 540, to: 1200 }],
      ['9:30 - 24:00', { from: 570, to: 1440 }],
    ],
    ['20:00-09:00', '09:00', '09:60-10:00', '09:00-24:01', '09:00-10:00-11:00', '', 900],
  ],
  [
    'zone',
    zone,
    [
      ['Asia/Seoul', 'Asia/Seoul'],
      ['UTC', 'UTC'],
    ],
    ['Mars/Base', '+09:00', '', 9],
  ],
  [
    'actor',
    actor,
    [
      ['cs:kim', 'cs:kim'],
      ['technician:T-01', 'technician:T-01'],
    ],
    ['kim', 'boss:kim', 'cs:', 'cs: kim', 'cs:a\u001b[31m', ''],
  ],
  [
    'instant',
    instant,
    [
      ['2026-11-24T09:00:00+09:00', '2026-11-24T00:00:00.000Z'],
      ['2026-11-24T00:00Z', '2026-11-24T00:00:00.000Z'],
      ['2024-02-29T00:00:00.5Z', '2024-02-29T00:00:00.500Z'],
    ],
    ['2026-11-24', '2026-11-24T09:00:00', '2026-02-30T00:00:00Z', '2026-11-24T25:00:00Z', 'tomorrow', ''],
  ],
];

describe.each(cases)('%s', (_name, type, good, bad) => {
  test.each(good)('reads %j', (raw, value) => {
    expect(type.read(raw)).toEqual(value);
  });
  test.each(bad.map((raw) => [raw]))('refuses %j', (raw) => {
    expect(type.read(raw)).toBeUndefined();
  });
});
