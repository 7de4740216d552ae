import type { PlanProblem, Task, TaskOption } from './problem.ts';
import { copyOf, type Fit, type Route, type Routes, routesOf } from './routes.ts';

/** Where a task lies; shift -1: nowhere. */
export type Where = { readonly shift: number; readonly wished: boolean };

/** A plan that is being made, and what an iteration changed of it. */
export type State = {
  readonly problem: PlanProblem;
  readonly routes: Routes;
  readonly route: Route[];
  /** Where each task lies; shift -1: nowhere. */
  readonly where: Where[];
  /** Tasks that lie nowhere. */
  readonly absent: Set<number>;
  /** Of each task, which of its options lies in a shift. */
  readonly optionIn: readonly ReadonlyMap<number, number>[];
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
export type Offer = { readonly fit: Fit; readonly gain: number; readonly wished: boolean };

export const routeAt = (state: State, shift: number): Route => state.route[shift] as Route;
export const taskAt = (state: State, task: number): Task => state.problem.tasks[task] as Task;

export const begin = (problem: PlanProblem): State => {
  const routes = routesOf(problem);
  return {
    problem,
    routes,
    route: problem.shifts.map((_, shift) => routes.empty(shift, 0)),
    where: problem.tasks.map(() => ({ shift: -1, wished: false })),
    absent: new Set(problem.tasks.keys()),
    optionIn: problem.tasks.map(({ options }) => new Map(options.map(({ shift }, nth) => [shift, nth]))),
    fits: problem.tasks.map(({ options }) => options.map(() => undefined)),
    touched: new Map(),
    changes: [],
    points: 0,
    stamp: 0,
  };
};

/** The best offer that a shift makes to a task, worked out once for as long as the shift is as it was. */
export const offerOf = (state: State, task: number, nth: number, option: TaskOption): Offer | null => {
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

export const put = (state: State, task: number, option: TaskOption, { fit, gain, wished }: Offer): void => {
  const starts = wished && option.wished !== null ? option.wished.starts : option.starts;
  const route = touch(state, option.shift);
  state.routes.insert(route, option.shift, fit.at, { task, starts, notBefore: fit.notBefore });
  const before = state.where[task] as Where;
  state.changes.push({ task, before });
  state.where[task] = { shift: option.shift, wished };
  state.absent.delete(task);
  state.points += gain;
};

export const takeOut = (state: State, task: number): void => {
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
  const option = it.options[state.optionIn[task]?.get(shift) ?? -1];
  const points = it.value + (option?.points ?? 0) + (wished ? (option?.wished?.points ?? 0) : 0);
  state.points -= points - saved * costs.travelMinute - fuller;
  state.changes.push({ task, before });
  state.where[task] = { shift: -1, wished: false };
  state.absent.add(task);
};

export const undo = (state: State, points: number): void => {
  for (const [shift, before] of state.touched) state.route[shift] = before;
  for (let i = state.changes.length - 1; i >= 0; i -= 1) {
    const { task, before } = state.changes[i] as State['changes'][number];
    state.where[task] = before;
    if (before.shift < 0) state.absent.add(task);
    else state.absent.delete(task);
  }
  state.points = points;
};
