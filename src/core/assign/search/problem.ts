/**
 * A plan as the search sees it: visits to place (tasks) into working days of technicians (shifts). Whole numbers only; times
 * are minutes of the shift's local day, counted from its midnight.
 */
export type PlanProblem = {
  readonly tasks: readonly Task[];
  readonly shifts: readonly Shift[];
  /** Minutes from place to place, `from * places + to`; FAR where no technician drives. */
  readonly ways: Int32Array;
  /** What a way costs, in minutes: as long as it is, where that is known. */
  readonly tolls: Int32Array;
  readonly places: number;
  readonly costs: SearchCosts;
};

/** More minutes than any day has. */
export const FAR = 1_000_000;

/** Points that are lost. */
export type SearchCosts = {
  /** For each minute of driving. */
  readonly travelMinute: number;
  /** For a full day; a fuller day costs more than its share, so that loads are even. */
  readonly fullDay: number;
};

export type Task = {
  /** Points for being placed at all. */
  readonly value: number;
  /** How long the visit lasts. */
  readonly minutes: number;
  readonly place: number;
  /** The shifts it may lie in. */
  readonly options: readonly TaskOption[];
};

/** How a task may lie in one shift. */
export type TaskOption = {
  readonly shift: number;
  /** When it may begin. */
  readonly starts: Starts;
  /** Points more (or less) for lying in this shift. */
  readonly points: number;
  /** Starts that meet a wish, and the points more for it; null: none is wished, or none can be met. */
  readonly wished: { readonly starts: Starts; readonly points: number } | null;
};

/** The starts that are allowed on one day. */
export type Starts = {
  /** The first allowed start at or after each minute; FAR: none. */
  readonly next: Int32Array;
  /** The last allowed start at or before each minute; -1: none. */
  readonly last: Int32Array;
};

export type Shift = {
  /** When the technician begins and ends, minutes. */
  readonly start: number;
  readonly end: number;
  /** Where the day begins and ends; -1: at the first and the last visit. */
  readonly base: number;
  /** How many visits more it takes. */
  readonly room: number;
  /** How many visits it has at most, those that stand counted. */
  readonly limit: number;
  /** Visits that stand and are not moved, by start. */
  readonly fixed: readonly FixedStop[];
  /** Minutes of a break, and within which span it lies; null: none is kept. */
  readonly break: { readonly minutes: number; readonly from: number; readonly to: number } | null;
};

export type FixedStop = { readonly start: number; readonly end: number; readonly place: number };

/** A day on which the clocks are put back has an hour more. */
const MINUTES = 1_560;

/** Indexes starts by minute; `allowed`: ascending minutes of the day. */
export const startsOf = (allowed: readonly number[]): Starts => {
  const next = new Int32Array(MINUTES + 1).fill(FAR);
  const last = new Int32Array(MINUTES + 1).fill(-1);
  for (const start of allowed) {
    next[start] = start;
    last[start] = start;
  }
  for (let at = MINUTES - 1; at >= 0; at -= 1) if ((next[at] ?? FAR) === FAR) next[at] = next[at + 1] ?? FAR;
  for (let at = 1; at <= MINUTES; at += 1) if (last[at] === -1) last[at] = last[at - 1] ?? -1;
  return { next, last };
};

/** Where a task was placed. `start`: minutes of the shift's day. */
export type Placement = {
  readonly task: number;
  readonly shift: number;
  readonly start: number;
  readonly isWished: boolean;
};

export type Solution = {
  readonly placed: readonly Placement[];
  readonly points: number;
  /** What the ways of all shifts cost, in minutes. */
  readonly travel: number;
  readonly iterations: number;
};
