import type { Expected, Unit } from '../../core/codes/expected.ts';
import { parseAccountRule } from '../../core/rules/account-roles.ts';
import type { DaySpan } from '../../core/time/day-span.ts';
import { parseDaySpan } from '../../core/time/day-span.ts';
import { isZone } from '../../core/time/offset.ts';
import { actorText, parseActor, ROLES } from '../../core/values/actor.ts';
import { parseCount } from '../../core/values/counts.ts';
import { withoutEndSlashes } from '../../core/values/end-slashes.ts';
import { parseListenAddress } from '../../core/values/listen-address.ts';
import { isNetwork } from '../../core/values/network.ts';

/** How a value is read from the text of a flag or variable, or from the plain value of a file. */
export type ValueType<T> = {
  /** What is allowed. */
  readonly expected: Expected;
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

export const text = (expected: Expected): ValueType<string> => ({ expected, read: asText });

/** A whole number; a file may give it as a number or in quotes. */
export const integer = (min: number, max: number, unit: Unit = 'none'): ValueType<number> => ({
  expected: { code: 'WHOLE_NUMBER', min, max, unit },
  read: (raw) => {
    const digits = typeof raw === 'number' ? String(raw) : asText(raw);
    return digits === undefined ? undefined : (parseCount(digits, { min, max }) ?? undefined);
  },
});

/** A number with at most two digits behind the point. */
export const decimal = (min: number, max: number): ValueType<number> => ({
  expected: { code: 'DECIMAL', min, max },
  read: (raw) => {
    const digits = typeof raw === 'number' ? String(raw) : asText(raw);
    if (digits === undefined || !/^\d{1,6}(\.\d{1,2})?$/.test(digits)) return undefined;
    const value = Number(digits);
    return value >= min && value <= max ? value : undefined;
  },
});

const TRUE = ['true', 'yes', 'on', '1'];
const FALSE = ['false', 'no', 'off', '0'];

export const flag: ValueType<boolean> = {
  expected: { code: 'TRUE_OR_FALSE' },
  read: (raw) => {
    if (typeof raw === 'boolean') return raw;
    const word = asText(raw)?.toLowerCase() ?? '';
    if (TRUE.includes(word)) return true;
    return FALSE.includes(word) ? false : undefined;
  },
};

export const choice = <C extends string>(...choices: readonly C[]): ValueType<C> => ({
  expected: { code: 'ONE_OF', choices },
  read: (raw) => choices.find((c) => c === raw),
});

/** Comma separated text, or a list in the file; the items are trimmed, empty ones are refused. */
export const list = (expected: Expected): ValueType<readonly string[]> => ({
  expected,
  read: (raw) => {
    const parts: readonly unknown[] | undefined = Array.isArray(raw) ? raw : asText(raw)?.split(',');
    const read = parts?.map(asText).filter((part) => part !== undefined);
    return read !== undefined && read.length === parts?.length ? read : undefined;
  },
});

/** Only the shape: whether a plain http URL may be used is judged where the peers are built. */
export const url: ValueType<string> = {
  expected: { code: 'HTTP_URL' },
  read: (raw) => {
    const given = asText(raw);
    if (given === undefined || !URL.canParse(given)) return undefined;
    const parsed = new URL(given);
    const plain =
      parsed.username === '' && parsed.password === '' && parsed.search === '' && parsed.hash === '';
    const http = parsed.protocol === 'http:' || parsed.protocol === 'https:';
    return plain && http ? withoutEndSlashes(given) : undefined;
  },
};

/** Kept as it was written; `parseListenAddress` takes it apart. */
export const listenAddress: ValueType<string> = {
  expected: { code: 'LISTEN_ADDRESS' },
  read: (raw) => {
    const given = asText(raw);
    return given === undefined || parseListenAddress(given) === null ? undefined : given;
  },
};

const NETWORKS: Expected = { code: 'NETWORKS' };

/** IP addresses, or networks of them with the length of their prefix. */
export const networks: ValueType<readonly string[]> = {
  expected: NETWORKS,
  read: (raw) => {
    const given = list(NETWORKS).read(raw);
    return given?.every(isNetwork) ? given : undefined;
  },
};

export const daySpan: ValueType<DaySpan> = {
  expected: { code: 'DAY_HOURS' },
  read: (raw) => parseDaySpan(asText(raw) ?? '') ?? undefined,
};

/** An IANA zone that this Node knows. */
export const zone: ValueType<string> = {
  expected: { code: 'ZONE' },
  read: (raw) => {
    const name = asText(raw);
    return name !== undefined && isZone(name) ? name : undefined;
  },
};

export const actor: ValueType<string> = {
  expected: { code: 'ACTOR', roles: ROLES },
  read: (raw) => {
    const parsed = parseActor(asText(raw) ?? '');
    return parsed === null ? undefined : actorText(parsed);
  },
};

const INSTANT =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,3})?)?(Z|[+-][0-9]{2}:[0-9]{2})$/;

/** A moment as UTC ISO 8601; the date must exist (`Date` would turn February 30 into March 2). */
export const instant: ValueType<string> = {
  expected: { code: 'MOMENT' },
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

const ACCOUNT_RULES: Expected = { code: 'ACCOUNT_RULES', roles: ROLES };

/** Which accounts of the machine may act as what: `kim=cs|tm, @noc=noc`, or a list of such in the file. */
export const accountRules: ValueType<readonly string[]> = {
  expected: ACCOUNT_RULES,
  read: (raw) => {
    const rules = list(ACCOUNT_RULES).read(raw);
    return rules?.every((rule) => parseAccountRule(rule) !== null) ? rules : undefined;
  },
};
