import type { Amendment } from '../../../core/app/orders/change-terms.ts';
import { CLIENT_PRIORITIES } from '../../../core/order/client-terms.ts';
import { momentAt, nullable, objectAt, oneOfAt, optional, textAt } from './fields.ts';
import { MOST, priorityOf } from './profile.ts';
import { readItems } from './read-items.ts';
import { dayOf, readNotes, UNSETTABLE } from './read-order.ts';

const FIELDS = [
  'description',
  'priority',
  'requestedStartDate',
  'requestedCompletionDate',
  'note',
  'serviceOrderItem',
] as const;

/** Who placed an order and what it is known by never changes. */
const FIXED = [...UNSETTABLE, 'externalId', 'category', 'relatedParty'] as const;

/**
 * Reads a merge patch (RFC 7386) of a ServiceOrder: what is null is taken back, and of the items those count that are in
 * the list. Notes are only ever added: those that have an id already are passed over. Throws Refusal BAD_FIELD.
 */
export const readPatch = (
  body: unknown,
  { client, tz }: { readonly client: string; readonly tz: string },
): Amendment => {
  const patch = objectAt(body, '', { fields: FIELDS, unsettable: FIXED });
  const asked = optional(patch.serviceOrderItem, (list) =>
    readItems(list, 'serviceOrderItem', ['add', 'noChange']),
  );
  const priority = nullable(patch.priority, (said) => oneOfAt(said, 'priority', CLIENT_PRIORITIES));
  const requestedStart = nullable(patch.requestedStartDate, (at) => momentAt(at, 'requestedStartDate'));
  const requestedCompletion = nullable(patch.requestedCompletionDate, (at) =>
    momentAt(at, 'requestedCompletionDate'),
  );
  const description = nullable(patch.description, (text) => textAt(text, 'description', MOST.text));
  const notes = optional(patch.note, readNotes)?.filter(({ isKnown }) => !isKnown);
  return {
    ...(asked === undefined ? {} : { lines: asked.lines }),
    client: {
      client,
      priority,
      requestedStart,
      requestedCompletion,
      description,
      items: asked?.items,
      notes: notes?.map(({ text }) => text),
      meaning: {
        ...(priority === undefined ? {} : { priority: priority === null ? 'normal' : priorityOf(priority) }),
        ...(requestedStart === undefined
          ? {}
          : { wishes: requestedStart === null ? {} : { notBefore: dayOf(requestedStart, tz) } }),
      },
    },
  };
};
