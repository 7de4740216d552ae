const UP = (lines: number): string => (lines === 0 ? '' : `\u001b[${lines}A`);
const DOWN = '\u001b[1B';
const ERASE_LINE = '\u001b[2K';
const ERASE_BELOW = '\u001b[0J';

/**
 * What to write after `before` was printed, so that `after` stands in its place: only the lines that differ are written
 * again, which neither flickers nor costs much over a slow line. Both texts end with a newline.
 */
export const redraw = (before: string, after: string): string => {
  const old = before.split('\n').slice(0, -1);
  const lines = after.split('\n').slice(0, -1);
  const drawn = lines.map((line, i) => {
    if (i >= old.length) return `${line}\n`;
    return line === old[i] ? DOWN : `${ERASE_LINE}${line}\n`;
  });
  return `${UP(old.length)}${drawn.join('')}${lines.length < old.length ? ERASE_BELOW : ''}`;
};
