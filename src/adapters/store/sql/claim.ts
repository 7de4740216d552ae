import type { ClaimQuery } from '../../../core/ports/work.ts';
import { LANES, type Lane } from '../../../core/rules/lanes.ts';
import { byText } from './id-key.ts';
import { query } from './query.ts';
import type { Session } from './session.ts';
import { DUE_COLUMN } from './work-row.ts';

type Candidate = { readonly order_key: string; readonly due: number };

/** The ranks that have anything scheduled in a lane, from above: one seek in the lane's partial index each. */
const nextRank = (lane: Lane) =>
  query((db, p: { below: number }) =>
    db
      .selectFrom('work')
      .select('rank')
      .where(DUE_COLUMN[lane], 'is not', null)
      .where('rank', '<', p.below)
      .orderBy('rank', 'desc')
      .limit(1),
  );

/** What is due and free in one lane and rank: a range of the lane's index, already in the order of claiming. */
const dueInRank = (lane: Lane) =>
  query((db, p: { rank: number; now: number; limit: number }) =>
    db
      .selectFrom('work')
      .select(['order_key', (eb) => eb.ref(DUE_COLUMN[lane]).$notNull().as('due')])
      .where(DUE_COLUMN[lane], 'is not', null)
      .where('rank', '=', p.rank)
      .where(DUE_COLUMN[lane], '<=', p.now)
      .where('lease_until', '<=', p.now)
      .orderBy(DUE_COLUMN[lane])
      .orderBy('order_key')
      .limit(p.limit),
  );

const NEXT_RANK = { local: nextRank('local'), ne: nextRank('ne'), tm: nextRank('tm') } as const;
const DUE_IN_RANK = { local: dueInRank('local'), ne: dueInRank('ne'), tm: dueInRank('tm') } as const;

const highestRank = async (
  session: Session,
  lanes: readonly Lane[],
  below: number,
): Promise<number | null> => {
  let highest: number | null = null;
  for (const lane of lanes) {
    const found = await session.one(NEXT_RANK[lane], { below });
    if (found !== undefined && (highest === null || found.rank > highest)) highest = found.rank;
  }
  return highest;
};

/** Of one rank, over the lanes: by the earliest due of the caller's lanes, then by id. */
const bestOfRank = async (
  session: Session,
  lanes: readonly Lane[],
  at: { readonly rank: number; readonly now: number; readonly limit: number },
): Promise<readonly string[]> => {
  const earliest = new Map<string, number>();
  for (const lane of lanes) {
    const rows: readonly Candidate[] = await session.all(DUE_IN_RANK[lane], at);
    for (const { order_key, due } of rows) {
      const known = earliest.get(order_key);
      if (known === undefined || due < known) earliest.set(order_key, due);
    }
  }
  return [...earliest]
    .sort(([a, dueA], [b, dueB]) => dueA - dueB || byText(a, b))
    .slice(0, at.limit)
    .map(([key]) => key);
};

/**
 * Keys of up to `limit` orders that may be claimed: undo, priority, due, id. A handful of index seeks, however many
 * rows have nothing due.
 */
export const claimable = async (
  session: Session,
  { now, lanes: asked }: ClaimQuery,
  limit: number,
): Promise<readonly string[]> => {
  const lanes = LANES.filter((lane) => asked.includes(lane));
  const keys: string[] = [];
  let rank = await highestRank(session, lanes, Number.MAX_SAFE_INTEGER);
  while (rank !== null && keys.length < limit) {
    keys.push(...(await bestOfRank(session, lanes, { rank, now, limit: limit - keys.length })));
    rank = await highestRank(session, lanes, rank);
  }
  return keys;
};
