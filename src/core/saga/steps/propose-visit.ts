import { automaticVisit } from '../../assign/automatic-visit.ts';
import type { LocalStep } from './kinds.ts';

/**
 * Chooses slot and technician by itself and makes the call due (only with `schedule.auto`). The policy table says when:
 * a service that waits for a person does not keep the visit waiting, as it would keep a person's own assignment.
 */
export const proposeVisit: LocalStep = {
  decide: async (process, _step, context) => {
    const choice = await automaticVisit(process, context, {});
    return choice.kind === 'chosen' ? [{ type: 'VisitProposed', data: choice.proposal }] : [];
  },
};
