import type { FileFault } from '../codes/file-fault.ts';
import { isDate } from '../time/iso.ts';
import { assertNever } from '../values/assert-never.ts';
import { cleanName } from '../values/clean-text.ts';
import { parseCount } from '../values/counts.ts';
import { withoutInvisible } from '../values/invisible.ts';
import { narrow, withHyphens } from '../values/narrow.ts';
import { nearest } from '../values/nearest.ts';
import { parsePersonName } from '../values/person-name.ts';
import { parsePhone } from '../values/phone.ts';
import type { Skill, Technician } from './technician.ts';
import { parseHours } from './working-hours.ts';

/** The columns of a technicians' file, in order. `base`, `daysOff` and `active` may be left out. */
export const TECHNICIAN_COLUMNS = [
  'id',
  'name',
  'phone',
  'skills',
  'areas',
  'base',
  'hours',
  'daysOff',
  'dailyLimit',
  'active',
] as const;

type Column = (typeof TECHNICIAN_COLUMNS)[number];
const OPTIONAL: readonly Column[] = ['base', 'daysOff', 'active'];
const SKILLS: readonly Skill[] = ['internet', 'tv'];
const MAX_DAILY_LIMIT = 50;
const MAX_AREA_CHARS = 50;
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/;

export type FileRow = { readonly line: number; readonly record: Readonly<Record<string, string>> };

/** What is wrong in a file, and where. */
export type FileError = { readonly line: number; readonly field: string; readonly reason: FileFault };

/** `lineOf`: where each technician stands, by id. */
export type TechnicianRows = {
  readonly technicians: readonly Technician[];
  readonly errors: readonly FileError[];
  readonly lineOf: ReadonlyMap<string, number>;
};

/** All technicians of a file, or everything that is wrong with it. */
export const parseTechnicians = (rows: readonly FileRow[]): TechnicianRows => {
  const errors: FileError[] = [];
  const technicians: Technician[] = [];
  const lineOfId = new Map<string, number>();
  const [first] = rows;
  if (first !== undefined) errors.push(...unknownColumns(Object.keys(first.record), first.line));
  for (const { line, record } of rows) {
    const problems: Problem[] = [];
    const technician = readTechnician(record, problems);
    const earlier = lineOfId.get(technician.technicianId);
    if (earlier !== undefined) problems.push({ field: 'id', reason: { code: 'SAME_AS', line: earlier } });
    else if (technician.technicianId !== '') lineOfId.set(technician.technicianId, line);
    if (problems.length === 0) technicians.push(technician);
    errors.push(...problems.map((problem) => ({ line, ...problem })));
  }
  return { technicians, errors, lineOf: lineOfId };
};

type Problem = { readonly field: string; readonly reason: FileFault };

/** What is wrong with a header that no row stands under: only by it does such a file differ from any other text. */
export const headerErrors = (columns: readonly string[]): readonly FileError[] => [
  ...unknownColumns(columns, 0),
  ...TECHNICIAN_COLUMNS.filter((column) => !OPTIONAL.includes(column) && !columns.includes(column)).map(
    (field) => ({ line: 0, field, reason: { code: 'MISSING' } as const }),
  ),
];

const unknownColumns = (columns: readonly string[], line: number): readonly FileError[] =>
  columns
    .filter((name) => !TECHNICIAN_COLUMNS.some((column) => column === name))
    .map((field) => {
      const meant = nearest(field, TECHNICIAN_COLUMNS);
      return { line, field, reason: { code: 'NO_SUCH_COLUMN', meant } };
    });

/** What a cell is not; its text is added. */
type Wrong =
  | {
      readonly code:
        | 'NOT_AN_ID'
        | 'NOT_A_NAME'
        | 'NOT_A_PHONE'
        | 'NOT_SKILLS'
        | 'NOT_AREAS'
        | 'NOT_AN_AREA'
        | 'NOT_DATES'
        | 'NOT_TRUE_OR_FALSE';
    }
  | { readonly code: 'NOT_IN_RANGE'; readonly min: number; readonly max: number };

const readTechnician = (record: FileRow['record'], problems: Problem[]): Technician => {
  const cell = (column: Column): string => {
    const text = Object.hasOwn(record, column) ? readable(column, record[column] ?? '').trim() : '';
    if (text === '' && !OPTIONAL.includes(column))
      problems.push({ field: column, reason: { code: 'MISSING' } });
    return text;
  };
  /** Reads a cell that is not empty; null: the reason is noted and the fallback taken. */
  const read = <T>(column: Column, parse: (text: string) => T | null, fallback: T, wrong: Wrong): T => {
    const text = cell(column);
    if (text === '') return fallback;
    const value = parse(text);
    if (value === null) problems.push({ field: column, reason: { ...wrong, text: text.slice(0, 40) } });
    return value ?? fallback;
  };
  const hours = (text: string): Technician['hours'] => {
    if (text === '') return {};
    const parsed = parseHours(text);
    if (parsed.ok) return parsed.hours;
    problems.push({ field: 'hours', reason: parsed.reason });
    return {};
  };
  return {
    technicianId: read('id', (text) => (ID.test(text) ? text : null), '', { code: 'NOT_AN_ID' }),
    name: read('name', parsePersonName, '', { code: 'NOT_A_NAME' }),
    phone: read('phone', parsePhone, '', { code: 'NOT_A_PHONE' }),
    skills: read('skills', parseSkills, [], { code: 'NOT_SKILLS' }),
    areas: read('areas', parseAreas, [], { code: 'NOT_AREAS' }),
    base: read('base', (text) => cleanName(text, MAX_AREA_CHARS), null, { code: 'NOT_AN_AREA' }),
    hours: hours(cell('hours')),
    daysOff: read('daysOff', parseDates, [], { code: 'NOT_DATES' }),
    dailyLimit: read('dailyLimit', (text) => parseCount(text, { min: 1, max: MAX_DAILY_LIMIT }), 1, {
      code: 'NOT_IN_RANGE',
      min: 1,
      max: MAX_DAILY_LIMIT,
    }),
    active: read('active', parseActive, true, { code: 'NOT_TRUE_OR_FALSE' }),
  };
};

/** Names as they are; places without invisible characters; all else as a keyboard writes it. */
const readable = (column: Column, text: string): string => {
  switch (column) {
    case 'name':
      return text;
    case 'areas':
    case 'base':
      return withoutInvisible(text);
    case 'id':
    case 'phone':
    case 'skills':
    case 'hours':
    case 'daysOff':
    case 'dailyLimit':
    case 'active':
      return withHyphens(narrow(text));
    default:
      return assertNever(column);
  }
};

const partsOf = (text: string): readonly string[] => text.split('|').map((part) => part.trim());

const parseSkills = (text: string): readonly Skill[] | null => {
  const given = partsOf(text.toLowerCase());
  const known = SKILLS.filter((skill) => given.includes(skill));
  return given.every((part) => SKILLS.some((skill) => skill === part)) ? known : null;
};

const parseAreas = (text: string): readonly string[] | null => {
  const areas = partsOf(text).map((area) => cleanName(area, MAX_AREA_CHARS));
  const clean = areas.filter((area) => area !== null);
  return clean.length === areas.length ? [...new Set(clean)] : null;
};

const parseDates = (text: string): readonly string[] | null => {
  const dates = partsOf(text);
  return dates.every(isDate) ? [...new Set(dates)].sort() : null;
};

const parseActive = (text: string): boolean | null => {
  if (text.toLowerCase() === 'true') return true;
  return text.toLowerCase() === 'false' ? false : null;
};
