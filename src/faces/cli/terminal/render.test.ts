import { describe, expect, it } from 'vitest';
import type { Block } from './blocks.ts';
import { noPaint } from './colour.ts';
import { render } from './render.ts';
import { EXACT_WIDTHS } from './width-exact.ts';

const show = (width: number, ...blocks: readonly Block[]) => render(blocks, { width, paint: noPaint });

const CARD: Block = {
  kind: 'card',
  title: 'ORD-000042',
  sections: [
    {
      rows: [
        ['stage', 'visit agreed'],
        ['고객', '홍*동'],
        ['none', ''],
      ],
    },
    { title: 'Visit', rows: [['technician', 'T-01 이준호']] },
  ],
};

const PROGRESS: Block = {
  kind: 'progress',
  steps: [
    { label: 'received', state: 'done' },
    { label: 'network ready', state: 'now' },
    { label: 'in service', state: 'todo' },
  ],
};

describe('render', () => {
  it('aligns a card and leaves out what is empty', async () => {
    expect(await show(80, CARD)).toBe(
      'ORD-000042\nstage       visit agreed\n고객        홍*동\n\nVisit\ntechnician  T-01 이준호\n',
    );
  });

  it('draws progress with words and signs, on one line or several', async () => {
    expect(await show(80, PROGRESS)).toBe('✓ received ── ● network ready ── ○ in service\n');
    expect(await show(30, PROGRESS)).toBe('✓ received\n● network ready\n○ in service\n');
  });

  it('puts an empty line between blocks and says what is empty', async () => {
    const table: Block = { kind: 'table', columns: [], rows: [], empty: 'nothing' };
    expect(await show(80, { kind: 'text', lines: ['a'] }, table)).toBe('a\n\nnothing\n');
    expect(await show(80)).toBe('');
  });

  it.each([20, 30, 59, 80])('fits %i columns', async (width) => {
    const text: Block = { kind: 'text', lines: ['서울특별시 송파구 송파대로 43, 119동 904호 초인종 고장'] };
    for (const line of (await show(width, CARD, PROGRESS, text)).split('\n')) {
      expect(EXACT_WIDTHS.width(line)).toBeLessThanOrEqual(width);
    }
  });
});
