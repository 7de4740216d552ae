import { isOwnHoldCause } from '../../core/codes/hold-cause.ts';
import type { OrderView } from '../../core/ports/order-view.ts';
import type { Late } from '../../core/rules/late.ts';
import { ms } from '../../core/time/iso.ts';
import type { Slot } from '../../core/time/slot.ts';
import { weekdayName } from '../../core/time/weekday.ts';
import { toLocal } from '../../core/time/zone.ts';
import type { OrderDetails } from '../../core/views/order-details.ts';
import type { WaitingFor } from '../../core/views/waiting-for.ts';
import { type Cell, tone } from '../../faces/cli/terminal/blocks.ts';
import type { View } from '../framework/print/view.ts';

/** `2026-11-25 (Wed) 14:00` in the operator's zone. */
export const dayAndTime = (at: string, { tz, lang, clock }: View): string => {
  const { weekday } = toLocal(ms(at), tz);
  const [date = '', time = ''] = clock(at).split(' ');
  return `${date} (${weekdayName(weekday, lang)}) ${time}`;
};

/** When a step is due: `now` when it is at once, or was before. `due` is UTC ISO or epoch ms. */
export const dueText = (due: string | number | null, view: View): string =>
  due !== null && (typeof due === 'number' ? due : ms(due)) <= view.now
    ? view.t.schedule.now
    : view.time(due);

/** `2026-11-25 (Wed) 14:00-15:30`, with "in 3 h" beside it on a terminal. */
export const slotText = (slot: { readonly start: string; readonly end: string }, view: View): string => {
  const [, end = ''] = view.clock(slot.end).split(' ');
  const text = `${dayAndTime(slot.start, view)}-${end}`;
  return view.tty ? `${text} (${view.span(slot.start)})` : text;
};

/** `14:00-16:00` of a day that is named beside it. */
export const clockSpan = ({ start, end }: Slot, { clock }: View): string =>
  `${clock(start).slice(11)}-${clock(end).slice(11)}`;

/** A slot in a table, where "in 3 h" beside every one would only make the lines long. */
export const slotCell = (slot: Slot, view: View): string => slotText(slot, { ...view, tty: false });

export const visitText = (visit: NonNullable<OrderView['visit']>, view: View): string => {
  const { orders } = view.t;
  const when = orders.visitBy(slotText(visit, view), visit.technicianId);
  return visit.status === 'agreed' ? orders.agreed(when) : orders.held(when);
};

const has = <K extends string>(words: Readonly<Record<K, string>>, key: string): key is K =>
  Object.hasOwn(words, key);

/** A step, a cause of a hold, or what else an order may wait for, in words. */
export const whatText = (what: string, { t }: View): string => {
  const { steps } = t.changes;
  const { awaited } = t.orders;
  if (has(steps, what)) return steps[what];
  return has(awaited, what) ? awaited[what] : causeText(what, t);
};

/** The words of a cause with its code; of a code that only the peer knows, the code. */
export const causeText = (cause: string, { orders }: View['t']): string => {
  if (isOwnHoldCause(cause)) return `${orders.causes[cause]} (${cause})`;
  return has(orders.peerCodes, cause) ? `${orders.peerCodes[cause]} (${cause})` : cause;
};

export const waitingText = (waitingFor: WaitingFor, view: View): string => {
  const { who, what, nextAt } = waitingFor;
  const { t } = view;
  if (who === 'nobody') return whatText(what, view);
  return t.orders.waiting(t.stages.waitingFor[who], whatText(what, view), view.time(nextAt));
};

export const lateCell = (late: Late | null, view: View): Cell => {
  if (late === null) return '';
  const { orders } = view.t;
  return tone(
    late.level === 'critical' ? 'bad' : 'warn',
    late.expectedAt === null
      ? orders.late(orders.lateWord[late.level], view.time(late.dueAt))
      : orders.willBeLate(view.clock(late.dueAt).slice(11), view.clock(late.expectedAt).slice(11)),
  );
};

/** Colour of a stage; the word beside it says the same. */
export const stageTone = (stage: OrderView['stage']) => {
  switch (stage) {
    case 'held':
    case 'customer-pending':
    case 'cancelling':
    case 'returning':
      return 'warn';
    case 'completed':
      return 'good';
    case 'cancelled':
    case 'returned':
      return 'dim';
    default:
      return 'plain';
  }
};

/** Name and phone on one line; erased when there are none. */
export const customerText = ({ name, phone }: OrderDetails['customer'], { t }: View): string =>
  [name, phone].filter((text) => text !== null).join(', ') || t.orders.erased;
