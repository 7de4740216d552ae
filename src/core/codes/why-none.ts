import { HARD_RULES, type HardRule } from './hard-rule.ts';

const WHOLE = ['AREA_UNKNOWN', 'NO_TECHNICIANS', 'AGREED_TIME', 'NOBODY_AT_AGREED_SLOT'] as const;

/** What stood in the way of every choice at once. */
type Whole = (typeof WHOLE)[number];

/**
 * What stood in the way of every choice, as scripts read it. A rule comes with a count: INACTIVE, AREA and SKILL count
 * technicians, the others days of the technicians that were left.
 */
export type WhyNoneCode = Whole | `${HardRule}:${number}`;

/** Values of each code, for the faces. */
export type WhyNoneValues = { readonly [C in Whole]: Readonly<Record<never, never>> } & {
  readonly [R in HardRule]: { readonly n: number };
};

/** A code taken apart. */
export const readWhyNone = (
  why: WhyNoneCode,
): { readonly code: Whole } | { readonly code: HardRule; readonly n: number } => {
  const whole = WHOLE.find((one) => one === why);
  if (whole !== undefined) return { code: whole };
  const [name, n] = why.split(':');
  const code = HARD_RULES.find((rule) => rule === name);
  if (code === undefined) throw new Error(`${why} is no reason why there is no choice`);
  return { code, n: Number(n) };
};
