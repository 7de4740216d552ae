import { iso, ms } from '../time/iso.ts';
import { MINUTE_MS } from '../time/units.ts';
import type { LateLevel, Policy } from './policy.ts';
import type { Stage } from './stage.ts';
import { STAGES } from './stage.ts';

export type LateOrder = Exclude<LateLevel, 'normal'>;

/** `dueAt`: when the order should have left its stage at the latest (the first threshold), UTC ISO. */
export type Late = { readonly level: LateOrder; readonly dueAt: string };

/** null: in time, or in a stage that has no threshold. `stageSince` is UTC ISO, `now` epoch ms. */
export const lateOf = (stage: Stage, stageSince: string, now: number, policy: Policy): Late | null => {
  const threshold = policy.late[stage];
  if (threshold === undefined) return null;
  const since = ms(stageSince);
  const age = now - since;
  if (age <= threshold.hazard * MINUTE_MS) return null;
  return {
    level: age > threshold.critical * MINUTE_MS ? 'critical' : 'hazard',
    dueAt: iso(since + threshold.hazard * MINUTE_MS),
  };
};

/** For `OrderQuery.stageBefore`: an order that entered its stage before this moment is at least this late. */
export const lateBefore = (
  now: number,
  policy: Policy,
  level: LateOrder,
): Readonly<Partial<Record<Stage, string>>> => {
  const before: Partial<Record<Stage, string>> = {};
  for (const stage of STAGES) {
    const threshold = policy.late[stage];
    if (threshold !== undefined) before[stage] = iso(now - threshold[level] * MINUTE_MS);
  }
  return before;
};
