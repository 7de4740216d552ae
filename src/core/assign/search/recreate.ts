import type { Dice } from './dice.ts';
import type { Task, TaskOption } from './problem.ts';
import { type Offer, offerOf, put, type State, taskAt } from './state.ts';

/** Of removed and re-inserted places a hundredth is overlooked, so that the search does not go in circles. */
const BLINK = 100;

/** The orders in which tasks are put in: any, the most valuable first, the least flexible first, the longest first. */
const orderings: readonly ((task: Task, thrown: Dice) => number)[] = [
  (_task, thrown) => thrown.below(1_000_000),
  (task, thrown) => -task.value * 16 - thrown.below(16),
  (task, thrown) => task.options.length * 64 + thrown.below(64),
  (task, thrown) => -Math.floor((task.value * 16) / task.minutes) - thrown.below(16),
  (task, thrown) => -task.minutes * 16 - thrown.below(16),
];

export const recreate = (state: State, removed: readonly number[], thrown: Dice): void => {
  const ruined = [...state.touched.keys()];
  const isRemoved = new Set(removed);
  const order = orderings[thrown.below(orderings.length)] as (typeof orderings)[number];
  const waiting = [...state.absent]
    .map((task) => ({ task, rank: order(taskAt(state, task), thrown) }))
    .sort((a, b) => a.rank - b.rank || a.task - b.task);
  for (const { task } of waiting) {
    // Where nothing was taken out, what had no place before has none now.
    const best = isRemoved.has(task)
      ? bestOf(state, task, taskAt(state, task).options.keys(), thrown)
      : bestOf(state, task, optionsIn(state, task, ruined), thrown);
    if (best !== null) put(state, task, best.option, best.offer);
  }
};

type Place = { readonly option: TaskOption; readonly offer: Offer };

/** The best place of a task among some of its options. */
const bestOf = (state: State, task: number, nths: Iterable<number>, thrown: Dice): Place | null => {
  const { options } = taskAt(state, task);
  let best: Place | null = null;
  for (const nth of nths) {
    const option = options[nth] as TaskOption;
    const offer = offerOf(state, task, nth, option);
    if (offer === null || (best !== null && offer.gain <= best.offer.gain)) continue;
    if (thrown.below(BLINK) === 0) continue;
    best = { option, offer };
  }
  return best;
};

/** Which options of a task lie in one of these shifts, in their order. */
const optionsIn = (state: State, task: number, shifts: readonly number[]): readonly number[] => {
  const nths: number[] = [];
  const own = state.optionIn[task];
  for (const shift of shifts) {
    const nth = own?.get(shift);
    if (nth !== undefined) nths.push(nth);
  }
  return nths.sort((a, b) => a - b);
};
