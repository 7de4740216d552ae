import { count } from './count.ts';

const counted = (n: number): string => count(n, 'area', 'areas');

export const areas = {
  columns: { area: 'AREA', place: 'LATITUDE, LONGITUDE', group: 'GROUP', technicians: 'SERVED BY' },
  kinds: { places: 'places of areas', matrix: 'ways between areas' },
  imported: {
    imported: (kind: string, rows: number, before: number): string =>
      `${kind}: ${rows} imported${before === 0 ? '' : `, in place of ${before}`}`,
    already: (kind: string, rows: number, _before: number): string => `${kind}: the same ${rows} as before`,
  },
  version: (version: string): string => `version ${version}`,
  unknown: (names: readonly string[]): string =>
    `! ${counted(names.length)} of technicians in no imported file, reckoned with visits.travelMinutes: ${names.join(', ')}`,
  ambiguous: (area: string, candidates: readonly string[]): string =>
    `! ${area} may be ${candidates.join(' or ')}: nobody is sent there from another area until the technicians' file says which`,
  askFar: (rows: readonly string[]): string =>
    `${rows.length === 1 ? 'This row lies' : 'These rows lie'} far from all others; are latitude and longitude swapped?\n${rows.join('\n')}\nImport all the same?`,
  empty: 'no areas are known yet',
  noneImported: 'no areas were imported: every way takes visits.travelMinutes',
  matrixOnly: 'in the matrix only',
  nowhere: 'not imported',
};
