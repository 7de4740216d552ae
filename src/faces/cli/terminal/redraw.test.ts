import { describe, expect, it } from 'vitest';
import { redraw } from './redraw.ts';

/** A terminal that knows as much as is needed: lines, a cursor at their start, up, down and erase. */
const screen = (writes: readonly string[]): string => {
  const lines: string[] = [''];
  let row = 0;
  for (const [, up, down, eraseLine, eraseBelow, text, newline] of writes
    .join('')
    .matchAll(/\u001b\[(\d+)A|\u001b\[(1)B|(\u001b\[2K)|(\u001b\[0J)|([^\u001b\n]+)|(\n)/g)) {
    if (up !== undefined) row -= Number(up);
    else if (down !== undefined) row += 1;
    else if (eraseLine !== undefined) lines[row] = '';
    else if (eraseBelow !== undefined) lines.splice(row, lines.length, '');
    else if (text !== undefined) lines[row] = text;
    else if (newline !== undefined) {
      row += 1;
      lines[row] ??= '';
    }
  }
  return lines.join('\n');
};

describe('redraw', () => {
  const frames = ['a\nb\nc\n', 'a\nB\nc\n', 'a\nB\nc\nd\n', 'x\n', 'x\n', 'x\n\nz\n'];

  it('leaves the new frame on the screen, whatever the old one was', () => {
    for (const before of frames) {
      for (const after of frames) expect(screen([before, redraw(before, after)])).toBe(after);
    }
  });

  it('writes only the lines that differ', () => {
    expect(redraw('a\nb\nc\n', 'a\nB\nc\n')).not.toMatch(/[ac]\n/);
  });
});
