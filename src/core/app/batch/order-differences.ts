import type { Tx } from '../../ports/store.ts';
import { canonicalJson } from '../../values/canonical-json.ts';
import { linesOf } from '../../values/lines.ts';
import type { NewOrder } from '../orders/place-order.ts';
import { readOrder } from '../write-order.ts';

/**
 * In what a repeated order differs from the one that was placed with the same key: names of fields. Contact
 * data is compared with what it is now.
 */
export const orderDifferences = async (
  tx: Tx,
  orderId: string,
  asked: NewOrder,
): Promise<readonly string[]> => {
  const { placed } = (await readOrder(tx, orderId)).order;
  if (placed === null) return [];
  const lines = linesOf(placed);
  const contact = (await tx.vault.contacts([orderId])).get(orderId);
  const texts = await tx.vault.texts(placed.textId === undefined ? [] : [placed.textId]);
  const note = placed.textId === undefined ? undefined : texts.get(placed.textId);
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['name', asked.name, contact?.name],
    ['phone', asked.phone, contact?.phone],
    ['address', asked.address, contact?.address],
    ['area', asked.areaRead === true ? placed.area : asked.area, placed.area],
    ['internet', asked.lines.internet, lines.internet],
    ['tv', asked.lines.tv, lines.tv],
    ['priority', asked.priority, placed.priority],
    ['not-before', asked.wishes.notBefore, placed.wishes.notBefore],
    ['prefer', asked.wishes.prefer, placed.wishes.prefer],
    ['note', asked.note, note],
  ];
  return pairs
    .filter(([, now, then]) => canonicalJson(now ?? null) !== canonicalJson(then ?? null))
    .map(([name]) => name);
};
