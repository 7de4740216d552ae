import type { Expected } from '../../core/codes/expected.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { CUSTOMER_ANSWERS, isCustomerAnswer } from './answers.ts';
import { FAULTS, type FaultValue, type FaultWhat, faultShape, isFaultWhat } from './fault-kinds.ts';

/** How often a matching request is struck. A count is kept in the ledger, by peer and rule text. */
export type Frequency =
  | { readonly kind: 'always' }
  | { readonly kind: 'probability'; readonly probability: number }
  | { readonly kind: 'count'; readonly count: number };

/** Which requests a rule is about; null members match everything. */
export type FaultScope = {
  readonly peer: 'ne' | 'tm' | null;
  readonly method: string | null;
  /** `/service`: that path and everything below; `/service/*`: below only; `/service$`: that path only; `/service?name`: with that query. */
  readonly path: string | null;
  /** A part of the business key. */
  readonly key: string | null;
};

export type FaultRule = {
  /** The rule as it was written: its identity. */
  readonly text: string;
  readonly what: FaultWhat;
  readonly value: string | null;
  readonly frequency: Frequency;
  readonly scope: FaultScope;
};

const METHODS = ['GET', 'POST', 'PATCH', 'DELETE'];

/** What `retry-after` stands for, s. */
const RETRY_AFTER_S = '5';

const VALUES: Readonly<Record<FaultValue, RegExp>> = {
  ms: /^\d{1,7}$/,
  seconds: /^\d{1,5}$/,
  code: /^[A-Z][A-Z0-9_]{0,39}$/,
  times: /^[1-9]\d{0,5}$/,
  answer: /^[a-z-]+$/,
};

/**
 * Reads one fault rule: `<what>[:value][:probability|:count][@scope]`.
 *
 * - The value comes first where that fault has one: `late-after:300`, `reject:NO_PORT`, `503:30`. An optional value
 *   may be left empty to give a frequency: `503::2`. For seconds `retry-after` stands for a few: `503:retry-after`.
 * - A whole number is a count (`reset-after:1` strikes once), a number with a point or `%` is a probability from 0 to 1
 *   (`500-before:0.2`, `500-before:20%`). Without one the rule strikes always.
 * - The scope is up to four words, in any order: `ne` or `tm`; a method; a path below the API's base, which begins with
 *   `/`; a part of the business key: `reset-after:1@POST /service internet.hsi`.
 *
 * Throws Refusal BAD_VALUE, which says what was expected.
 */
export const parseFault = (text: string, flag = '--fault'): FaultRule => {
  const refuse: Refuse = (expected) => {
    throw new Refusal('BAD_VALUE', { flag, value: text, expected });
  };
  const at = text.indexOf('@');
  const [what = '', ...rest] = (at < 0 ? text : text.slice(0, at)).trim().split(':');
  if (!isFaultWhat(what)) return refuse({ code: 'FAULT', faults: Object.keys(FAULTS) });
  const takesValue = faultShape(what).value !== null;
  const value = faultValueOf(what, takesValue ? rest.shift() : undefined, refuse);
  const [frequencyText, ...tooMuch] = rest;
  if (tooMuch.length > 0) return refuse({ code: 'FAULT_FORM', form: formOf(what) });
  const frequency = frequencyOf(what, frequencyText, refuse);
  const scope = scopeOf(at < 0 ? '' : text.slice(at + 1), refuse);
  const scoped = scope.method !== null || scope.path !== null || scope.key !== null;
  if (faultShape(what).stage === 'listener' && (scoped || frequency.kind !== 'always')) {
    return refuse({ code: 'FAULT_CLOSED', form: 'refuse[:ms][@ne|@tm]' });
  }
  return { text: text.trim(), what, value, frequency, scope };
};

type Refuse = (expected: Expected) => never;

const formOf = (what: FaultWhat): string => {
  const { value } = faultShape(what);
  const said = value === null ? '' : value.required ? `:<${value.kind}>` : `[:${value.kind}]`;
  return `${what}${said}[:probability|:count][@scope]`;
};

const faultValueOf = (what: FaultWhat, text: string | undefined, refuse: Refuse): string | null => {
  const { value } = faultShape(what);
  if (value === null) return null;
  if (text === undefined || text === '') {
    return value.required ? refuse(expectedValue(what, value.kind, null)) : null;
  }
  if (value.kind === 'seconds' && text === 'retry-after') return RETRY_AFTER_S;
  const valid = VALUES[value.kind].test(text) && (value.kind !== 'answer' || isCustomerAnswer(text));
  const isFrequency = frequencyIn(text) !== null;
  const without = !value.required && isFrequency ? `${what}::${text}` : null;
  return valid ? text : refuse(expectedValue(what, value.kind, without));
};

const expectedValue = (what: FaultWhat, kind: FaultValue, without: string | null): Expected => {
  const form = formOf(what);
  return kind === 'answer'
    ? { code: 'FAULT_ANSWER', form, answers: CUSTOMER_ANSWERS, without }
    : { code: 'FAULT_VALUE', form, value: kind, without };
};

const frequencyOf = (what: FaultWhat, text: string | undefined, refuse: Refuse): Frequency =>
  text === undefined
    ? { kind: 'always' }
    : (frequencyIn(text) ?? refuse({ code: 'FAULT_FREQUENCY', form: formOf(what) }));

/** null: neither a count nor a probability. */
const frequencyIn = (text: string): Frequency | null => {
  if (/^[1-9]\d{0,6}$/.test(text)) return { kind: 'count', count: Number(text) };
  const [, percent] = /^(\d{1,3}(?:\.\d+)?)%$/.exec(text) ?? [];
  const probability =
    percent !== undefined ? Number(percent) / 100 : /^\d?\.\d+$/.test(text) ? Number(text) : Number.NaN;
  return probability >= 0 && probability <= 1 ? { kind: 'probability', probability } : null;
};

const scopeOf = (text: string, refuse: Refuse): FaultScope => {
  const scope: { -readonly [K in keyof FaultScope]: FaultScope[K] } = {
    peer: null,
    method: null,
    path: null,
    key: null,
  };
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const member =
      word === 'ne' || word === 'tm'
        ? 'peer'
        : METHODS.includes(word)
          ? 'method'
          : word.startsWith('/')
            ? 'path'
            : 'key';
    if (scope[member] !== null) {
      return refuse({ code: 'FAULT_SCOPE' });
    }
    Object.assign(scope, { [member]: word });
  }
  return scope;
};
