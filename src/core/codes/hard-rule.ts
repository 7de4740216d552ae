/** What may not be broken by the automatic choice, and by hand only with a reason. In the order in which they are checked. */
export const HARD_RULES = [
  'INACTIVE',
  'AREA',
  'SKILL',
  'NOT_BEFORE',
  'DAY_OFF',
  'DAILY_LIMIT',
  'HOURS',
  'PAST',
  'NOT_OFFERED',
  'BUSY',
  'TRAVEL',
  'BREAK',
] as const;

export type HardRule = (typeof HARD_RULES)[number];
