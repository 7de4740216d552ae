import { construct } from './construct.ts';
import { dice } from './dice.ts';
import { neighboursOf } from './neighbours.ts';
import type { Placement, PlanProblem, Solution, Task } from './problem.ts';
import { recreate } from './recreate.ts';
import type { Route, Routes } from './routes.ts';
import { stringRemoval } from './ruin.ts';
import { begin, routeAt, type State, undo, type Where } from './state.ts';

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
