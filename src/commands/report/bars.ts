const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const LEVELS = [...'▁▂▃▄▅▆▇█'];

/** A bar of at most `width` columns for a share from 0 to 1, padded to `width` by dots. */
export const bar = (share: number, width: number): string => {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  const full = '█'.repeat(Math.floor(eighths / 8));
  const drawn = full + (EIGHTHS[eighths % 8] ?? '');
  return drawn + '·'.repeat(width - Array.from(drawn).length);
};

/**
 * One level a value, the highest at the top and nothing at the bottom; more values than `width` are added up in groups
 * of neighbours of one size. '' for fewer than two.
 */
export const sparkline = (values: readonly number[], width: number): string => {
  if (values.length < 2) return '';
  const size = Math.ceil(values.length / width);
  const sums: number[] = [];
  for (let i = 0; i < values.length; i += size) {
    sums.push(values.slice(i, i + size).reduce((all, n) => all + n, 0));
  }
  const most = Math.max(...sums);
  const top = LEVELS.length - 1;
  return sums.map((n) => LEVELS[n === 0 ? 0 : Math.max(1, Math.round((n / most) * top))] ?? '').join('');
};
