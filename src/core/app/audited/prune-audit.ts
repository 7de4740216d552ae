import type { Pruned } from '../../ports/audit.ts';
import type { Policy } from '../../rules/policy.ts';
import { iso } from '../../time/iso.ts';
import { DAY_MS } from '../../time/units.ts';
import { allow } from '../allow.ts';
import { record } from '../audit.ts';
import type { AppDeps } from '../deps.ts';

/** Changes of rights are kept three years at least. */
const RIGHTS_DAYS = 3 * 365;

type Pruner = Pick<AppDeps, 'store' | 'clock' | 'actor' | 'via'> & {
  readonly policy: Pick<Policy, 'audit'>;
};

/** What is older than this is taken away, UTC ISO. */
export const prunedBefore = ({ clock, policy }: Pick<Pruner, 'clock' | 'policy'>) => {
  const { keepDays } = policy.audit;
  const at = (days: number): string => iso(clock.now() - days * DAY_MS);
  return { before: at(keepDays), rightsBefore: at(Math.max(keepDays, RIGHTS_DAYS)) };
};

/**
 * Takes away what the audit need not keep any more, leaves signed anchors in its place, and writes down that it did, in one
 * commit. Nothing to take away: nothing is written. Throws Refusal DENIED.
 */
export const pruneAudit = async (
  deps: Pruner,
  sign: (text: string) => string,
): Promise<Pruned & { readonly before: string }> => {
  await allow(deps, 'audit prune');
  const limits = prunedBefore(deps);
  return deps.store.write(async (tx) => {
    const pruned = await tx.audit.prune({ ...limits, prunedAt: iso(deps.clock.now()), sign });
    if (pruned.rows > 0)
      await record(tx, deps, { action: 'audit.prune', subject: 'audit', detail: { ...pruned, ...limits } });
    return { ...pruned, before: limits.before };
  });
};
