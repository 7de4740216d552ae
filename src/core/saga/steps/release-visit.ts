import type { LocalStep } from './kinds.ts';

/** The proposal ran out: the technician's time is free again. */
export const releaseVisit: LocalStep = {
  decide: () => [{ type: 'VisitReleased', data: { why: 'expired' } }],
};
