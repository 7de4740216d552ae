import type { FileFault } from '../codes/file-fault.ts';
import type { FileError, FileRow } from '../technicians/technician-file.ts';
import { cleanName } from '../values/clean-text.ts';
import { parseCount } from '../values/counts.ts';
import { withoutInvisible } from '../values/invisible.ts';
import { nearest } from '../values/nearest.ts';
import type { AreaPlace, Leg } from './travel-data.ts';

/** The columns of a file of places; `group` may be left out. */
export const PLACE_COLUMNS = ['area', 'lat', 'lon', 'group'] as const;
/** The columns of a matrix. */
export const MATRIX_COLUMNS = ['from', 'to', 'minutes'] as const;

/** A file with more rows than this is none of ours: all municipalities of a country are a few hundred. */
export const MOST_ROWS = 250_000;
const MAX_AREA_CHARS = 50;
const DAY_MINUTES = 1_440;

export type AreaFileRows =
  | {
      readonly kind: 'places';
      readonly rows: readonly AreaPlace[];
      /** Rows far outside of the box that most of the others lie in: a person decides. */
      readonly far: readonly { readonly line: number; readonly place: AreaPlace }[];
    }
  | { readonly kind: 'matrix'; readonly rows: readonly Leg[] };

export type ParsedAreas = { readonly file: AreaFileRows; readonly errors: readonly FileError[] };

/** All rows of a file of places or of a matrix, as its columns show, or everything that is wrong with it. */
export const parseAreas = (columns: readonly string[], rows: readonly FileRow[]): ParsedAreas => {
  const isMatrix = MATRIX_COLUMNS.some((column) => columns.includes(column));
  const wanted: readonly string[] = isMatrix ? MATRIX_COLUMNS : PLACE_COLUMNS;
  const header = headerErrors(columns, wanted);
  const tooMany: readonly FileError[] =
    rows.length > MOST_ROWS
      ? [{ line: 0, field: '', reason: { code: 'TOO_MANY_ROWS', most: MOST_ROWS } }]
      : rows.length === 0 && header.length === 0
        ? [{ line: 0, field: '', reason: { code: 'NO_ROWS' } }]
        : [];
  const before = [...header, ...tooMany];
  if (before.length > 0) {
    return { file: { kind: 'matrix', rows: [] }, errors: before };
  }
  return isMatrix ? parseMatrix(rows) : parsePlaces(rows);
};

const headerErrors = (columns: readonly string[], wanted: readonly string[]): readonly FileError[] => [
  ...columns
    .filter((column) => !wanted.includes(column))
    .map((field): FileError => {
      const meant = nearest(field, wanted);
      return { line: 1, field, reason: { code: 'NO_SUCH_COLUMN', meant } };
    }),
  ...wanted
    .filter((column) => column !== 'group' && !columns.includes(column))
    .map((field): FileError => ({ line: 1, field, reason: { code: 'MISSING' } })),
];

type Cell = { readonly text: string; readonly wrong: (reason: FileFault) => void };

/** Reads the cells of one row; what is wrong is noted. */
const rowReader =
  ({ line, record }: FileRow, errors: FileError[]) =>
  (field: string): Cell => {
    const text = withoutInvisible(record[field] ?? '').trim();
    const wrong = (reason: FileFault): void => {
      errors.push({ line, field, reason });
    };
    if (text === '' && field !== 'group') wrong({ code: 'MISSING' });
    return { text, wrong };
  };

const readArea = ({ text, wrong }: Cell): string => {
  const area = cleanName(text, MAX_AREA_CHARS);
  if (text !== '' && area === null) wrong({ code: 'NOT_AN_AREA', text: text.slice(0, 40) });
  return area ?? '';
};

const DEGREES = /^[+-]?\d{1,3}(\.\d{1,12})?$/;

const readDegrees = ({ text, wrong }: Cell, most: 90 | 180): number => {
  const degrees = DEGREES.test(text) ? Number(text) : Number.NaN;
  if (text !== '' && !(Math.abs(degrees) <= most)) {
    const code = most === 90 ? 'NOT_LATITUDE' : 'NOT_LONGITUDE';
    wrong({ code, text: text.slice(0, 40) });
  }
  return degrees;
};

const parsePlaces = (rows: readonly FileRow[]): ParsedAreas => {
  const errors: FileError[] = [];
  const byArea = new Map<string, { readonly line: number; readonly place: AreaPlace }>();
  for (const row of rows) {
    const found: FileError[] = [];
    const cell = rowReader(row, found);
    const area = readArea(cell('area'));
    const lat = cell('lat');
    const lon = cell('lon');
    const place: AreaPlace = {
      area,
      lat: readDegrees(lat, 90),
      lon: readDegrees(lon, 180),
      group: readArea(cell('group')) || null,
    };
    const isSwapped = found.some(({ field }) => field === 'lat') && Math.abs(Number(lon.text)) <= 90;
    if (isSwapped && DEGREES.test(lat.text) && DEGREES.test(lon.text)) {
      found.splice(0, found.length, {
        line: row.line,
        field: 'lat',
        reason: { code: 'SWAPPED', text: lat.text },
      });
    }
    const earlier = byArea.get(area);
    if (found.length > 0) errors.push(...found);
    else if (earlier === undefined) byArea.set(area, { line: row.line, place });
    else if (!isSamePlace(earlier.place, place)) {
      errors.push({ line: row.line, field: 'area', reason: { code: 'DISAGREES', line: earlier.line } });
    }
  }
  const placed = [...byArea.values()];
  const file = { kind: 'places', rows: placed.map(({ place }) => place), far: farFromAll(placed) } as const;
  return { file, errors };
};

const isSamePlace = (a: AreaPlace, b: AreaPlace): boolean =>
  a.lat === b.lat && a.lon === b.lon && a.group === b.group;

type Placed = { readonly line: number; readonly place: AreaPlace };

/** A box is spanned by the middle half of the rows, three times as wide to each side and at least this many degrees. */
const LEAST_MARGIN = 2;
const BOX_SIDES = 3;
/** Fewer rows span no box. */
const BOX_ROWS = 5;

/** Rows outside of the box that the file itself spans: latitude and longitude swapped, or a digit wrong. */
const farFromAll = (placed: readonly Placed[]): readonly Placed[] => {
  if (placed.length < BOX_ROWS) return [];
  const boxOf = (of: (place: AreaPlace) => number): readonly [number, number] => {
    const values = placed.map(({ place }) => of(place)).sort((a, b) => a - b);
    const low = values[Math.floor((values.length - 1) / 4)] ?? 0;
    const high = values[Math.ceil(((values.length - 1) * 3) / 4)] ?? 0;
    const margin = Math.max(LEAST_MARGIN, BOX_SIDES * (high - low));
    return [low - margin, high + margin];
  };
  const [south, north] = boxOf(({ lat }) => lat);
  const [west, east] = boxOf(({ lon }) => lon);
  return placed.filter(({ place: { lat, lon } }) => lat < south || lat > north || lon < west || lon > east);
};

const parseMatrix = (rows: readonly FileRow[]): ParsedAreas => {
  const errors: FileError[] = [];
  const legs = new Map<string, { readonly line: number; readonly leg: Leg }>();
  const key = (from: string, to: string): string => `${from}\n${to}`;
  for (const row of rows) {
    const found: FileError[] = [];
    const cell = rowReader(row, found);
    const from = readArea(cell('from'));
    const to = readArea(cell('to'));
    const { text, wrong } = cell('minutes');
    const minutes = parseCount(text, { min: 0, max: DAY_MINUTES });
    if (text !== '' && minutes === null) {
      wrong({ code: 'NOT_IN_RANGE', text: text.slice(0, 40), min: 0, max: DAY_MINUTES });
    }
    const earlier = legs.get(key(from, to));
    if (found.length > 0) errors.push(...found);
    else if (earlier === undefined)
      legs.set(key(from, to), { line: row.line, leg: { from, to, minutes: minutes ?? 0 } });
    else if (earlier.leg.minutes !== minutes) {
      errors.push({ line: row.line, field: 'minutes', reason: { code: 'DISAGREES', line: earlier.line } });
    }
  }
  const file = { kind: 'matrix', rows: [...legs.values()].map(({ leg }) => leg) } as const;
  // Rows that could not be read would show as holes too.
  if (errors.length > 0) return { file, errors };
  const areas = [...new Set(file.rows.flatMap(({ from, to }) => [from, to]))].sort();
  for (const [i, from] of areas.entries()) {
    const missing = areas.slice(i + 1).filter((to) => !legs.has(key(from, to)) && !legs.has(key(to, from)));
    if (missing.length > 0) errors.push({ line: 0, field: from, reason: { code: 'HOLES', areas: missing } });
  }
  return { file, errors };
};
