import { wantedItems } from '../../../core/order/client-terms.ts';
import type { JsonObject } from '../../../core/values/json-fields.ts';
import { linesOf } from '../../../core/values/lines.ts';
import type { ClientOrder } from '../../../core/views/client-order.ts';
import { tmfStateOf } from '../../../core/views/order-details.ts';
import { CUSTOMER_ROLE, PLACE_ROLE, saidPriority, TMF641_BASE } from './profile.ts';

/** How an order is shown. */
export type Printing = {
  /** By what URL callers reach the server, without a slash at its end. */
  readonly publicUrl: string;
  /** A cause of a hold, in words. */
  readonly causeWords: (cause: string) => string;
};

export const orderHref = (publicUrl: string, orderId: string): string =>
  `${publicUrl}${TMF641_BASE}/serviceOrder/${orderId}`;

/** An order as a ServiceOrder of TMF641. Lists that would be empty are left out. */
export const printOrder = (order: ClientOrder, printing: Printing): JsonObject => {
  const { view, description } = order;
  const { terms } = view;
  const isOver = view.stage === 'completed' || view.stage === 'returned';
  const isCancelled = view.stage === 'cancelled' || view.stage === 'cancelling';
  return {
    '@type': 'ServiceOrder',
    id: view.orderId,
    href: orderHref(printing.publicUrl, view.orderId),
    ...some('externalId', terms?.externalId),
    ...some('category', terms?.category),
    ...some('description', description),
    state: tmfStateOf(view.stage),
    priority: terms?.priority ?? saidPriority(view.priority),
    orderDate: view.placedAt,
    ...some('requestedStartDate', terms?.requestedStart),
    ...some('requestedCompletionDate', terms?.requestedCompletion),
    ...some('expectedCompletionDate', view.visit?.status === 'agreed' && !isOver ? view.visit.end : null),
    ...some('completionDate', isOver ? view.stageSince : null),
    ...some('cancellationDate', view.stage === 'cancelled' ? view.stageSince : null),
    ...some('cancellationReason', isCancelled ? view.cancelCode : null),
    relatedParty: [customerParty(order)],
    ...list('note', notesOf(order)),
    ...list('milestone', milestonesOf(order)),
    ...list('jeopardyAlert', alertsOf(order)),
    ...list('errorMessage', errorsOf(order, printing)),
    serviceOrderItem: itemsOf(order),
  };
};

const some = (name: string, value: unknown): JsonObject =>
  value === undefined || value === null ? {} : { [name]: value };

const list = (name: string, values: readonly unknown[]): JsonObject =>
  values.length === 0 ? {} : { [name]: values };

const customerParty = ({ view, customer }: ClientOrder): JsonObject => ({
  '@type': 'RelatedParty',
  '@referredType': 'Individual',
  id: view.customerId,
  role: CUSTOMER_ROLE,
  ...some('name', customer.name),
  ...(customer.phone === null
    ? {}
    : { contactMedium: [{ mediumType: 'phone', characteristic: { phoneNumber: customer.phone } }] }),
});

/** Numbered, so that a patch can tell those that are there already from new ones. */
const notesOf = ({ notes }: ClientOrder): readonly JsonObject[] =>
  notes.flatMap(({ at, actor, text }, index) =>
    text === null ? [] : [{ '@type': 'Note', id: String(index + 1), date: at, author: actor, text }],
  );

const milestonesOf = ({ progress }: ClientOrder): readonly JsonObject[] =>
  progress.map(({ milestone, at }, index) => ({
    '@type': 'ServiceOrderMilestone',
    id: String(index + 1),
    name: milestone,
    milestoneDate: at,
    status: 'completed',
  }));

const alertsOf = ({ late }: ClientOrder): readonly JsonObject[] =>
  late === null
    ? []
    : [
        {
          '@type': 'ServiceOrderJeopardyAlert',
          id: '1',
          alertDate: late.dueAt,
          jeopardyType: late.level,
          name: late.what,
        },
      ];

const errorsOf = ({ view }: ClientOrder, { causeWords }: Printing): readonly JsonObject[] =>
  view.holds.map(({ cause, step, since }) => ({
    '@type': 'ServiceOrderErrorMessage',
    code: cause,
    reason: causeWords(cause),
    message: step,
    timestamp: since,
  }));

const itemsOf = ({ view, customer }: ClientOrder): readonly JsonObject[] =>
  wantedItems(view.terms?.items ?? [], linesOf(view)).map(({ id, line, quantity }) => ({
    '@type': 'ServiceOrderItem',
    id,
    action: 'add',
    quantity,
    state: tmfStateOf(view.stage),
    service: {
      '@type': 'Service',
      serviceSpecification: { '@type': 'ServiceSpecificationRef', id: line },
      ...(customer.address === null
        ? {}
        : { place: [{ '@type': 'Place', role: PLACE_ROLE, name: customer.address }] }),
      ...(view.area === null
        ? {}
        : { serviceCharacteristic: [{ name: 'area', valueType: 'string', value: view.area }] }),
    },
  }));
