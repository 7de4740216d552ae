import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeskHome } from '../../src/testing/cli/desk.fixture.ts';
import type { Roll } from '../support/dice.ts';

/** One random call of a command, without `--dry-run` and `--json`. Legal or not: both must be told alike. */
type Ask = (roll: Roll, desk: DeskHome) => readonly string[];

const pick = <T>(roll: Roll, items: readonly T[]): T => {
  const item = items[roll(items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

/** The last ones may not be there. */
const id = (roll: Roll): string => String(1 + roll(14));
const when = (roll: Roll): string =>
  `2026-11-2${pick(roll, ['4', '5', '6'])} ${pick(roll, ['09:30', '10:00', '13:30', '15:00', '19:00'])}`;
const who = (roll: Roll): string => pick(roll, ['T-01', 'T-02', 'T-03', 'T-99']);
const perhaps = (roll: Roll, ...words: readonly string[]): readonly string[] => (roll(2) === 0 ? words : []);

const ORDER_HEAD = 'key,name,phone,address,internet,tv';
let files = 0;
const fileOf = (desk: DeskHome, text: string): string => {
  files += 1;
  const path = join(desk.home, `file-${files}.csv`);
  writeFileSync(path, text);
  return path;
};

/** By command; a command that changes something and is not here fails the test. */
export const ASKS: Readonly<Record<string, Ask>> = {
  'order new': (roll) => [
    ...['--name', '정하은', '--phone', `010-5577-815${roll(3)}`],
    ...['--address', `경기도 성남시 분당구 황새울로 ${roll(5)}`],
    ...['--internet', pick(roll, ['0', '1', '2', '11'])],
    ...perhaps(roll, '--tv', '1'),
    ...perhaps(roll, '--duplicate-ok'),
    ...perhaps(roll, '--key', `K-${roll(3)}`),
  ],
  'order amend': (roll) => [
    id(roll),
    ...perhaps(roll, '--tv', String(roll(3))),
    ...perhaps(roll, '--phone', `010-1111-222${roll(9)}`),
  ],
  'order cancel': (roll) => [
    id(roll),
    ...perhaps(roll, id(roll)),
    '--code',
    pick(roll, ['TEST', 'OTHER', 'NO_ACCESS']),
    '-y',
  ],
  'order note': (roll) => [id(roll), '--text', 'ring twice', ...perhaps(roll, '--key', `N-${roll(2)}`)],
  'schedule assign': (roll) => [
    id(roll),
    ...perhaps(roll, '--technician', who(roll)),
    ...perhaps(roll, '--at', when(roll)),
    ...perhaps(roll, pick(roll, ['--agreed', '--no-call'])),
    ...perhaps(roll, '--force', '--reason', 'because'),
  ],
  'schedule call': (roll) => [
    id(roll),
    ...perhaps(
      roll,
      '--outcome',
      ...pick(roll, [
        ['AGREED', '--at', when(roll)],
        ['CALLBACK', '--at', when(roll)],
        ['NO_ANSWER'],
        ['REFUSED'],
      ]),
    ),
  ],
  'schedule move': (roll) => [
    id(roll),
    ...pick(roll, [
      ['--at', when(roll), '--agreed'],
      ['--at', when(roll)],
      ['--technician', who(roll)],
      ['--technician', 'auto'],
    ]),
    ...['--code', 'TECHNICIAN_UNAVAILABLE'],
  ],
  'schedule unassign': (roll) => [id(roll), ...perhaps(roll, id(roll))],
  'schedule plan': (roll) => [...perhaps(roll, id(roll)), ...perhaps(roll, '--date', '2026-11-25'), '-y'],
  'technician off': (roll) => [
    who(roll),
    ...['--date', pick(roll, ['2026-11-24', '2026-11-25', '2026-11-24..2026-11-26'])],
    ...perhaps(roll, '--reassign', pick(roll, ['auto', 'none', who(roll)])),
  ],
  'technician on': (roll) => [
    who(roll),
    ...perhaps(roll, '--date', pick(roll, ['2026-11-25', '2026-11-24..2026-11-26'])),
  ],
  'technician import': (roll, desk) => [
    fileOf(
      desk,
      `id,name,phone,skills,areas,hours,dailyLimit\nT-03,김도윤,010-1234-567${roll(3)},${pick(roll, ['internet|tv', 'internet', 'gas'])},분당구,Mon-Fri 09:00-18:00,${1 + roll(4)}\n`,
    ),
  ],
  'area import': (roll, desk) => [
    fileOf(
      desk,
      pick(roll, [
        `area,lat,lon\n분당구,37.37,127.1\n강남구,37.49,127.0${roll(9)}\n`,
        `from,to,minutes\n분당구,강남구,${roll(90)}\n`,
        'area,lat,lon\n분당구,127.1,37.37\n',
      ]),
    ),
  ],
  'field start': (roll) => [id(roll)],
  'field complete': (roll) => [
    id(roll),
    ...['--ont', 'ABCD12345678', '--rx', pick(roll, ['-18.5', '-8', '-30'])],
    ...perhaps(roll, '--stb', 'STB0012345'),
    ...['--signed-by', '정하은'],
  ],
  'field correct': (roll) => [id(roll), '--rx', pick(roll, ['-19.2', '-40'])],
  'field return': (roll) => [id(roll), '--code', pick(roll, ['NO_FACILITY', 'NO_ACCESS']), '-y'],
  'field revisit': (roll) => [
    id(roll),
    '--code',
    pick(roll, ['NO_ACCESS', 'NETWORK_FAULT', 'WRONG_ADDRESS', 'WEATHER']),
  ],
  'fallout retry': (roll) => [
    ...pick(roll, [[id(roll)], ['--step', 'ActivateService'], [id(roll), id(roll)]]),
  ],
  'fallout done': (roll) => [id(roll), '--step', 'FieldVisit', '--reason', 'was mended'],
  'fallout waive': (roll) => [
    id(roll),
    '--step',
    'RevertService',
    '--reason',
    'the peer is gone',
    '--actor',
    'supervisor:kim',
  ],
  'batch run': (roll, desk) => [
    fileOf(
      desk,
      `${ORDER_HEAD}\n${Array.from({ length: 1 + roll(3) }, (_, i) => {
        const phone = pick(roll, ['010-3333-4444', '010-3333-4445', 'x']);
        return `B-${roll(6)}-${i},왕상철,${phone},경기도 성남시 분당구 판교로 ${roll(40)},${1 + roll(3)},0`;
      }).join('\n')}\n`,
    ),
    ...['--op', 'order.new'],
  ],
  'batch resume': () => ['last'],
  'batch retry': () => ['last'],
};
