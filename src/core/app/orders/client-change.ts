import {
  type ClientItem,
  type ClientPriority,
  type ClientTerms,
  wantedItems,
} from '../../order/client-terms.ts';
import { addNote as decideNote, changeTerms as decideTerms } from '../../order/decide.ts';
import type { Priority, Wishes } from '../../order/events.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import type { AppDeps } from '../deps.ts';
import { putText } from '../put-text.ts';
import type { WriteContext } from '../write-order.ts';
import { mustNotBePersonal, refusePast } from './place-order.ts';

/** What a client changes of its words, and what that means. null: it says nothing of that any more. */
export type ClientChange = {
  readonly client: string;
  readonly priority?: ClientPriority | null | undefined;
  readonly requestedStart?: string | null | undefined;
  readonly requestedCompletion?: string | null | undefined;
  readonly description?: string | null | undefined;
  /** All of them; they are the lines, too. */
  readonly items?: readonly ClientItem[] | undefined;
  /** More notes. */
  readonly notes?: readonly string[] | undefined;
  readonly meaning: { readonly priority?: Priority; readonly wishes?: Wishes };
};

/** What a client's change is, besides other lines. */
export const clientEvents = async (
  deps: AppDeps,
  write: WriteContext,
  process: OrderProcess,
  change: ClientChange,
): Promise<readonly NewEvent[]> => {
  const { orderId } = process;
  const { notes = [], meaning } = change;
  if (meaning.wishes !== undefined) refusePast(write, meaning.wishes);
  const terms = await changedTerms(deps, write, process, change);
  await mustNotBePersonal(write.tx, orderId, terms);
  const events: NewEvent[] = [...decideTerms(process, { terms, ...meaning })];
  for (const text of notes) {
    events.push(...decideNote(process, await putText(deps, write, { orderId, text })));
  }
  return events;
};

/** The words that were, with those that change. A description that stays is not kept once more. */
const changedTerms = async (
  deps: AppDeps,
  write: WriteContext,
  { orderId, order }: OrderProcess,
  { client, description, notes: _notes, meaning: _meaning, ...changes }: ClientChange,
): Promise<ClientTerms> => {
  const { descriptionId, ...before } = order.terms ?? { client, items: wantedItems([], order.lines) };
  const said = Object.entries({ ...before, ...given(changes) }).filter(([, value]) => value !== null);
  const kept = descriptionId === undefined ? {} : { descriptionId };
  const told =
    description === undefined
      ? kept
      : description === null
        ? {}
        : { descriptionId: await describedAs(deps, write, { orderId, description, descriptionId }) };
  // What is null is left out above.
  return { ...(Object.fromEntries(said) as ClientTerms), ...told };
};

const given = <T extends object>(changes: T): Partial<T> =>
  // Only what is undefined is left out.
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;

type Described = {
  readonly orderId: string;
  readonly description: string;
  readonly descriptionId: string | undefined;
};

const describedAs = async (
  deps: AppDeps,
  write: WriteContext,
  { orderId, description, descriptionId }: Described,
): Promise<string> => {
  if (descriptionId !== undefined) {
    const texts = await write.tx.vault.texts([descriptionId]);
    if (texts.get(descriptionId) === description) return descriptionId;
  }
  return putText(deps, write, { orderId, text: description });
};
