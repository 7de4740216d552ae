import type { Policy } from '../rules/policy.ts';
import { ms } from '../time/iso.ts';
import type { Slot } from '../time/slot.ts';
import { toLocal } from '../time/zone.ts';

/** Visits of an area on a local day: those that stood before, and those that the plan adds. `area` null: not known. */
export type AreaDayLoad = {
  readonly area: string | null;
  readonly date: string;
  readonly before: number;
  readonly planned: number;
};

type Counted = { readonly area: string | null; readonly slot: Slot };

/** By date, then area. */
export const loadOf = (
  before: readonly Counted[],
  planned: readonly Counted[],
  policy: Policy,
): readonly AreaDayLoad[] => {
  const rows = new Map<string, { area: string | null; date: string; before: number; planned: number }>();
  const rowOf = ({ area, slot }: Counted) => {
    const { date } = toLocal(ms(slot.start), policy.tz);
    const key = `${date} ${area ?? ''}`;
    const row = rows.get(key) ?? { area, date, before: 0, planned: 0 };
    rows.set(key, row);
    return row;
  };
  for (const one of before) rowOf(one).before += 1;
  for (const one of planned) rowOf(one).planned += 1;
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
};
