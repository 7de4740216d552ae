import type { OrderAsked } from '../../../core/app/orders/order-asked.ts';
import type { AskedTerms } from '../../../core/app/orders/place-order.ts';
import { CLIENT_PRIORITIES } from '../../../core/order/client-terms.ts';
import { ms } from '../../../core/time/iso.ts';
import { toLocal } from '../../../core/time/zone.ts';
import { badField, listAt, momentAt, objectAt, oneOfAt, optional, textAt } from './fields.ts';
import { MOST, priorityOf } from './profile.ts';
import { readCustomer } from './read-customer.ts';
import { readItems } from './read-items.ts';

/** A ServiceOrder as it is asked for: what the domain means by it, and the client's words. */
export type AskedServiceOrder = {
  readonly asked: OrderAsked;
  readonly terms: AskedTerms;
};

/** What the server alone says of an order. */
export const UNSETTABLE = [
  'id',
  'href',
  'state',
  'orderDate',
  'startDate',
  'completionDate',
  'expectedCompletionDate',
  'cancellationDate',
  'cancellationReason',
  'milestone',
  'jeopardyAlert',
  'errorMessage',
] as const;

const FIELDS = [
  'externalId',
  'category',
  'description',
  'priority',
  'requestedStartDate',
  'requestedCompletionDate',
  'note',
  'relatedParty',
  'serviceOrderItem',
] as const;

/** Letters, digits and what stands between them: these words stay on the log. */
const WORD = /^[\p{L}\p{N}][\p{L}\p{N} ._:/#-]*$/u;

const wordAt = (value: unknown, path: string, most: number): string => {
  const word = textAt(value, path, most);
  if (!WORD.test(word)) throw badField(path, { code: 'TEXT', most });
  return word;
};

/** Reads a ServiceOrder_Create of the profile. `tz`: the operator's zone, in which days are counted. Throws Refusal BAD_FIELD. */
export const readServiceOrder = (
  body: unknown,
  { client, tz }: { readonly client: string; readonly tz: string },
): AskedServiceOrder => {
  const order = objectAt(body, '', { fields: FIELDS, unsettable: UNSETTABLE });
  if (order.serviceOrderItem === undefined) throw badField('serviceOrderItem', { code: 'REQUIRED' });
  const { items, lines, address, area } = readItems(order.serviceOrderItem, 'serviceOrderItem', ['add']);
  if (address === undefined) throw badField('serviceOrderItem[0].service.place', { code: 'REQUIRED' });
  const customer = readCustomer(order.relatedParty);
  const priority = optional(order.priority, (said) => oneOfAt(said, 'priority', CLIENT_PRIORITIES));
  const requestedStart = optional(order.requestedStartDate, (at) => momentAt(at, 'requestedStartDate'));
  const requestedCompletion = optional(order.requestedCompletionDate, (at) =>
    momentAt(at, 'requestedCompletionDate'),
  );
  const externalId = optional(order.externalId, (id) => wordAt(id, 'externalId', MOST.id));
  const category = optional(order.category, (word) => wordAt(word, 'category', MOST.words));
  const description = optional(order.description, (text) => textAt(text, 'description', MOST.text));
  const notes = optional(order.note, readNotes);
  return {
    asked: {
      ...customer,
      address,
      area,
      ...lines,
      priority: priority === undefined ? 'normal' : priorityOf(priority),
      notBefore: requestedStart === undefined ? undefined : dayOf(requestedStart, tz),
      note: notes?.map(({ text }) => text).join('\n'),
    },
    terms: {
      client,
      items,
      ...(externalId === undefined ? {} : { externalId }),
      ...(category === undefined ? {} : { category }),
      ...(priority === undefined ? {} : { priority }),
      ...(requestedStart === undefined ? {} : { requestedStart }),
      ...(requestedCompletion === undefined ? {} : { requestedCompletion }),
      ...(description === undefined ? {} : { description }),
    },
  };
};

/** The operator's day of a moment. */
export const dayOf = (at: string, tz: string): string => toLocal(ms(at), tz).date;

/** One note of a document; `id`: the server numbered it already. */
export type AskedNote = { readonly text: string; readonly isKnown: boolean };

export const readNotes = (value: unknown): readonly AskedNote[] =>
  listAt(value, 'note').map(({ value: element, path }) => {
    const note = objectAt(element, path, { fields: ['id', 'text', 'author', 'date'] });
    return { text: textAt(note.text, `${path}.text`, MOST.text), isKnown: note.id !== undefined };
  });
