import { isZone } from '../../../core/time/offset.ts';
import { parseDate, parseDuration, parseTime } from '../../../core/time/parse.ts';
import { parseActor, ROLES } from '../../../core/values/actor.ts';
import { assertNever } from '../../../core/values/assert-never.ts';
import { hasControls } from '../../../core/values/clean-text.ts';
import { isBlank, withoutInvisible } from '../../../core/values/invisible.ts';
import { narrow, withHyphens } from '../../../core/values/narrow.ts';
import { nearest } from '../../../core/values/nearest.ts';
import { parseOrderId } from '../../../core/values/order-id.ts';
import { parsePersonName } from '../../../core/values/person-name.ts';
import { parsePhone } from '../../../core/values/phone.ts';
import type { Texts } from '../../../texts/catalogue.ts';
import type { FlagSpec } from './descriptor.ts';

/** What reading a value may depend on. */
export type ValueEnv = {
  /** Epoch ms. */
  readonly now: number;
  readonly tz: string;
  readonly expected: Texts['expected'];
};

export type ParsedValue =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly expected: string };

const LONGEST_LINE = 200;
const LONGEST_TEXT = 2_000;

const yes = (value: unknown): ParsedValue => ({ ok: true, value });
const no = (expected: string): ParsedValue => ({ ok: false, expected });
const orNo = (value: unknown, expected: string): ParsedValue =>
  value === null || value === undefined ? no(expected) : yes(value);

/** The value of one flag or argument, or what it should have been like. */
export const parseValue = (spec: FlagSpec, typed: string, env: ValueEnv): ParsedValue => {
  const { expected } = env;
  if (typed.startsWith('--')) return no(expected.noDashes);
  const text = readable(spec, typed);
  switch (spec.type) {
    case 'boolean':
      return /^(true|false)$/.test(text) ? yes(text === 'true') : no(expected.yesNo);
    case 'text':
      return oneLine(text, spec.max ?? LONGEST_LINE, expected);
    case 'lines':
      return freeText(text, expected);
    case 'integer':
      // A spreadsheet that took a column for decimals writes 2.0, which is two.
      return ranged(text, /^-?(?:0|[1-9]\d{0,14})(?:\.0{1,15})?$/, spec, () =>
        expected.integer(spec.min, spec.max),
      );
    case 'number':
      return ranged(withHyphens(text), /^[+-]?\d{1,15}(?:\.\d{1,10})?$/, spec, () =>
        expected.number(spec.min, spec.max),
      );
    case 'choice':
      return choice(text, spec.choices, expected);
    case 'list':
      return list(text, spec.choices, expected);
    case 'name':
      return orNo(parsePersonName(text), expected.name);
    case 'phone':
      return orNo(parsePhone(text), expected.phone);
    case 'time':
      return time(text, env);
    case 'time-or-next':
      return text.trim().toLowerCase() === 'next' ? yes('next') : time(text, env);
    case 'date':
    case 'dates':
      return dates(text, spec.type, env);
    case 'duration':
      return orNo(parseDuration(text), expected.duration);
    case 'order-id':
      return orNo(parseOrderId(text), expected.orderId);
    case 'zone':
      return isZone(text) ? yes(text) : no(expected.zone);
    case 'actor':
      return parseActor(text) === null ? no(expected.actor(ROLES)) : yes(text);
    case 'technician':
      return technician(text, expected);
    case 'id':
      return isId(text) ? yes(text) : no(expected.id);
    default:
      return assertNever(spec);
  }
};

const isId = (text: string): boolean => /^[\p{L}\p{N}][\p{L}\p{N}_.:/#@+-]{0,99}$/u.test(text);

/** An id, a word such as `auto`, or a name: who is meant is looked up when all is read. */
const technician = (text: string, expected: ValueEnv['expected']): ParsedValue =>
  isId(text) || parsePersonName(text) !== null ? yes(text) : no(expected.technician);

/** Names and texts as they are; an id without invisible characters; what is read by its signs as a keyboard writes it. */
const readable = (spec: FlagSpec, typed: string): string => {
  switch (spec.type) {
    case 'text':
    case 'lines':
    case 'name':
    case 'actor':
      return typed;
    case 'list':
      return spec.choices === undefined ? typed : narrow(typed).trim();
    case 'id':
    case 'technician':
      return withoutInvisible(typed).trim().normalize('NFC');
    case 'boolean':
    case 'integer':
    case 'number':
    case 'choice':
    case 'phone':
    case 'time':
    case 'time-or-next':
    case 'date':
    case 'dates':
    case 'duration':
    case 'order-id':
    case 'zone':
      return narrow(typed).trim();
    default:
      return assertNever(spec);
  }
};

const oneLine = (text: string, max: number, expected: ValueEnv['expected']): ParsedValue => {
  const trimmed = text.normalize('NFC').trim();
  if (isBlank(trimmed)) return no(expected.noBlank);
  return trimmed.length > max || hasControls(trimmed) ? no(expected.text(max)) : yes(trimmed);
};

const freeText = (text: string, expected: ValueEnv['expected']): ParsedValue => {
  const trimmed = text.normalize('NFC').trim();
  if (isBlank(trimmed)) return no(expected.noBlank);
  return trimmed.length > LONGEST_TEXT ? no(expected.lines(LONGEST_TEXT)) : yes(trimmed);
};

type Range = { readonly min?: number; readonly max?: number };

const ranged = (text: string, shape: RegExp, { min, max }: Range, expected: () => string): ParsedValue => {
  const value = shape.test(text) ? Number(text) : Number.NaN;
  const inside = value >= (min ?? Number.MIN_SAFE_INTEGER) && value <= (max ?? Number.MAX_SAFE_INTEGER);
  return inside ? yes(value) : no(expected());
};

const choice = (text: string, choices: readonly string[], expected: ValueEnv['expected']): ParsedValue => {
  const wanted = text.trim().toLowerCase();
  const named = (name: string | null): string | undefined => choices.find((c) => c.toLowerCase() === name);
  const found = named(wanted);
  if (found !== undefined) return yes(found);
  const meant = nearest(
    wanted,
    choices.map((c) => c.toLowerCase()),
  );
  return no(expected.choice(choices, named(meant) ?? null));
};

const list = (
  text: string,
  choices: readonly string[] | undefined,
  expected: ValueEnv['expected'],
): ParsedValue => {
  const items = text.split(',').map((item) => item.normalize('NFC').trim());
  if (items.includes('')) return no(expected.noBlank);
  if (choices === undefined) return yes(items);
  const read = items.map((item) => choice(item, choices, expected));
  return read.find((one) => !one.ok) ?? yes(read.flatMap((one) => (one.ok ? [one.value] : [])));
};

const time = (text: string, { now, tz, expected }: ValueEnv): ParsedValue => {
  const parsed = parseTime(text, now, tz);
  if (parsed.ok) return yes(parsed.at);
  switch (parsed.why) {
    case 'gap':
      return no(expected.timeGap);
    case 'no-such-date':
      return no(expected.noSuchDate);
    case 'unreadable':
    case 'no-time':
      return no(expected.time);
    default:
      return assertNever(parsed.why);
  }
};

const dates = (text: string, type: 'date' | 'dates', { now, tz, expected }: ValueEnv): ParsedValue => {
  const parsed = parseDate(text, now, tz);
  const shape = type === 'date' ? expected.date : expected.dates;
  if (parsed.ok && type === 'dates') return yes({ from: parsed.from, to: parsed.to });
  if (parsed.ok) return text.includes('..') ? no(shape) : yes(parsed.from);
  if (parsed.why === 'reversed') return no(expected.reversed);
  return no(parsed.why === 'no-such-date' ? expected.noSuchDate : shape);
};
