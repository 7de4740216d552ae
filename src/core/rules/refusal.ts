import type { Cause } from '../codes/cause.ts';
import { REFUSALS, type RefusalCode, type RefusalDetailOf, type RefusalKind } from './refusals.ts';

/**
 * An expected "no": what the caller wants is not possible, and nothing was changed.
 * It carries a stable English code and typed values; the face words it (what, why, what next) in the reader's language.
 */
export class Refusal<C extends RefusalCode = RefusalCode> extends Error {
  override readonly name = 'Refusal';
  readonly code: C;
  readonly kind: RefusalKind;
  readonly detail: RefusalDetailOf<C>;
  /** Epoch ms at which the same may be tried again. */
  readonly retryAt: number | undefined;

  constructor(code: C, detail: RefusalDetailOf<C>, options: { readonly retryAt?: number } = {}) {
    super(`${code} ${JSON.stringify(detail)}`);
    this.code = code;
    this.kind = REFUSALS[code].kind;
    this.detail = detail;
    this.retryAt = options.retryAt;
  }
}

/** Whether something thrown is the refusal of one rule. */
export const isRefusal = <C extends RefusalCode>(thrown: unknown, code: C): thrown is Refusal<C> =>
  thrown instanceof Refusal && thrown.code === code;

/** Why no request could go to a peer; of any other refusal, its code. */
export const causeOfRefusal = (refusal: Refusal): Cause =>
  isRefusal(refusal, 'PEER_UNAVAILABLE') || isRefusal(refusal, 'PEER_MISCONFIGURED')
    ? refusal.detail.cause
    : { code: 'REFUSED', reason: refusal.code, told: '' };

/** The stream is at another version than the write expected. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
  readonly orderId: string;
  readonly expected: number | 'none';
  readonly actual: number;

  constructor(orderId: string, expected: number | 'none', actual: number) {
    super(`${orderId} is at version ${actual}, not ${expected}`);
    this.orderId = orderId;
    this.expected = expected;
    this.actual = actual;
  }
}
