import { describe, expect, test } from 'vitest';
import type { Technician } from './technician.ts';
import { parseTechnicians, TECHNICIAN_COLUMNS } from './technician-file.ts';
import { hoursText } from './working-hours.ts';

const GOOD = {
  id: 'T-05',
  name: '정유진',
  phone: '01067279593',
  skills: 'tv|internet',
  areas: '수원시 영통구|강남구',
  base: '수원시 영통구',
  hours: 'Mon-Sat 09:00-18:00',
  daysOff: '2026-12-25|2026-12-24|2026-12-25',
  dailyLimit: '5',
};

const read = (...records: readonly Record<string, string>[]) =>
  parseTechnicians(records.map((record, i) => ({ line: i + 2, record })));

/** The row of a technician, as `parseTechnicians` reads it back. */
const technicianRecord = (technician: Technician): Readonly<Record<string, string>> => ({
  id: technician.technicianId,
  name: technician.name,
  phone: technician.phone,
  skills: technician.skills.join('|'),
  areas: technician.areas.join('|'),
  base: technician.base ?? '',
  hours: hoursText(technician.hours),
  daysOff: technician.daysOff.join('|'),
  dailyLimit: String(technician.dailyLimit),
  active: String(technician.active),
});

test('a row as spreadsheets and messengers write it is the same', () => {
  const written = {
    ...{ id: `\u200b${GOOD.id}`, skills: 'ＴＶ|internet\u00a0', areas: '수원시\u00a0영통구\u200b|강남구' },
    ...{ hours: 'Mon–Sat ０９：００–18:00', daysOff: '2026‑12‑25|2026-12-24|2026-12-25', dailyLimit: '５.0' },
  };
  expect(read({ ...GOOD, ...written })).toEqual(read(GOOD));
});

test('a row becomes a technician, and a technician the same row again', () => {
  const { technicians, errors } = read(GOOD);
  expect(errors).toEqual([]);
  const [technician] = technicians;
  expect(technician).toEqual({
    technicianId: 'T-05',
    name: '정유진',
    phone: '010-6727-9593',
    skills: ['internet', 'tv'],
    areas: ['수원시 영통구', '강남구'],
    base: '수원시 영통구',
    hours: Object.fromEntries([1, 2, 3, 4, 5, 6].map((day) => [day, { from: 540, to: 1080 }])),
    daysOff: ['2026-12-24', '2026-12-25'],
    dailyLimit: 5,
    active: true,
  });
  const record = technician === undefined ? {} : technicianRecord(technician);
  expect(Object.keys(record)).toEqual([...TECHNICIAN_COLUMNS]);
  expect(record).toMatchObject({ hours: 'Mon-Sat 09:00-18:00', active: 'true', skills: 'internet|tv' });
  expect(read(record)).toMatchObject({ technicians, errors: [] });
});

describe('one wrong cell is told with line, field and reason', () => {
  test.each([
    ['id', 'T 05', { code: 'NOT_AN_ID' }],
    ['name', 'a\u0000b', { code: 'NOT_A_NAME' }],
    ['phone', '12', { code: 'NOT_A_PHONE' }],
    ['skills', 'internet|radio', { code: 'NOT_SKILLS' }],
    ['skills', '|', { code: 'NOT_SKILLS' }],
    ['areas', '강남구||마포구', { code: 'NOT_AREAS' }],
    ['hours', 'always', { code: 'NOT_HOURS' }],
    ['daysOff', '2026-02-30', { code: 'NOT_DATES' }],
    ['daysOff', '25.12.2026', { code: 'NOT_DATES' }],
    ['dailyLimit', '0', { code: 'NOT_IN_RANGE', min: 1, max: 50 }],
    ['dailyLimit', '1.5', { code: 'NOT_IN_RANGE', min: 1, max: 50 }],
    ['active', 'maybe', { code: 'NOT_TRUE_OR_FALSE' }],
  ])('%s %j', (field, value, reason) => {
    const { technicians, errors } = read({ ...GOOD, [field]: value });
    expect(technicians).toEqual([]);
    expect(errors).toEqual([{ line: 2, field, reason: { ...reason, text: value } }]);
  });
});

test('everything that is wrong is told at once, and the good rows are read', () => {
  const { technicians, errors } = read({}, { ...GOOD, id: 'T-1' }, { ...GOOD, id: 'T-1', phone: 'x' });
  expect(technicians.map((technician) => technician.technicianId)).toEqual(['T-1']);
  const missing = ['id', 'name', 'phone', 'skills', 'areas', 'hours', 'dailyLimit'];
  expect(
    errors
      .filter((error) => error.line === 2)
      .map((error) => error.field)
      .sort(),
  ).toEqual([...missing].sort());
  expect(errors.filter((error) => error.line === 4)).toEqual([
    { line: 4, field: 'phone', reason: { code: 'NOT_A_PHONE', text: 'x' } },
    { line: 4, field: 'id', reason: { code: 'SAME_AS', line: 3 } },
  ]);
});

test('an unknown column is told once, with what was meant', () => {
  const { errors } = read({ ...GOOD, skils: 'x' }, { ...GOOD, id: 'T-06', skils: 'x' });
  expect(errors).toEqual([{ line: 2, field: 'skils', reason: { code: 'NO_SUCH_COLUMN', meant: 'skills' } }]);
});

test('cells of the prototype are no cells', () => {
  expect(read(Object.create({ id: 'T-1' })).errors.map((error) => error.field)).toContain('id');
});
