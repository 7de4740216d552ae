import { describe, expect, it } from 'vitest';
import { parseAreas } from './area-file.ts';

const rows = (columns: readonly string[], ...cells: readonly (readonly string[])[]) =>
  cells.map((row, i) => ({
    line: i + 2,
    record: Object.fromEntries(columns.map((column, at) => [column, row[at] ?? ''])),
  }));
const PLACES = ['area', 'lat', 'lon'];
const LEGS = ['from', 'to', 'minutes'];
const places = (...cells: readonly (readonly string[])[]) => parseAreas(PLACES, rows(PLACES, ...cells));
const legs = (...cells: readonly (readonly string[])[]) => parseAreas(LEGS, rows(LEGS, ...cells));

describe('a file of places', () => {
  it('is read, with groups where it has them; the same row twice is one', () => {
    const columns = ['area', 'lat', 'lon', 'group'];
    const { file, errors } = parseAreas(
      columns,
      rows(
        columns,
        ['강남구', '37.5', '127.06', ''],
        ['제주시', '33.4', '126.5', '제주'],
        ['강남구', '37.5', '127.06', ''],
      ),
    );
    expect(errors).toEqual([]);
    expect(file.rows).toEqual([
      { area: '강남구', lat: 37.5, lon: 127.06, group: null },
      { area: '제주시', lat: 33.4, lon: 126.5, group: '제주' },
    ]);
  });

  it('tells everything that is wrong with it', () => {
    const { errors } = places(
      ['', '37', '127'],
      ['a', '91', '181'],
      ['b', '37.1', 'east'],
      ['c', '127.06', '37.5'],
      ['d', '37', '127'],
      ['d', '37', '127.5'],
      ['e', '', '127'],
    );
    expect(errors).toEqual([
      { line: 2, field: 'area', reason: { code: 'MISSING' } },
      { line: 3, field: 'lat', reason: { code: 'NOT_LATITUDE', text: '91' } },
      { line: 3, field: 'lon', reason: { code: 'NOT_LONGITUDE', text: '181' } },
      { line: 4, field: 'lon', reason: { code: 'NOT_LONGITUDE', text: 'east' } },
      { line: 5, field: 'lat', reason: { code: 'SWAPPED', text: '127.06' } },
      { line: 7, field: 'area', reason: { code: 'DISAGREES', line: 6 } },
      { line: 8, field: 'lat', reason: { code: 'MISSING' } },
    ]);
  });

  it('names unknown and missing columns', () => {
    expect(parseAreas(['area', 'latt', 'lon'], []).errors).toEqual([
      { line: 1, field: 'latt', reason: { code: 'NO_SUCH_COLUMN', meant: 'lat' } },
      { line: 1, field: 'lat', reason: { code: 'MISSING' } },
    ]);
    expect(parseAreas(PLACES, []).errors).toEqual([{ line: 0, field: '', reason: { code: 'NO_ROWS' } }]);
  });

  it('shows rows outside of the box that the others span', () => {
    const spain = Array.from({ length: 9 }, (_, i) => [`p${i}`, String(38 + i / 10), String(-8 - i / 10)]);
    const { file, errors } = places(...spain, ['swapped', '-8.4', '38.4']);
    expect(errors).toEqual([]);
    expect(file.kind === 'places' && file.far.map(({ line, place }) => [line, place.area])).toEqual([
      [11, 'swapped'],
    ]);
  });
});

describe('a matrix', () => {
  it('is whole when there is a way between any two, in one direction or both', () => {
    const { file, errors } = legs(['a', 'b', '20'], ['a', 'c', '30'], ['c', 'b', '0'], ['b', 'a', '25']);
    expect(errors).toEqual([]);
    expect(file.kind).toBe('matrix');
    expect(file.rows).toHaveLength(4);
  });

  it('tells holes, negative minutes and rows that disagree', () => {
    expect(legs(['a', 'b', '20'], ['c', 'd', '30']).errors).toEqual([
      { line: 0, field: 'a', reason: { code: 'HOLES', areas: ['c', 'd'] } },
      { line: 0, field: 'b', reason: { code: 'HOLES', areas: ['c', 'd'] } },
    ]);
    expect(legs(['a', 'b', '-5'], ['a', 'c', '7'], ['a', 'c', '8']).errors).toEqual([
      { line: 2, field: 'minutes', reason: { code: 'NOT_IN_RANGE', text: '-5', min: 0, max: 1_440 } },
      { line: 4, field: 'minutes', reason: { code: 'DISAGREES', line: 3 } },
    ]);
  });
});
