import type { TaskOption } from './problem.ts';
import { type Offer, offerOf, put, type State, taskAt } from './state.ts';

/** First those whose second best place is much worse than their best: they cannot wait. The more valuable before all. */
export const construct = (state: State): void => {
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
