import type { Priority } from '../../core/order/events.ts';
import type { OrderFilter, OrderSort, OrderView } from '../../core/ports/order-view.ts';
import type { Calendar, Views } from '../../core/ports/store.ts';
import type { LateBefore } from '../../core/rules/late.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import type { Occupied } from '../../core/technicians/technician.ts';
import { initials } from '../../core/values/initials.ts';
import { phoneDigits, searchedPhone } from '../../core/values/phone.ts';
import { searchedAnywhere } from '../../core/values/searched.ts';
import { byId, byText } from './by-id.ts';
import type { MemoryVault } from './memory-vault.ts';
import { type UndoLog, undoableMap } from './undo-log.ts';

const PRIORITY_RANK: Readonly<Record<Priority, number>> = { urgent: 0, high: 1, normal: 2, low: 3 };

/** After every ISO time: what has no such time comes last. */
const NEVER = '~';

const SORT_KEYS: Readonly<Record<OrderSort, (view: OrderView) => string>> = {
  id: () => '',
  '-id': () => '',
  updated: (view) => view.updatedAt,
  '-updated': (view) => view.updatedAt,
  stageSince: (view) => view.stageSince,
  visit: (view) => view.visit?.start ?? NEVER,
  priority: (view) => String(PRIORITY_RANK[view.priority]),
  nextCall: (view) => `${view.calls.nextAt ?? NEVER} ${PRIORITY_RANK[view.priority]} ${view.stageSince}`,
};

/** Where a view stands in a sorting: its key, then its id. */
type PageEnd = { readonly key: string; readonly orderId: string };

const comparator = (sort: OrderSort): ((a: PageEnd, b: PageEnd) => number) => {
  const sign = sort.startsWith('-') ? -1 : 1;
  return (a, b) => sign * (byText(a.key, b.key) || byId(a.orderId, b.orderId));
};

const encodeCursor = ({ key, orderId }: PageEnd): string => JSON.stringify([key, orderId]);

const decodeCursor = (cursor: string): PageEnd => {
  const parsed: unknown = /^\["[^"]*","[^"]*"\]$/.test(cursor) ? JSON.parse(cursor) : null;
  const [key, orderId] = Array.isArray(parsed) ? parsed : [];
  if (typeof key === 'string' && typeof orderId === 'string') return { key, orderId };
  throw new Refusal('BAD_VALUE', { flag: 'cursor', value: cursor, expected: { code: 'CURSOR' } });
};

/** What a text search looks into besides the views. */
export type SearchedBeside = MemoryVault & {
  /** Whether a result of the order names this serial. */
  readonly hasSerial: (orderId: string, serial: string) => boolean;
};

const textMatcher = (
  { text, anywhere }: Pick<OrderFilter, 'text' | 'anywhere'>,
  beside: SearchedBeside,
): ((view: OrderView) => boolean) => {
  if (text === undefined) return () => true;
  const wanted = text.toLowerCase();
  const searched = searchedPhone(text);
  const isShort = anywhere !== undefined && searchedAnywhere(text).isShortNumber;
  const isBeside = anywhere === undefined ? () => false : anywhereMatcher(text, anywhere, beside);
  return (view) => {
    const customer = beside.customerOf(view.customerId);
    const numbers = isShort ? [] : [view.orderId, view.key ?? '', view.terms?.externalId ?? ''];
    const texts = [...numbers, customer?.name ?? ''];
    if (texts.some((candidate) => candidate.toLowerCase().includes(wanted)) || isBeside(view)) return true;
    const digits = phoneDigits(customer?.phone ?? '');
    if (searched === null) return false;
    return searched.part === 'end' ? digits.endsWith(searched.digits) : searched.numbers.includes(digits);
  };
};

const anywhereMatcher = (
  text: string,
  { addresses }: NonNullable<OrderFilter['anywhere']>,
  beside: SearchedBeside,
): ((view: OrderView) => boolean) => {
  const { initials: wanted, serial, equipment, address } = searchedAnywhere(text);
  return ({ orderId, customerId, equipmentId }) => {
    const home = beside.contactOf(orderId)?.address ?? '';
    return (
      (wanted !== null && initials(beside.customerOf(customerId)?.name ?? '').includes(wanted)) ||
      (serial !== null && beside.hasSerial(orderId, serial)) ||
      (equipment !== null && (equipmentId ?? '').toLowerCase().includes(equipment)) ||
      (address !== null && addresses && home.includes(address))
    );
  };
};

const matches = (view: OrderView, query: OrderFilter): boolean => {
  const { stages, area, technicianId, customerId, visitFrom, visitTo, since, until, open, lateBefore } =
    query;
  if (stages !== undefined && !stages.includes(view.stage)) return false;
  if (area !== undefined && view.area !== area) return false;
  if (technicianId !== undefined && view.visit?.technicianId !== technicianId) return false;
  if (customerId !== undefined && view.customerId !== customerId) return false;
  if (visitFrom !== undefined && !(view.visit !== null && view.visit.start >= visitFrom)) return false;
  if (visitTo !== undefined && !(view.visit !== null && view.visit.start < visitTo)) return false;
  if (since !== undefined && view.placedAt < since) return false;
  if (until !== undefined && view.placedAt >= until) return false;
  if (open !== undefined && view.open !== open) return false;
  if (query.inDoubt === true && view.inDoubt === 0) return false;
  if (query.category !== undefined && view.terms?.category !== query.category) return false;
  if (query.clientPriority !== undefined && !hasPriority(view, query.clientPriority)) return false;
  return lateBefore === undefined || isLate(view, lateBefore[view.stage]);
};

const hasPriority = (
  { terms, priority }: OrderView,
  { said, otherwise }: NonNullable<OrderFilter['clientPriority']>,
): boolean => (terms?.priority === undefined ? priority === otherwise : terms.priority === said);

const isLate = ({ orderId, stageSince, visit }: OrderView, before: LateBefore | undefined): boolean => {
  if (before === undefined) return false;
  const { since, visitStart, visitEnd, expected } = before;
  if ((since !== null && stageSince < since) || expected.includes(orderId)) return true;
  if (visit === null || visit.status !== 'agreed') return false;
  return (visitStart !== null && visit.start < visitStart) || (visitEnd !== null && visit.end < visitEnd);
};

/** The read model and the calendar, which `clear` empties together. */
export const memoryViews = (
  log: UndoLog,
  vault: SearchedBeside,
): { readonly views: Views; readonly calendar: Calendar } => {
  const rows = undoableMap<OrderView>(log);
  const occupiedBy = undoableMap<readonly Occupied[]>(log);

  const views: Views = {
    put: async (view) => rows.set(view.orderId, view),
    renew: async (view) => {
      const isOther = JSON.stringify(rows.get(view.orderId)) !== JSON.stringify(view);
      if (isOther) rows.set(view.orderId, view);
      return isOther;
    },
    get: async (orderId) => rows.get(orderId) ?? null,
    list: async (query) => {
      const sort = query.sort ?? '-id';
      const keyOf = SORT_KEYS[sort];
      const compare = comparator(sort);
      const after = query.cursor === undefined ? null : decodeCursor(query.cursor);
      const hasText = textMatcher(query, vault);
      const found = [...rows.values()]
        .filter((view) => matches(view, query) && hasText(view))
        .map((view) => ({ view, key: keyOf(view), orderId: view.orderId }))
        .filter((place) => after === null || compare(place, after) > 0)
        .sort(compare);
      const page = found.slice(0, query.limit);
      const last = page.at(-1);
      return {
        items: page.map(({ view }) => view),
        nextCursor: found.length > page.length && last !== undefined ? encodeCursor(last) : null,
      };
    },
    count: async (filter) => {
      const hasText = textMatcher(filter, vault);
      return [...rows.values()].filter((view) => matches(view, filter) && hasText(view)).length;
    },
    counts: async () => {
      const counts: Record<string, number> = {};
      for (const { stage } of rows.values()) counts[stage] = (counts[stage] ?? 0) + 1;
      return counts;
    },
    clear: async () => {
      rows.clear();
      occupiedBy.clear();
    },
  };

  const calendar: Calendar = {
    put: async (orderId, occupied) =>
      occupied.length === 0 ? occupiedBy.remove(orderId) : occupiedBy.set(orderId, occupied),
    between: async (from, to, technicianId) =>
      [...occupiedBy.values()]
        .flat()
        .filter(
          (taken) =>
            taken.slot.start < to &&
            taken.slot.end > from &&
            (technicianId === undefined || taken.technicianId === technicianId),
        )
        .sort(
          (a, b) =>
            byText(a.technicianId, b.technicianId) ||
            byText(a.slot.start, b.slot.start) ||
            byId(a.orderId, b.orderId),
        ),
  };
  return { views, calendar };
};
