import { describe, expect, it } from 'vitest';
import type { Column } from './blocks.ts';
import { noPaint } from './colour.ts';
import { renderRecords } from './records.ts';
import { renderTable as tableOf } from './table.ts';
import { EXACT_WIDTHS } from './width-exact.ts';

const displayWidth = EXACT_WIDTHS.width;

const renderTable = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { width }: { readonly width: number },
) => (width < 60 ? renderRecords : tableOf)(columns, rows, { width, paint: noPaint, widths: EXACT_WIDTHS });

const COLUMNS: readonly Column[] = [
  { title: 'ORDER', drop: 0 },
  { title: 'STAGE', drop: 0 },
  { title: 'CUSTOMER', drop: 1 },
  { title: 'ADDRESS', drop: 3, max: 30 },
  { title: 'AREA', drop: 2 },
];
const ADDRESS = '서울특별시 송파구 송파대로 43, 119동 904호 초인종고장이라전화요망하시기바랍니다';
const ROWS = [
  ['ORD-000001', 'tm-queue', '홍*동', ADDRESS, '송파구'],
  ['ORD-000002', 'customer-pending', '왕*철', '대전광역시 유성구', '유성구'],
];

const table = (width: number) => renderTable(COLUMNS, ROWS, { width });
const squeezed = (lines: readonly string[]): string => lines.join('').replace(/\s/g, '');

describe('renderTable', () => {
  it('prints no escape when there is no colour', () => {
    expect(table(120).join('\n')).not.toContain('\u001b');
  });

  it.each([60, 70, 80, 100, 120, 200])('fits %i columns', (width) => {
    for (const line of table(width)) expect(displayWidth(line)).toBeLessThanOrEqual(width);
  });

  it('loses no syllable when it wraps', () => {
    const lines = renderTable(
      [
        { title: 'A', drop: 0 },
        { title: 'B', drop: 0, max: 9 },
      ],
      [['x', ADDRESS]],
      { width: 60 },
    );
    expect(squeezed(lines)).toContain(ADDRESS.replace(/\s/g, ''));
  });

  it('aligns columns by display width, also for decomposed Hangul and emoji', () => {
    const lines = renderTable(
      [
        { title: 'N', drop: 0 },
        { title: 'X', drop: 0 },
      ],
      [
        ['홍길동'.normalize('NFD'), '|'],
        ['👨‍👩‍👧', '|'],
        ['🫠🫡', '|'],
        ['ab', '|'],
      ],
      { width: 80 },
    );
    const columns = lines.slice(1).map((line) => displayWidth(line.slice(0, line.indexOf('|'))));
    expect(new Set(columns)).toEqual(new Set([8]));
  });

  it('drops the least important columns first, ids and stages never', () => {
    const heads = [200, 75, 60].map((width) => table(width)[0]);
    expect(heads[0]).toMatch(/ORDER +STAGE +CUSTOMER +ADDRESS +AREA/);
    expect(heads[1]).toMatch(/ORDER +STAGE +CUSTOMER +AREA/);
    expect(heads[1]).not.toContain('ADDRESS');
    for (const line of ['ORD-000001', 'customer-pending']) expect(table(60).join('\n')).toContain(line);
  });

  it.each([20, 40, 59])('prints one record a block on %i columns', (width) => {
    const lines = table(width);
    expect(lines.filter((line) => line === '')).toHaveLength(1);
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    expect(squeezed(lines)).toContain('ORD-000001');
  });

  it('keeps cells that hold private characters', () => {
    const lines = renderTable([{ title: 'A', drop: 0 }], [['a\u{f0000}\u{e000}b']], { width: 80 });
    expect(lines[1]).toBe('a\u{f0000}\u{e000}b');
  });

  it('makes every cell safe', () => {
    const lines = renderTable([{ title: 'A', drop: 0 }], [['\u001b[2Jgone\rover']], { width: 80 });
    expect(lines[1]).toBe('goneover');
  });
});
