import { automaticVisit } from '../scheduling/automatic-visit.ts';
import { proposeVisit as propose } from '../scheduling/decide.ts';
import type { LocalStep } from './kinds.ts';

/** Chooses slot and technician by itself and makes the call due (only with `schedule.auto`). */
export const proposeVisit: LocalStep = {
  decide: async (process, _step, context) => {
    const choice = await automaticVisit(process, context, {});
    return choice.kind === 'chosen' ? propose(process, choice.proposal) : [];
  },
};
