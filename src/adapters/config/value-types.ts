import type { DaySpan } from '../../core/time/day-span.ts';
import { parseDaySpan } from '../../core/time/day-span.ts';
import { isZone } from '../../core/time/offset.ts';
import { actorText, parseActor } from '../../core/values/actor.ts';
import { parseCount } from '../../core/values/counts.ts';

/** How a value is read from the text of a flag or variable, or from the plain value of a file. */
export type ValueType<T> = {
  /** What is allowed, as an error and the documentation word it. */
  readonly expected: string;
  /** undefined: not of this type. */
  readonly read: (raw: unknown) => T | undefined;
};

const LONGEST_TEXT = 2_000;

const asText = (raw: unknown): string | undefined =>
  typeof raw === 'string' &&
  raw.trim() !== '' &&
  raw.length <= LONGEST_TEXT &&
  !/[\u0000-\u001f\u007f]/.test(raw)
    ? raw.trim()
    : undefined;

export const text = (expected: string): ValueType<string> => ({ expected, read: asText });

/** A whole number; a file may give it as a number or in quotes. */
export const integer = (min: number, max: number, unit = ''): ValueType<number> => ({
  expected: `a whole number${unit === '' ? '' : ` of ${unit}`} from ${min} to ${max}`,
  read: (raw) => {
    const digits = typeof raw === 'number' ? String(raw) : asText(raw);
    return digits === undefined ? undefined : (parseCount(digits, { min, max }) ?? undefined);
  },
});

const TRUE = ['true', 'yes', 'on', '1'];
const FALSE = ['false', 'no', 'off', '0'];

export const flag: ValueType<boolean> = {
  expected: 'true or false',
  read: (raw) => {
    if (typeof raw === 'boolean') return raw;
    const word = asText(raw)?.toLowerCase() ?? '';
    if (TRUE.includes(word)) return true;
    return FALSE.includes(word) ? false : undefined;
  },
};

export const choice = <C extends string>(...choices: readonly C[]): ValueType<C> => ({
  expected: choices.join(' or '),
  read: (raw) => choices.find((c) => c === raw),
});

/** Comma separated text, or a list in the file; the items are trimmed, empty ones are refused. */
export const list = (items: string): ValueType<readonly string[]> => ({
  expected: `${items}, comma separated`,
  read: (raw) => {
    const parts: readonly unknown[] | undefined = Array.isArray(raw) ? raw : asText(raw)?.split(',');
    const read = parts?.map(asText).filter((part) => part !== undefined);
    return read !== undefined && read.length === parts?.length ? read : undefined;
  },
});

/** Only the shape: whether a plain http URL may be used is judged where the peers are built. */
export const url: ValueType<string> = {
  expected: 'an http or https URL without user name, password, query or fragment',
  read: (raw) => {
    const given = asText(raw);
    if (given === undefined || !URL.canParse(given)) return undefined;
    const parsed = new URL(given);
    const plain =
      parsed.username === '' && parsed.password === '' && parsed.search === '' && parsed.hash === '';
    const http = parsed.protocol === 'http:' || parsed.protocol === 'https:';
    return plain && http ? given.replace(/\/+$/, '') : undefined;
  },
};

export const daySpan: ValueType<DaySpan> = {
  expected: 'hours of a day such as 09:00-20:00',
  read: (raw) => parseDaySpan(asText(raw) ?? '') ?? undefined,
};

/** An IANA zone that this Node knows. */
export const zone: ValueType<string> = {
  expected: 'a time zone such as Asia/Seoul or UTC',
  read: (raw) => {
    const name = asText(raw);
    return name !== undefined && isZone(name) ? name : undefined;
  },
};

export const actor: ValueType<string> = {
  expected: 'role:name with one of the roles supervisor, cs, dispatcher, tm, technician, noc, batch, system',
  read: (raw) => {
    const parsed = parseActor(asText(raw) ?? '');
    return parsed === null ? undefined : actorText(parsed);
  },
};

const INSTANT =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,3})?)?(Z|[+-][0-9]{2}:[0-9]{2})$/;

/** A moment as UTC ISO 8601; the date must exist (`Date` would turn February 30 into March 2). */
export const instant: ValueType<string> = {
  expected: 'a moment with its offset, such as 2026-11-24T09:00:00+09:00 or 2026-11-24T00:00:00Z',
  read: (raw) => {
    const given = asText(raw) ?? '';
    const [, date] = INSTANT.exec(given) ?? [];
    const at = Date.parse(given);
    if (date === undefined || Number.isNaN(at)) return undefined;
    return new Date(`${date}T00:00:00Z`).toISOString().startsWith(date)
      ? new Date(at).toISOString()
      : undefined;
  },
};
