import { bodyFaultOf } from '../../core/codes/body-fault.ts';
import type { Cause } from '../../core/codes/cause.ts';
import { hasRepeatedName } from '../../core/values/json-names.ts';
import { HttpFault } from './http-fault.ts';
import type { BodyType } from './route.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The JSON of a body of exactly one of these types, in valid UTF-8 and not packed, of bounded depth and without
 * `__proto__` or two members of one name. Throws HttpFault BODY_TYPE, BODY_UNREADABLE.
 */
export const readBody = (
  bytes: Uint8Array,
  { type, encoding }: { readonly type: string | undefined; readonly encoding: string | undefined },
  takes: readonly BodyType[],
): unknown => {
  mustBeTaken(type ?? '', takes);
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity')
    throw unreadable({ code: 'BODY_ENCODED', encoding: encoding.slice(0, 40) });
  if (bytes.length === 0) throw unreadable({ code: 'BODY_EMPTY' });
  const { text, value } = parse(bytes);
  const fault = bodyFaultOf(value);
  if (fault !== null) throw unreadable(fault);
  if (hasRepeatedName(text)) throw unreadable({ code: 'BODY_NAME_TWICE' });
  return value;
};

/** A parameter other than the character set changes what a body means: then it is another type. */
const mustBeTaken = (type: string, accepted: readonly BodyType[]): void => {
  const [essence = '', ...parameters] = type.split(';').map((part) => part.trim().toLowerCase());
  const isTaken = accepted.some((taken) => taken === essence);
  if (isTaken && parameters.every((parameter) => /^charset="?utf-8"?$/.test(parameter))) return;
  throw new HttpFault({ code: 'BODY_TYPE', type: type.slice(0, 80), accepted });
};

const unreadable = (cause: Cause): HttpFault => new HttpFault({ code: 'BODY_UNREADABLE', cause });

const parse = (bytes: Uint8Array): { readonly text: string; readonly value: unknown } => {
  try {
    const text = utf8.decode(bytes);
    return { text, value: JSON.parse(text) };
  } catch (error) {
    // The parser's own message quotes the body, which holds personal data.
    throw unreadable({ code: error instanceof SyntaxError ? 'BODY_NOT_JSON' : 'BODY_NOT_UTF8' });
  }
};
