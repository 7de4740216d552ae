import type { AppDeps } from '../../../core/app/deps.ts';
import { isOwnHoldCause } from '../../../core/codes/hold-cause.ts';
import { Refusal } from '../../../core/rules/refusal.ts';
import type { JsonObject } from '../../../core/values/json-fields.ts';
import { selectFields } from '../../../core/values/json-fields.ts';
import { parseOrderId } from '../../../core/values/order-id.ts';
import type { Texts } from '../../../texts/catalogue.ts';
import type { Call } from '../route.ts';
import { badField } from './fields.ts';
import type { Printing } from './print-order.ts';
import { MOST } from './profile.ts';
import { readFields } from './read-query.ts';

/** Who calls, and what a use case and a reader need of them. */
export type Client = { readonly deps: AppDeps; readonly client: string; readonly tz: string };

export const clientOf = ({ caller, deps }: Call): Client => {
  if (caller === null) throw new Error('orders are read and placed by known callers alone');
  const given = deps();
  return { deps: given, client: caller.client, tz: given.policy.tz };
};

/** The order that the path names. Throws Refusal ORDER_NOT_FOUND. */
export const orderIdOf = ({ params }: Call): string => {
  const { id = '' } = params;
  const orderId = parseOrderId(id);
  if (orderId === null) throw new Refusal('ORDER_NOT_FOUND', { orderId: id.slice(0, MOST.id) });
  return orderId;
};

const KEY = /^[\w.:/#-]{1,100}$/;

/** The header `Idempotency-Key`, as a text or as a quoted one. Throws Refusal BAD_FIELD. */
export const keyOf = ({ header }: Call): { readonly key?: string } => {
  const given = header('idempotency-key');
  if (given === undefined) return {};
  const key = given.trim().replace(/^"(.*)"$/, '$1');
  if (!KEY.test(key)) throw badField('Idempotency-Key', { code: 'TEXT', most: MOST.id });
  return { key };
};

export const etagOf = (version: number): string => `"${version}"`;

/** The version that `If-Match` names; of one that is no version of ours, none that there is. */
export const versionOf = ({ header }: Call): { readonly ifVersion?: number } => {
  const given = header('if-match');
  if (given === undefined || given.trim() === '*') return {};
  const [, version] = /^"(\d{1,9})"$/.exec(given.trim()) ?? [];
  return { ifVersion: version === undefined ? 0 : Number(version) };
};

export const textsOf = ({ house, lang }: Call): Texts => house.texts[lang];

/** How orders are shown to who calls. */
export const printingOf = (call: Call): Printing => ({
  publicUrl: call.house.publicUrl,
  causeWords: (cause) => causeWords(cause, textsOf(call)),
});

/** Of a code that only the peer knows, the code. */
const causeWords = (cause: string, { orders }: Texts): string => {
  if (isOwnHoldCause(cause)) return orders.causes[cause];
  const told: Readonly<Record<string, string>> = orders.peerCodes;
  return Object.hasOwn(told, cause) ? (told[cause] ?? cause) : cause;
};

/** A document with the fields that the query asks for. */
export const asAsked = ({ query }: Call, document: JsonObject): JsonObject => {
  const fields = readFields(query);
  return fields === null ? document : selectFields(document, fields);
};
