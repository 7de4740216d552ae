import { Refusal } from '../../rules/refusal.ts';
import { allow } from '../allow.ts';
import type { AppDeps } from '../deps.ts';
import { rehearsable } from '../within.ts';
import { type PlannedVisit, proposePlanned } from './plan-queue.ts';

/** What became of one visit of a plan. */
export type ProposedVisit = { readonly visit: PlannedVisit } & (
  | { readonly kind: 'held' | 'already' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
);

/** How many holds wait for one commit together. */
const TOGETHER = 128;

/**
 * Holds the visits of a plan; what one of them is refused with is in the result. A rehearsal holds them all in one write
 * that is rolled back. Ends early, with what it has, when the signal aborts. Throws Refusal DENIED.
 */
export const proposePlan = async (
  deps: AppDeps,
  placed: readonly PlannedVisit[],
  { dryRun, signal }: { readonly dryRun: boolean; readonly signal: AbortSignal },
): Promise<readonly ProposedVisit[]> => {
  await allow(deps, 'schedule plan');
  return rehearsable(deps, dryRun, async (inner) => {
    const held: ProposedVisit[] = [];
    // Inside one write one follows the other; writes of their own share a commit.
    const together = dryRun ? 1 : TOGETHER;
    for (let from = 0; from < placed.length && !signal.aborted; from += together) {
      const some = placed.slice(from, from + together);
      held.push(...(await Promise.all(some.map((visit) => proposeOne(inner, visit)))));
    }
    return held;
  });
};

const proposeOne = async (deps: AppDeps, visit: PlannedVisit): Promise<ProposedVisit> => {
  try {
    const { status } = await proposePlanned(deps, visit);
    return { visit, kind: status === 'done' ? 'held' : 'already' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { visit, kind: 'refused', refusal: error };
  }
};
