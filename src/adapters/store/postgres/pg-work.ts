import { sql } from 'kysely';
import type { Claim, ClaimQuery, WorkQueue } from '../../../core/ports/work.ts';
import { idKey, idOfKey } from '../sql/id-key.ts';
import { builder, query, type Values } from '../sql/query.ts';
import type { Session } from '../sql/session.ts';
import { type StoredWork, toWorkRow, WORK_COLUMNS } from '../sql/work-row.ts';

/** More rows are looked at than are asked for: those that others take at this moment are passed over. */
const SPARE = 32;

/** `calm`: what others hold, and have let run out, may be taken over. */
type Taking = {
  readonly now: number;
  readonly owner: string;
  readonly leaseUntil: number;
  readonly calm: boolean;
};

type Asked = Taking & {
  readonly limit: number;
  readonly wide: number;
  readonly local: boolean;
  readonly ne: boolean;
  readonly tm: boolean;
};

type Taken = StoredWork & { readonly fence: number; readonly due: number };

const raw = <P extends Values, R>(text: (p: P) => { readonly compile: (on: never) => unknown }) =>
  query<P, R>((_db, p) => ({ compile: () => text(p).compile(builder() as never) as never }));

const columns = (table: string) => sql.join(WORK_COLUMNS.map((column) => sql.ref(`${table}.${column}`)));

const isFree = (table: string, p: Taking) => {
  const [owner, until] = [sql.ref(`${table}.owner`), sql.ref(`${table}.lease_until`)];
  return sql`${until} <= ${p.now}::bigint and (${p.calm}::boolean or ${owner} is null or ${owner} = ${p.owner})`;
};

type LaneName = 'local' | 'ne' | 'tm';

const maxRank = (lane: LaneName, below: boolean) =>
  sql`(select max(rank) from work where ${sql.ref(`${lane}_due`)} is not null ${below ? sql`and rank < r.rank` : sql``})`;

const highest = (below: boolean) =>
  sql`greatest(${maxRank('local', below)}, ${maxRank('ne', below)}, ${maxRank('tm', below)})`;

const dueIn = (lane: LaneName, p: Asked) => {
  const due = sql.ref(`w.${lane}_due`);
  return sql`(select w.order_key, ${due} as due from work w
    where ${p[lane]}::boolean and ${due} is not null and w.rank = r.rank and ${due} <= ${p.now}::bigint and ${isFree('w', p)}
    order by ${due}, w.order_key limit ${p.wide}::bigint)`;
};

/**
 * One statement: it looks along the indexes of the lanes, rank after rank, locks what nobody else is taking, and takes it.
 * Materialized, for else the planner may look again for each row, and take more than was asked for.
 */
const claimSome = raw<Asked, Taken>(
  (p) => sql`
with recursive ranks(rank) as (
  select ${highest(false)}
  union all
  select ${highest(true)} from ranks r where r.rank is not null
),
candidates as materialized (
  select f.order_key, r.rank, min(f.due) as due
  from ranks r cross join lateral (${dueIn('local', p)} union all ${dueIn('ne', p)} union all ${dueIn('tm', p)}) f
  where r.rank is not null
  group by r.rank, f.order_key
  order by r.rank desc, min(f.due), f.order_key
  limit ${p.wide}::bigint
),
free as materialized (
  select w.order_key, c.due
  from candidates c join work w on w.order_key = c.order_key
  where ${isFree('w', p)}
  order by c.rank desc, c.due, c.order_key
  limit ${p.limit}::bigint
  for no key update of w skip locked
)
update work set owner = ${p.owner}, lease_until = ${p.leaseUntil}::bigint, fence = work.fence + 1
from free where free.order_key = work.order_key
returning ${columns('work')}, work.rank, work.fence, free.due`,
);

const claimIt = raw<Taking & { readonly key: string }, Taken>(
  (p) => sql`
update work set owner = ${p.owner}, lease_until = ${p.leaseUntil}::bigint, fence = work.fence + 1
where work.order_key = ${p.key} and ${isFree('work', p)}
returning ${columns('work')}, work.fence`,
);

/** What somebody writes at this moment is left for the next time. */
const freeOwner = raw<{ readonly owner: string }, never>(
  (p) => sql`
update work set owner = null, lease_until = 0 where order_key in (
  select order_key from work where owner = ${p.owner} for no key update skip locked)`,
);

const inOrder = (a: Taken, b: Taken): number =>
  b.rank - a.rank || a.due - b.due || (a.order_key < b.order_key ? -1 : 1);

/** How work is taken where many processes take it at the same time. `isCalm`: leases of others may be taken over. */
export const pgWork = (
  session: Session,
  isCalm: () => boolean,
): Pick<WorkQueue, 'claim' | 'claimOne' | 'reclaim'> => {
  const taking = ({ now, owner, leaseMs }: Omit<ClaimQuery, 'lanes'>): Taking => ({
    now: Math.floor(now),
    owner,
    leaseUntil: Math.ceil(now + leaseMs),
    calm: isCalm(),
  });
  const toClaim = (row: Taken, { owner, leaseUntil }: Taking): Claim => ({
    orderId: idOfKey(row.order_key),
    owner,
    fence: row.fence,
    leaseUntil,
    row: toWorkRow(row),
  });
  return {
    claim: async (asked, limit) => {
      const by = taking(asked);
      const is = (lane: LaneName): boolean => asked.lanes.includes(lane);
      const lanes = { local: is('local'), ne: is('ne'), tm: is('tm') };
      const rows = await session.all(claimSome, { ...by, ...lanes, limit, wide: limit + SPARE });
      return [...rows].sort(inOrder).map((row) => toClaim(row, by));
    },
    claimOne: async (orderId, asked) => {
      const by = taking(asked);
      const row = await session.one(claimIt, { ...by, key: idKey(orderId) });
      return row === undefined ? null : toClaim(row, by);
    },
    reclaim: (owner) => session.run(freeOwner, { owner }),
  };
};
