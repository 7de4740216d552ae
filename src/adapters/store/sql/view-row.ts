import type { Priority } from '../../../core/order/events.ts';
import type { OrderSort, OrderView } from '../../../core/ports/order-view.ts';
import { idKey } from './id-key.ts';

/** After every ISO time: what has no such time comes last. */
export const NEVER = '~';

export const PRIORITY_RANK: Readonly<Record<Priority, string>> = {
  urgent: '0',
  high: '1',
  normal: '2',
  low: '3',
};

/** What a text search looks into; lower case on both sides. */
export const searchable = (text: string): string => text.toLowerCase();

export type ViewColumns = {
  readonly order_key: string;
  readonly order_id: string;
  readonly doc: string;
  readonly stage: string;
  readonly stage_since: string;
  readonly open: number;
  readonly area: string | null;
  readonly technician_id: string | null;
  readonly customer_id: string;
  readonly visit_start: string;
  readonly next_call: string;
  readonly priority_rank: string;
  readonly placed_at: string;
  readonly updated_at: string;
  readonly search: string;
  readonly in_doubt: number;
};

/** Columns of what the order was placed with, which no later event changes. */
export const PLACED_COLUMNS = [
  'order_id',
  'customer_id',
  'placed_at',
  'search',
] as const satisfies readonly (keyof ViewColumns)[];

/** Columns that events change, by what is indexed together; of the first group there is no index, and it always changes. */
export const CHANGING_GROUPS = [
  ['doc', 'next_call', 'updated_at'],
  ['stage', 'stage_since'],
  ['priority_rank'],
  ['technician_id', 'visit_start'],
  ['in_doubt'],
  ['open', 'area'],
] as const satisfies readonly (readonly (keyof ViewColumns)[])[];

export const CHANGING_COLUMNS = CHANGING_GROUPS.flat();

export const toViewColumns = (view: OrderView, doc = JSON.stringify(view)): ViewColumns => ({
  order_key: idKey(view.orderId),
  order_id: view.orderId,
  doc,
  stage: view.stage,
  stage_since: view.stageSince,
  open: view.open ? 1 : 0,
  area: view.area,
  technician_id: view.visit?.technicianId ?? null,
  customer_id: view.customerId,
  visit_start: view.visit?.start ?? NEVER,
  // The desk's order: the call that is due first, then priority, then age.
  next_call: `${view.calls.nextAt ?? NEVER} ${PRIORITY_RANK[view.priority]} ${view.stageSince}`,
  priority_rank: PRIORITY_RANK[view.priority],
  placed_at: view.placedAt,
  updated_at: view.updatedAt,
  search: searchable(
    [view.orderId, view.key, view.terms?.externalId].filter((text) => text != null).join('\n'),
  ),
  in_doubt: view.inDoubt,
});

/** Which column a sort goes by (ids break ties) and its direction. */
export const SORTS = {
  id: { column: 'order_key', direction: 'asc' },
  '-id': { column: 'order_key', direction: 'desc' },
  updated: { column: 'updated_at', direction: 'asc' },
  '-updated': { column: 'updated_at', direction: 'desc' },
  stageSince: { column: 'stage_since', direction: 'asc' },
  visit: { column: 'visit_start', direction: 'asc' },
  priority: { column: 'priority_rank', direction: 'asc' },
  nextCall: { column: 'next_call', direction: 'asc' },
} as const satisfies Record<OrderSort, { column: keyof ViewColumns; direction: 'asc' | 'desc' }>;
