import { ERASED_PRINT, type Tx } from '../../ports/store.ts';
import { iso } from '../../time/iso.ts';
import { canonicalJson } from '../../values/canonical-json.ts';
import type { WriteContext } from '../write-order.ts';

/** What a row says, by the names of its columns. What is undefined is not said. */
export type RowFields = Readonly<Record<string, unknown>>;

/** Under which a change's key is known: the command, the order and the key. */
export type RowKey = { readonly command: string; readonly orderId: string; readonly key: string };

/**
 * Hexadecimal digits that are kept of a field's fingerprint: another value looks the same once in 65,536 times, and
 * no reader can find out from it which phone number was meant.
 */
const DIGITS = 4;

const scopeOf = ({ command, orderId }: RowKey): string => `fields of ${command}:${orderId}`;

/** A fingerprint a field, of this key alone: the same value under another key has another one. */
const printsOf = async (
  { requests }: Tx,
  rowKey: RowKey,
  fields: RowFields,
): Promise<ReadonlyMap<string, string>> => {
  const prints = new Map<string, string>();
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const { command, orderId, key } = rowKey;
    const print = await requests.fingerprint(canonicalJson([command, orderId, key, name, value]));
    prints.set(name, print.slice(0, DIGITS));
  }
  return prints;
};

/** `internet=3f1a tv=90bc` */
const textOf = (prints: ReadonlyMap<string, string>): string =>
  [...prints].map(([name, print]) => `${name}=${print}`).join(' ');

const printsIn = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split(' ').map((one) => {
      const at = one.lastIndexOf('=');
      return [one.slice(0, at), one.slice(at + 1)];
    }),
  );

/** Keeps what a change with a key said, so that `fieldDifferences` can name how another content under that key differs. */
export const keepFields = async (
  { tx, now }: WriteContext,
  rowKey: RowKey,
  fields: RowFields,
): Promise<void> => {
  const fingerprint = textOf(await printsOf(tx, rowKey, fields));
  const { orderId, key } = rowKey;
  await tx.requests.put(scopeOf(rowKey), key, { orderId, fingerprint, at: iso(now) });
};

/** Names of the fields that a row says otherwise than the one before with its key; none when no row of a batch used it. */
export const fieldDifferences = async (
  tx: Tx,
  rowKey: RowKey,
  fields: RowFields,
): Promise<readonly string[]> => {
  const known = await tx.requests.get(scopeOf(rowKey), rowKey.key);
  if (known === null || known.fingerprint === ERASED_PRINT) return [];
  const then = printsIn(known.fingerprint);
  const now = await printsOf(tx, rowKey, fields);
  const names = new Set([...now.keys(), ...then.keys()]);
  return [...names].filter((name) => name !== '' && now.get(name) !== then.get(name));
};
