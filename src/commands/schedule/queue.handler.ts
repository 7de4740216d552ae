import { deskQueue, lateBesideQueue, type QueuedOrder } from '../../core/app/desk/read-desk.ts';
import { relative } from '../../core/time/relative.ts';
import { linesOf } from '../../core/values/lines.ts';
import { type Cell, tone } from '../../faces/cli/terminal/blocks.ts';
import { list } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import type { Handler } from '../framework/run/context.ts';
import { clockSpan, dayAndTime } from '../order/words.ts';
import type { scheduleQueue } from './queue.ts';

const DEFAULT_LIMIT = 100;

export const run: Handler<typeof scheduleQueue> = async (ctx, { flags }) => {
  const { services, t, streaming } = ctx;
  const { columns, ...words } = t.schedule;
  const store = await services.store('read');
  const deps = { store, policy: services.policy, clock: services.clock };
  const limit = flags.limit ?? (flags.all || streaming ? Number.POSITIVE_INFINITY : DEFAULT_LIMIT);
  let last: string | null = null;
  let cut: string | null = null;
  async function* items(): AsyncGenerator<QueuedOrder> {
    let count = 0;
    for await (const order of deskQueue(deps, flags)) {
      if (count === limit) {
        cut = last;
        return;
      }
      count += 1;
      last = order.orderId;
      yield order;
    }
  }
  const { first, all } = await peeked(items());
  const late = await lateBesideQueue(deps);
  const isLate = late.hazard + late.critical > 0;
  return list<QueuedOrder>({
    schema: 'oss.schedule-queue/1',
    extra: { late },
    items: all,
    id: ({ orderId }) => orderId,
    empty: flags.pending ? words.pendingEmpty : words.queueEmpty,
    nextCursor: () => cut,
    columns: [
      { title: columns.order, drop: 0, cell: ({ orderId }) => orderId },
      ...(flags.pending ? [] : [{ title: columns.due, drop: 0, cell: dueCell }]),
      { title: columns.priority, drop: 1, cell: priorityCell },
      { title: columns.area, drop: 3, cell: ({ area }) => area ?? words.areaUnknown },
      { title: columns.lines, drop: 5, cell: (order) => words.lines(linesOf(order)) },
      ...(flags.pending ? [] : [{ title: columns.held, drop: 4, cell: heldCell }]),
      { title: columns.calls, drop: 2, align: 'right', cell: ({ calls }) => String(calls.attempts) },
      { title: columns.last, drop: 2, cell: lastCell },
      { title: columns.since, drop: 3, cell: ({ stageSince }, view) => view.clock(stageSince) },
      { title: columns.late, drop: 1, cell: ageCell },
      { title: columns.customer, drop: 6, cell: ({ customer }) => customer.name ?? '' },
    ],
    notes: isLate ? [t.report.late(t.overview.late(late.hazard, late.critical))] : [],
    hints: [
      // An empty queue needs no plan.
      ...(flags.pending || first === null ? [] : [{ command: 'schedule plan' }]),
      ...(isLate ? [{ command: 'order list --late' }] : []),
    ],
  });
};

/** The first item, null for none, and all of them, that one included. */
const peeked = async <T>(
  items: AsyncGenerator<T>,
): Promise<{ readonly first: T | null; readonly all: AsyncGenerator<T> }> => {
  const next = await items.next();
  async function* all(): AsyncGenerator<T> {
    if (next.done === true) return;
    yield next.value;
    yield* items;
  }
  return { first: next.done === true ? null : next.value, all: all() };
};

const dueCell = ({ calls, agreed, window }: QueuedOrder, view: View): Cell => {
  const { t } = view;
  if (agreed !== null) {
    const start = dayAndTime(agreed.start, view);
    const told = window === null ? start : `${start} (${t.schedule.promised(clockSpan(window, view))})`;
    return tone('bad', t.schedule.agreedWaits(told));
  }
  if (calls.nextAt === null) return tone('dim', t.schedule.notAssigned);
  return Date.parse(calls.nextAt) <= view.now
    ? tone('warn', `${view.clock(calls.nextAt)} ${t.schedule.now}`)
    : view.time(calls.nextAt);
};

const priorityCell = ({ priority }: QueuedOrder, { t }: View): Cell => {
  const word = t.schedule.priority[priority];
  return priority === 'urgent'
    ? tone('bad', `!! ${word}`)
    : priority === 'high'
      ? tone('warn', `! ${word}`)
      : word;
};

const heldCell = ({ visit, window, agreed }: QueuedOrder, view: View): Cell => {
  if (visit === null) return '';
  const text = `${visit.technicianId} ${dayAndTime(visit.start, view)}`;
  return window === null || agreed !== null
    ? text
    : `${text}, ${view.t.schedule.toPromise(clockSpan(window, view))}`;
};

const lastCell = ({ calls }: QueuedOrder, { t }: View): Cell =>
  calls.lastOutcome === null ? '' : t.schedule.outcomes[calls.lastOutcome];

/** How long it waits, of how long it may: `2 h of 8 h`. */
const ageCell = ({ stageSince, late, thresholdMinutes }: QueuedOrder, { t, now }: View): Cell => {
  const span = (ms: number): string => t.schedule.age(relative(ms));
  // Clocks of two machines differ a little: nothing waits for less than no time.
  const age = span(Math.max(0, now - Date.parse(stageSince)));
  const text = thresholdMinutes === null ? age : t.schedule.ofThreshold(age, span(thresholdMinutes * 60_000));
  if (late === null) return text;
  return tone(
    late.level === 'critical' ? 'bad' : 'warn',
    `${late.level === 'critical' ? '!!' : '!'} ${text}`,
  );
};
