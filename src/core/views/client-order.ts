import type { OrderView } from '../ports/order-view.ts';
import type { OrderProcess } from '../process/process.ts';
import { type Late, type LateReading, lateOf } from '../rules/late.ts';
import { type DetailSources, notesOf, type OrderDetails, progressOf } from './order-details.ts';
import { type Known, type Shown, type ShownContact, type Sight, shownContact } from './personal.ts';
import { orderView } from './project.ts';

/** An order as the client who placed it reads it. What only the log and the vault know is not in a list: it is empty there. */
export type ClientOrder = {
  readonly view: OrderView;
  readonly customer: ShownContact;
  readonly late: Late | null;
  readonly description: Shown | null;
  readonly notes: OrderDetails['notes'];
  readonly progress: OrderDetails['progress'];
};

/** One order, whole. */
export const clientOrder = (
  process: OrderProcess,
  { events, contact, texts, ...reading }: Omit<DetailSources, 'work' | 'simulated'>,
): ClientOrder => {
  const view = orderView(process);
  return {
    view,
    customer: contact,
    late: lateOf(view, reading),
    description: texts.get(view.terms?.descriptionId ?? '') ?? null,
    notes: notesOf(process).map(({ at, actor, textId }) => ({ at, actor, text: texts.get(textId) ?? null })),
    progress: progressOf(events),
  };
};

/** One order of a list. `contact` undefined: erased. */
export const listedClientOrder = (
  view: OrderView,
  {
    contact,
    sight,
    ...reading
  }: { readonly contact: Known | undefined; readonly sight: Sight } & LateReading,
): ClientOrder => ({
  view,
  customer: shownContact(contact, sight),
  late: lateOf(view, reading),
  description: null,
  notes: [],
  progress: [],
});
