import { type Dice, dice } from './dice.ts';
import { neighboursOf } from './neighbours.ts';
import {
  type Placement,
  type PlanProblem,
  type Solution,
  startsFrom,
  type Task,
  type TaskOption,
} from './problem.ts';
import { copyOf, type Fit, type Route, type Routes, routesOf } from './routes.ts';

export type SearchOptions = {
  readonly seed: number;
  /** How many times the plan is ruined and made anew. */
  readonly iterations: number;
  /** Ends after so many of them, as it was ended by hand before. */
  readonly endAfter?: number | undefined;
};

/** How far a search has come. `placed`: how many tasks the best plan so far has a place for. */
export type SearchProgress = { readonly iteration: number; readonly placed: number; readonly points: number };

/** Iterations from one report to the next. */
const TOLD_EVERY = 128;
/** Of removed and re-inserted places a hundredth is overlooked, so that the search does not go in circles. */
const BLINK = 100;
/** How many tasks are removed at once, on average, and at most from one shift. */
const REMOVED = 10;
const LONGEST_STRING = 6;

type Where = { shift: number; wished: boolean };

/** The whole search at once. */
export const search = (problem: PlanProblem, options: SearchOptions): Solution => {
  const steps = searching(problem, options);
  for (;;) {
    const step = steps.next(false);
    if (step.done === true) return step.value;
  }
};

/**
 * The best plan that a search of so many iterations finds: construction by regret, then ruin (strings of neighbouring visits are
 * taken out of neighbouring days) and recreate (they and the ones left out are put in greedily, in changing orders). A worse
 * plan is accepted while a threshold, which falls from iteration to iteration, allows it. Whole numbers and a seed only: the
 * same input gives the same plan everywhere. It tells how far it has come; `next(true)` ends it with the best so far.
 */
export function* searching(
  problem: PlanProblem,
  { seed, iterations, endAfter = iterations }: SearchOptions,
): Generator<SearchProgress, Solution, boolean> {
  const { tasks } = problem;
  const state = begin(problem);
  construct(state);
  const thrown = dice(seed);
  const neighbours = neighboursOf(problem);
  const strings = stringRemoval(state, neighbours, thrown);
  // The construction belongs to no iteration.
  state.touched.clear();
  let best = keep(state);
  let bestPoints = state.points;
  const warm = Math.floor(medianValue(tasks) / 2);
  let done = 0;
  for (; done < Math.min(iterations, endAfter); done += 1) {
    if (done % TOLD_EVERY === 0) {
      const isEnough = yield { iteration: done, placed: best.placed, points: bestPoints };
      if (isEnough) break;
    }
    const before = state.points;
    state.touched.clear();
    state.changes.length = 0;
    const removed = strings();
    recreate(state, removed, thrown);
    const left = iterations - done;
    const threshold = Math.floor((warm * left) / iterations);
    const mayLose = threshold === 0 ? 0 : thrown.below(threshold + 1);
    const isWhole = [...state.touched.keys()].every((shift) =>
      state.routes.hasBreak(routeAt(state, shift), shift),
    );
    if (!isWhole || state.points < before - mayLose) {
      undo(state, before);
      continue;
    }
    if (state.points > bestPoints) {
      bestPoints = state.points;
      best = keep(state);
    }
  }
  return solutionOf(state.routes, best, { points: bestPoints, iterations: done });
}

type State = {
  readonly problem: PlanProblem;
  readonly routes: Routes;
  readonly route: Route[];
  /** Where each task lies; shift -1: nowhere. */
  readonly where: Where[];
  /** Tasks that lie nowhere. */
  readonly absent: Set<number>;
  /** What was found out about a task in a shift: by task, then by its option. */
  readonly fits: (Found | undefined)[][];
  /** The shifts that this iteration changed, as they were. */
  readonly touched: Map<number, Route>;
  readonly changes: { readonly task: number; readonly before: Where }[];
  points: number;
  stamp: number;
};

/** The best place of a task in a shift with that stamp; `gain`: points more than without it. null: none. */
type Found = { readonly stamp: number; readonly best: Offer | null };
type Offer = { readonly fit: Fit; readonly gain: number; readonly wished: boolean };

const routeAt = (state: State, shift: number): Route => state.route[shift] as Route;
const taskAt = (state: State, task: number): Task => state.problem.tasks[task] as Task;

const begin = (problem: PlanProblem): State => {
  const routes = routesOf(problem);
  return {
    problem,
    routes,
    route: problem.shifts.map((_, shift) => routes.empty(shift, 0)),
    where: problem.tasks.map(() => ({ shift: -1, wished: false })),
    absent: new Set(problem.tasks.keys()),
    fits: problem.tasks.map(({ options }) => options.map(() => undefined)),
    touched: new Map(),
    changes: [],
    points: 0,
    stamp: 0,
  };
};

/** The best offer that a shift makes to a task, worked out once for as long as the shift is as it was. */
const offerOf = (state: State, task: number, nth: number, option: TaskOption): Offer | null => {
  const route = routeAt(state, option.shift);
  const known = state.fits[task]?.[nth];
  if (known !== undefined && known.stamp === route.stamp) return known.best;
  const found = workOut(state, task, option, route);
  const own = state.fits[task];
  if (own !== undefined) own[nth] = { stamp: route.stamp, best: found };
  return found;
};

const workOut = (state: State, task: number, option: TaskOption, route: Route): Offer | null => {
  const { routes } = state;
  const it = taskAt(state, task);
  const base = it.value + option.points;
  const any = routes.bestFit(route, option.shift, it, option.starts);
  if (any === null) return null;
  const plain: Offer = { fit: any, gain: base - any.cost, wished: false };
  if (option.wished === null) return plain;
  const met = routes.bestFit(route, option.shift, it, option.wished.starts);
  if (met === null) return plain;
  const gain = base + option.wished.points - met.cost;
  return gain >= plain.gain ? { fit: met, gain, wished: true } : plain;
};

const touch = (state: State, shift: number): Route => {
  const before = routeAt(state, shift);
  if (!state.touched.has(shift)) {
    state.touched.set(shift, before);
    state.route[shift] = copyOf(before);
  }
  const route = routeAt(state, shift);
  state.stamp += 1;
  route.stamp = state.stamp;
  return route;
};

const put = (state: State, task: number, option: TaskOption, { fit, gain, wished }: Offer): void => {
  const allowed = wished && option.wished !== null ? option.wished.starts : option.starts;
  const starts = fit.notBefore < 0 ? allowed : startsFrom(allowed, fit.notBefore);
  const route = touch(state, option.shift);
  state.routes.insert(route, option.shift, fit.at, { task, starts });
  const before = state.where[task] as Where;
  state.changes.push({ task, before });
  state.where[task] = { shift: option.shift, wished };
  state.absent.delete(task);
  state.points += gain;
};

const takeOut = (state: State, task: number): void => {
  const before = state.where[task] as Where;
  const { shift, wished } = before;
  const route = touch(state, shift);
  const travel = state.routes.travelOf(route, shift);
  const load = route.task.length;
  state.routes.remove(route, shift, route.task.indexOf(task));
  const saved = travel - state.routes.travelOf(route, shift);
  const { costs, shifts } = state.problem;
  const limit = Math.max(1, shifts[shift]?.limit ?? 1);
  const fuller = Math.floor((costs.fullDay * (2 * (load - 1) + 1)) / limit);
  const it = taskAt(state, task);
  const option = it.options.find((one) => one.shift === shift);
  const points = it.value + (option?.points ?? 0) + (wished ? (option?.wished?.points ?? 0) : 0);
  state.points -= points - saved * costs.travelMinute - fuller;
  state.changes.push({ task, before });
  state.where[task] = { shift: -1, wished: false };
  state.absent.add(task);
};

const undo = (state: State, points: number): void => {
  for (const [shift, before] of state.touched) state.route[shift] = before;
  for (let i = state.changes.length - 1; i >= 0; i -= 1) {
    const { task, before } = state.changes[i] as State['changes'][number];
    state.where[task] = before;
    if (before.shift < 0) state.absent.add(task);
    else state.absent.delete(task);
  }
  state.points = points;
};

/** First those whose second best place is much worse than their best: they cannot wait. The more valuable before all. */
const construct = (state: State): void => {
  const { tasks } = state.problem;
  const choices = tasks.map((_, task) => choiceOf(state, task));
  const users = new Map<number, number[]>();
  for (const [task, { options }] of tasks.entries()) {
    for (const { shift } of options) users.set(shift, [...(users.get(shift) ?? []), task]);
  }
  for (;;) {
    let chosen = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (const task of state.absent) {
      const { best, regret } = choices[task] as Choice;
      if (best === null) continue;
      const urgency = (tasks[task]?.value ?? 0) + regret;
      if (urgency > most || (urgency === most && task < chosen)) {
        most = urgency;
        chosen = task;
      }
    }
    const { best } = choices[chosen] ?? { best: null };
    if (best === null) break;
    put(state, chosen, best.option, best.offer);
    for (const task of users.get(best.option.shift) ?? []) {
      if (state.absent.has(task)) choices[task] = choiceOf(state, task);
    }
  }
};

type Choice = {
  readonly best: { readonly option: TaskOption; readonly offer: Offer } | null;
  readonly regret: number;
};

const choiceOf = (state: State, task: number): Choice => {
  const { options, value } = taskAt(state, task);
  let best: Choice['best'] = null;
  let second = 0;
  for (const [nth, option] of options.entries()) {
    const offer = offerOf(state, task, nth, option);
    if (offer === null) continue;
    if (best === null || offer.gain > best.offer.gain) {
      second = best?.offer.gain ?? 0;
      best = { option, offer };
    } else if (offer.gain > second) second = offer.gain;
  }
  return { best, regret: best === null ? 0 : Math.min(value, best.offer.gain - second) };
};

/** Neighbouring tasks are taken out, in strings, of the shifts in which they lie. */
const stringRemoval = (
  state: State,
  neighbours: readonly Int32Array[],
  thrown: Dice,
): (() => readonly number[]) => {
  const { tasks } = state.problem;
  return () => {
    if (tasks.length === 0) return [];
    const seed = thrown.below(tasks.length);
    const strings = 1 + thrown.below(4);
    const ruined = new Set<number>();
    const removed: number[] = [];
    for (const task of neighbours[seed] ?? []) {
      if (ruined.size >= strings) break;
      const { shift } = state.where[task] as Where;
      if (shift < 0 || ruined.has(shift)) continue;
      ruined.add(shift);
      removed.push(...stringOf(state, shift, task, thrown));
    }
    for (const task of removed) takeOut(state, task);
    return removed;
  };
};

/** Some tasks of the shift in a row, `task` among them. */
const stringOf = (state: State, shift: number, task: number, thrown: Dice): readonly number[] => {
  const own = routeAt(state, shift).task.filter((one) => one >= 0);
  const length = 1 + thrown.below(Math.min(own.length, LONGEST_STRING, REMOVED));
  const at = own.indexOf(task);
  const first = Math.max(0, Math.min(own.length - length, at - thrown.below(length)));
  return own.slice(first, first + length);
};

/** The orders in which tasks are put in: any, the most valuable first, the least flexible first, the longest first. */
const orderings: readonly ((task: Task, thrown: Dice) => number)[] = [
  (_task, thrown) => thrown.below(1_000_000),
  (task, thrown) => -task.value * 16 - thrown.below(16),
  (task, thrown) => task.options.length * 64 + thrown.below(64),
  (task, thrown) => -Math.floor((task.value * 16) / task.minutes) - thrown.below(16),
  (task, thrown) => -task.minutes * 16 - thrown.below(16),
];

const recreate = (state: State, removed: readonly number[], thrown: Dice): void => {
  const ruined = new Set(state.touched.keys());
  const isRemoved = new Set(removed);
  const order = orderings[thrown.below(orderings.length)] as (typeof orderings)[number];
  const waiting = [...state.absent]
    .map((task) => ({ task, rank: order(taskAt(state, task), thrown) }))
    .sort((a, b) => a.rank - b.rank || a.task - b.task);
  for (const { task } of waiting) {
    const { options } = taskAt(state, task);
    let best: { readonly option: TaskOption; readonly offer: Offer } | null = null;
    for (let nth = 0; nth < options.length; nth += 1) {
      const option = options[nth] as TaskOption;
      // Where nothing was taken out, what had no place before has none now.
      if (!isRemoved.has(task) && !ruined.has(option.shift)) continue;
      const offer = offerOf(state, task, nth, option);
      if (offer === null || (best !== null && offer.gain <= best.offer.gain)) continue;
      if (thrown.below(BLINK) === 0) continue;
      best = { option, offer };
    }
    if (best !== null) put(state, task, best.option, best.offer);
  }
};

/** A plan as it was at a moment. Routes that change after an iteration are copied before, so the list is enough. */
type Best = { readonly where: readonly Where[]; readonly routes: readonly Route[]; readonly placed: number };

const keep = (state: State): Best => ({
  where: state.where.slice(),
  routes: state.route.slice(),
  placed: state.where.length - state.absent.size,
});

const medianValue = (tasks: readonly Task[]): number => {
  const values = tasks.map(({ value }) => value).sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? 0;
};

/** The plan by its shifts, each visit as early as it may. */
const solutionOf = (
  routes: Routes,
  best: Best,
  { points, iterations }: Pick<Solution, 'points' | 'iterations'>,
): Solution => {
  const placed = best.routes.flatMap((route, shift): readonly Placement[] =>
    route.task.flatMap((task, i) =>
      task < 0
        ? []
        : [{ task, shift, start: route.early[i] ?? 0, isWished: best.where[task]?.wished === true }],
    ),
  );
  const travel = best.routes.reduce((sum, route, shift) => sum + routes.travelOf(route, shift), 0);
  return { placed: placed.sort((a, b) => a.task - b.task), points, travel, iterations };
};
