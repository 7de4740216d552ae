import type { Dice } from './dice.ts';
import { routeAt, type State, takeOut, type Where } from './state.ts';

/** How many tasks are removed at once from one shift, at most. */
const LONGEST_STRING = 6;
/** From so many shifts, at most. */
const MOST_STRINGS = 4;

/** Neighbouring tasks are taken out, in strings, of the shifts in which they lie. */
export const stringRemoval = (
  state: State,
  neighbours: readonly Int32Array[],
  thrown: Dice,
): (() => readonly number[]) => {
  const { tasks } = state.problem;
  return () => {
    if (tasks.length === 0) return [];
    const seed = thrown.below(tasks.length);
    const strings = 1 + thrown.below(MOST_STRINGS);
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
  const length = 1 + thrown.below(Math.min(own.length, LONGEST_STRING));
  const at = own.indexOf(task);
  const first = Math.max(0, Math.min(own.length - length, at - thrown.below(length)));
  return own.slice(first, first + length);
};
