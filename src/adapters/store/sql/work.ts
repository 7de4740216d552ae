import type { Claim, WorkCounts, WorkQueue } from '../../../core/ports/work.ts';
import { LANES, type Lane } from '../../../core/rules/lanes.ts';
import { claimable } from './claim.ts';
import { differs, incoming } from './dialect.ts';
import { idKey, idOfKey } from './id-key.ts';
import { putRow } from './put-row.ts';
import { query, type Values } from './query.ts';
import type { Session } from './session.ts';
import {
  DUE_COLUMN,
  keyOf,
  RETRY_COLUMN,
  SCHEDULE_COLUMNS,
  SCHEDULE_GROUPS,
  type StoredWork,
  toStoredWork,
  toWorkRow,
  WORK_COLUMNS,
} from './work-row.ts';
import { sqlWorkers } from './workers.ts';

const getRow = query((db, p: { key: string }) =>
  db.selectFrom('work').select(WORK_COLUMNS).where('order_key', '=', p.key),
);

const putWhole = query((db, p: StoredWork) =>
  db
    .insertInto('work')
    .values({
      order_key: p.order_key,
      undo: p.undo,
      priority: p.priority,
      rank: p.rank,
      local_due: p.local_due,
      local_tries: p.local_tries,
      local_retry_at: p.local_retry_at,
      local_error: p.local_error,
      ne_due: p.ne_due,
      ne_tries: p.ne_tries,
      ne_retry_at: p.ne_retry_at,
      ne_error: p.ne_error,
      tm_due: p.tm_due,
      tm_tries: p.tm_tries,
      tm_retry_at: p.tm_retry_at,
      tm_error: p.tm_error,
      tries: p.tries,
      waits: p.waits,
      planned_at: p.planned_at,
      owner: null,
      lease_until: 0,
      fence: 0,
    })
    .onConflict((conflict) =>
      conflict
        .column('order_key')
        .doUpdateSet(incoming(SCHEDULE_COLUMNS))
        .where((eb) => eb.or(SCHEDULE_COLUMNS.map((column) => differs('work', column)))),
    ),
);

const put = putRow<StoredWork>({ table: 'work', groups: SCHEDULE_GROUPS, whole: putWhole });

/** The lease is checked where it is taken, so a row is never given to two. */
const take = query((db, p: { key: string; owner: string; now: number; leaseUntil: number }) =>
  db
    .updateTable('work')
    .set((eb) => ({ owner: p.owner, lease_until: p.leaseUntil, fence: eb('fence', '+', 1) }))
    .where('order_key', '=', p.key)
    .where('lease_until', '<=', p.now)
    .returning(['fence', ...WORK_COLUMNS]),
);

/** One statement for what every write under a claim begins with. */
const heldRow = query((db, p: { key: string; orderId: string; fence: number }) =>
  db
    .selectFrom('work')
    .select((eb) => [
      ...WORK_COLUMNS,
      eb
        .selectFrom('events')
        .select((of) => of.fn.max<number | null>('version').as('version'))
        .where('order_id', '=', p.orderId)
        .as('version'),
    ])
    .where('order_key', '=', p.key)
    .where('fence', '=', p.fence),
);

const fenceOf = query((db, p: { key: string }) =>
  db.selectFrom('work').select('fence').where('order_key', '=', p.key),
);

const extendLease = query((db, p: { key: string; fence: number; owner: string; leaseUntil: number }) =>
  db
    .updateTable('work')
    .set({ lease_until: p.leaseUntil })
    .where('order_key', '=', p.key)
    .where('fence', '=', p.fence)
    .where('owner', '=', p.owner),
);

const releaseLease = query((db, p: { key: string; fence: number }) =>
  db
    .updateTable('work')
    .set({ owner: null, lease_until: 0 })
    .where('order_key', '=', p.key)
    .where('fence', '=', p.fence),
);

const leaseOwners = query((db, p: { now: number }) =>
  db
    .selectFrom('work')
    .select('owner')
    .distinct()
    .where('owner', 'is not', null)
    .where('lease_until', '>', p.now)
    .orderBy('owner'),
);

const leasesHeld = query((db, p: { now: number; limit: number }) =>
  db
    .selectFrom('work')
    .select(['order_key', (eb) => eb.ref('owner').$notNull().as('owner'), 'lease_until'])
    .where('owner', 'is not', null)
    .where('lease_until', '>', p.now)
    .orderBy('owner')
    .orderBy('order_key')
    .limit(p.limit),
);

const countLeased = query((db, p: { now: number }) =>
  db
    .selectFrom('work')
    .select((eb) => eb.fn.countAll<number>().as('rows'))
    .where('owner', 'is not', null)
    .where('lease_until', '>', p.now),
);

const countFailing = query((db, _: Values) =>
  db
    .selectFrom('work')
    .select((eb) => eb.fn.countAll<number>().as('rows'))
    .where('tries', '>', (eb) => eb.lit(0)),
);

const freeOwner = query((db, p: { owner: string }) =>
  db.updateTable('work').set({ owner: null, lease_until: 0 }).where('owner', '=', p.owner),
);

const shorten = query((db, p: { leaseUntil: number }) =>
  db
    .updateTable('work')
    .set({ lease_until: p.leaseUntil })
    .where('owner', 'is not', null)
    .where('lease_until', '>', p.leaseUntil),
);

const raiseFences = query((db, _: Values) =>
  db
    .updateTable('work')
    .set((eb) => ({ owner: null, lease_until: 0, fence: eb('fence', '+', 1) }))
    .where('owner', 'is not', null),
);

const countLane = (lane: Lane) =>
  query((db, p: { now: number }) =>
    db
      .selectFrom('work')
      .select((eb) => [
        eb.fn.countAll<number>().as('scheduled'),
        eb.fn.count<number>(eb.case().when(DUE_COLUMN[lane], '<=', p.now).then(1).end()).as('due'),
        eb.fn.min(DUE_COLUMN[lane]).as('next'),
      ])
      .where(DUE_COLUMN[lane], 'is not', null),
  );
const COUNT_LANE = { local: countLane('local'), ne: countLane('ne'), tm: countLane('tm') } as const;

const mostTries = query((db, p: { limit: number }) =>
  db
    .selectFrom('work')
    .select(WORK_COLUMNS)
    .where('tries', '>', (eb) => eb.lit(0))
    .orderBy('tries', 'desc')
    .orderBy('order_key')
    .limit(p.limit),
);

const waitInLane = (lane: Lane) =>
  query((db, p: { now: number; after: string; limit: number }) =>
    db
      .selectFrom('work')
      .select('order_key')
      .where(RETRY_COLUMN[lane], '>', p.now)
      .where('order_key', '>', p.after)
      .orderBy('order_key')
      .limit(p.limit),
  );
const WAIT_IN_LANE = { local: waitInLane('local'), ne: waitInLane('ne'), tm: waitInLane('tm') } as const;

const ahead = query((db, p: { now: number; after: string; limit: number }) =>
  db
    .selectFrom('work')
    .select('order_key')
    .where('planned_at', '>', p.now)
    .where((eb) => eb.or([eb('local_due', '>', p.now), eb('ne_due', '>', p.now), eb('tm_due', '>', p.now)]))
    .where('order_key', '>', p.after)
    .orderBy('order_key')
    .limit(p.limit),
);

const counts = async (session: Session, now: number): Promise<WorkCounts> => {
  const due = { local: 0, ne: 0, tm: 0 };
  const later = { local: 0, ne: 0, tm: 0 };
  let nextDueAt: number | null = null;
  for (const lane of LANES) {
    const row = await session.one(COUNT_LANE[lane], { now });
    if (row === undefined) continue;
    due[lane] = row.due;
    later[lane] = row.scheduled - row.due;
    if (row.next !== null) nextDueAt = Math.min(nextDueAt ?? row.next, row.next);
  }
  const leased = (await session.one(countLeased, { now }))?.rows ?? 0;
  const failing = (await session.one(countFailing, {}))?.rows ?? 0;
  return { due, later, leased, failing, nextDueAt };
};

export const sqlWork = (session: Session): WorkQueue => {
  const claimOne: WorkQueue['claimOne'] = async (orderId, { now, owner, leaseMs }) => {
    const leaseUntil = now + leaseMs;
    const taken = await session.one(take, { key: idKey(orderId), owner, now, leaseUntil });
    return taken === undefined
      ? null
      : { orderId, owner, fence: taken.fence, leaseUntil, row: toWorkRow(taken) };
  };
  return {
    get: async (orderId) => {
      const row = await session.one(getRow, { key: idKey(orderId) });
      return row === undefined ? null : toWorkRow(row);
    },
    put: async (row, previous) => {
      const before = previous === undefined ? undefined : toStoredWork(previous);
      await put(session, toStoredWork(row), before);
    },
    claim: async (asked, limit) => {
      const claims: Claim[] = [];
      for (const key of await claimable(session, asked, limit)) {
        const claim = await claimOne(idOfKey(key), asked);
        if (claim !== null) claims.push(claim);
      }
      return claims;
    },
    claimOne,
    holds: async ({ orderId, fence }) =>
      (await session.one(fenceOf, { key: idKey(orderId) }))?.fence === fence,
    held: async (claim) => {
      const found = await session.one(heldRow, { ...keyOf(claim), orderId: claim.orderId });
      return found === undefined ? null : { row: toWorkRow(found), version: found.version ?? 0 };
    },
    extend: async (claim, leaseUntil) => {
      await session.run(extendLease, { ...keyOf(claim), owner: claim.owner, leaseUntil });
    },
    release: async (claim) => {
      await session.run(releaseLease, keyOf(claim));
    },
    owners: async (now) => (await session.all(leaseOwners, { now })).flatMap(({ owner }) => owner ?? []),
    leases: async (now, limit) =>
      (await session.all(leasesHeld, { now, limit })).map(({ order_key, owner, lease_until }) => ({
        orderId: idOfKey(order_key),
        owner,
        leaseUntil: lease_until,
      })),
    reclaim: (owner) => session.run(freeOwner, { owner }),
    counts: (now) => counts(session, now),
    failing: async (limit) => (await session.all(mostTries, { limit })).map(toWorkRow),
    backingOff: async (lane, { now, after, limit }) => {
      const from = { now, after: after === '' ? '' : idKey(after), limit };
      return (await session.all(WAIT_IN_LANE[lane], from)).map((row) => idOfKey(row.order_key));
    },
    plannedAhead: async ({ now, after, limit }) => {
      const from = { now, after: after === '' ? '' : idKey(after), limit };
      return (await session.all(ahead, from)).map((row) => idOfKey(row.order_key));
    },
    shortenLeases: async (leaseUntil) => {
      await session.run(shorten, { leaseUntil });
    },
    bumpFences: async () => {
      await session.run(raiseFences, {});
    },
    ...sqlWorkers(session),
  };
};
