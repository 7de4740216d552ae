import type { Tx } from '../../ports/store.ts';
import type { NewEvent } from '../../process/events.ts';
import type { Settled } from '../../saga/steps/kinds.ts';
import { readCallKey, readServiceKey } from '../../values/keys.ts';
import { type PersonalWords, withoutPersonal } from '../../values/personal-words.ts';

/** Where a peer's own words stand in what an outcome becomes. */
const SPOKEN: ReadonlySet<string> = new Set(['cause', 'said', 'code', 'message', 'name']);
/** Names of ours inside them, by which things are found again. */
const NAMES: ReadonlySet<string> = new Set(['appointmentId', 'orderId', 'id', 'neId', 'hold', 'step']);

const MOST_CHARS = 200;

/** A name that a database of ours makes. */
const isOurName = (text: string): boolean => readServiceKey(text) !== null || readCallKey(text) !== null;

const cleanText = (text: string, known: PersonalWords): string => {
  if (isOurName(text)) return text;
  const bare = withoutPersonal(text, known);
  const letters = Array.from(bare);
  return letters.length <= MOST_CHARS ? bare : `${letters.slice(0, MOST_CHARS - 1).join('')}…`;
};

/** What a peer said, wherever in `value`, bounded and without what is known of the customer. */
export const cleanWords = <T>(value: T, known: PersonalWords): T => {
  if (typeof value === 'string') return cleanText(value, known) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => cleanWords(one, known)) as T;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, NAMES.has(name) ? one : cleanWords(one, known)]),
  ) as T;
};

const hasWords = ({ data }: NewEvent): boolean => Object.keys(data).some((name) => SPOKEN.has(name));

const cleanEvent = (event: NewEvent, known: PersonalWords): NewEvent =>
  hasWords(event)
    ? ({
        ...event,
        data: Object.fromEntries(
          Object.entries(event.data).map(([name, one]) => [
            name,
            SPOKEN.has(name) ? cleanWords(one, known) : one,
          ]),
        ),
      } as NewEvent)
    : event;

/**
 * The one gate between the words of a peer and what is kept of an order: whatever a step's outcome becomes comes through here,
 * bounded, and without phone numbers and the customer's own name, phone and address, which a desk likes to quote.
 */
export const withoutCustomer = async (
  { vault }: Pick<Tx, 'vault'>,
  orderId: string,
  settled: Settled,
): Promise<Settled> => {
  const { events, retry } = settled;
  if (retry === null && !events.some(hasWords)) return settled;
  const known = (await vault.contacts([orderId])).get(orderId) ?? {};
  return {
    events: events.map((event) => cleanEvent(event, known)),
    retry: retry === null ? null : { ...retry, cause: cleanWords(retry.cause, known) },
  };
};
