import { median, spread } from './measure.mjs';

const two = (n) => n.toFixed(2);
export const rounded = (n) => (n >= 100 ? Math.round(n).toLocaleString('en-US') : n.toFixed(1));

/** A row whose figure is a ratio of rates: 1 is as fast as the floor. `floor` and `oss`: a rate a round. */
export const rateRow = (what, { oss, floor, aim, unit, more = {} }) => {
  const ratios = oss.map((rate, round) => rate / floor[round]);
  return {
    what,
    ratio: median(ratios),
    spread: spread(ratios),
    aim: `>= ${aim}`,
    met: median(ratios) >= aim,
    measured: `${two(median(ratios))} ±${two(spread(ratios) / 2)}`,
    oss: median(oss),
    floor: `${rounded(median(floor))} ${unit}`,
    rounds: oss.length,
    ...more,
  };
};

/** A row whose figure is a ratio of times: 1 costs as much as the base. */
export const costRow = (what, { oss, base, aim, more = {} }) => {
  const ratio = median(oss) / median(base);
  return {
    what,
    ratio,
    spread: spread(oss),
    aim: `<= ${aim}x`,
    met: ratio <= aim,
    measured: `${two(ratio)}x ±${two((spread(oss) * ratio) / 2)}`,
    oss: median(oss),
    floor: `${rounded(median(base))} ms`,
    rounds: oss.length,
    ...more,
  };
};
