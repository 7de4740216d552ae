import type { Coded } from '../../core/codes/coded.ts';
import type { HttpFaultValues } from '../../core/codes/http-fault.ts';
import { Refusal, VersionConflict } from '../../core/rules/refusal.ts';
import type { RefusalCode, RefusalDetailOf, RefusalKind } from '../../core/rules/refusals.ts';
import { assertNever } from '../../core/values/assert-never.ts';
import type { Texts } from '../../texts/catalogue.ts';
import type { Wording } from '../../texts/wording.ts';
import { FAULT_STATUS, faultHeaders, HttpFault } from './http-fault.ts';
import type { Answer, Headers, Route } from './route.ts';

/** Whatever went wrong, as an answer tells it. */
export type Told = {
  readonly status: number;
  /** Of the table of refusals, or of a fault of the request. */
  readonly code: string;
  readonly wording: Wording;
  readonly headers: Headers;
};

/** One status a kind, as the console has one exit code a kind. */
export const statusOf = (kind: RefusalKind): number => {
  switch (kind) {
    case 'usage':
      return 400;
    case 'denied':
      return 403;
    case 'not-found':
      return 404;
    case 'conflict':
      return 409;
    case 'rule':
      return 422;
    case 'unavailable':
    case 'configuration':
      return 503;
    default:
      return assertNever(kind);
  }
};

/** Seconds after which a caller may try again what is not possible now, where the refusal says nothing. */
const LATER_S = 5;

type Telling = {
  readonly t: Texts;
  /** Epoch ms. */
  readonly now: number;
  /** The refusal that an error of the machine amounts to; null: it is a bug. */
  readonly refusalOf: (thrown: unknown) => Refusal | null;
};

/** Whatever was thrown. null: a bug, of which the caller is told nothing. */
export const tell = (thrown: unknown, telling: Telling): Told | null => {
  if (thrown instanceof HttpFault) return tellFault(thrown.fault, telling.t);
  if (thrown instanceof VersionConflict) {
    const { orderId, expected, actual } = thrown;
    const known = expected === 'none' ? 0 : expected;
    return tellRefusal(new Refusal('STALE_VERSION', { orderId, expected: known, actual }), telling);
  }
  const refusal = thrown instanceof Refusal ? thrown : telling.refusalOf(thrown);
  return refusal === null ? null : tellRefusal(refusal, telling);
};

const tellFault = (fault: Coded<HttpFaultValues>, t: Texts): Told => {
  // Each code comes with the values of its own.
  const word = t.http.faults[fault.code] as (values: unknown) => Wording;
  return {
    status: FAULT_STATUS[fault.code],
    code: fault.code,
    wording: word(fault),
    headers: faultHeaders(fault),
  };
};

const wordsOf = <C extends RefusalCode>(t: Texts, code: C, detail: RefusalDetailOf<C>): Wording =>
  t.refusals[code](detail);

const tellRefusal = (refusal: Refusal, { t, now }: Telling): Told => {
  const status = statusOf(refusal.kind);
  const { retryAt } = refusal;
  const seconds = retryAt === undefined ? LATER_S : Math.max(1, Math.ceil((retryAt - now) / 1_000));
  return {
    status,
    code: refusal.code,
    wording: wordsOf(t, refusal.code, refusal.detail),
    headers: status === 503 ? { 'retry-after': String(seconds) } : {},
  };
};

/** What a caller is told of a bug: that it is none of theirs. */
export const tellBug = (t: Texts): Told => ({
  status: 500,
  code: 'BUG',
  wording: { what: t.http.bug },
  headers: {},
});

/** As RFC 9457 has it, or as the TM Forum does. What a person at a console would type next is left out. */
export const errorAnswer = (told: Told, shape: Route['errors']): Answer => {
  const { status, code, wording, headers } = told;
  const { what, why } = wording;
  const value =
    shape === 'tmf'
      ? { code, reason: what, ...(why === undefined ? {} : { message: why }), status: String(status) }
      : {
          type: `urn:oss:problem:${code}`,
          title: what,
          status,
          ...(why === undefined ? {} : { detail: why }),
          code,
        };
  const type = shape === 'tmf' ? 'application/json' : 'application/problem+json';
  return { kind: 'json', status, value, headers: { ...headers, 'content-type': `${type}; charset=utf-8` } };
};
