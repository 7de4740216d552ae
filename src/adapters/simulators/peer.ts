import { type CustomerAnswer, isCustomerAnswer } from './answers.ts';
import type { FaultRule } from './fault-rule.ts';
import type { Answer, SimRequest, Target } from './request.ts';

/** What faults of stage `effect` change about one request. */
export type EffectFaults = {
  readonly reject?: string;
  readonly duplicate?: true;
  readonly noIdempotency?: true;
  readonly ignoreFilter?: true;
  /** Answers 202; the effect comes after so many ms. */
  readonly monitorMs?: number;
  /** The monitor ends in error with this code, without effect. */
  readonly monitorError?: string;
  readonly answer?: CustomerAnswer;
};

/** A simulated system behind HTTP. Its methods belong inside a transaction on the ledger. */
export type Peer = {
  readonly kind: 'ne' | 'tm';
  /** Path of the API, e.g. `/tmf-api/appointment/v4`. */
  readonly base: string;
  /** What a request is about; an answer (404, 405) when it is about nothing here. */
  readonly identify: (request: SimRequest) => Target | Answer;
  /** Carries a request out at the given time (epoch ms). */
  readonly perform: (request: SimRequest, target: Target, faults: EffectFaults, at: number) => Answer;
  /** The request without anything that must not be kept, so that it can wait in the ledger. */
  readonly scrub: (request: SimRequest) => SimRequest;
  /** Carries out every job that is due by `now`, each at its own due time. */
  readonly applyDue: (now: number) => void;
};

const DEFAULT_MONITOR_MS = 1_000;

/** The effect faults of the rules that strike one request. */
export const effectFaultsOf = (rules: readonly FaultRule[]): EffectFaults => {
  const faults: { -readonly [K in keyof EffectFaults]: EffectFaults[K] } = {};
  for (const { what, value } of rules) {
    if (what === 'reject') faults.reject = value ?? 'REJECTED';
    if (what === 'duplicate') faults.duplicate = true;
    if (what === 'no-idempotency') faults.noIdempotency = true;
    if (what === 'ignore-filter') faults.ignoreFilter = true;
    if (what === '202') faults.monitorMs = value === null ? DEFAULT_MONITOR_MS : Number(value);
    if (what === 'monitor-error') {
      faults.monitorError = value ?? 'ACTIVATION_FAILED';
      faults.monitorMs ??= DEFAULT_MONITOR_MS;
    }
    if (what === 'answer' && value !== null && isCustomerAnswer(value)) faults.answer = value;
  }
  return faults;
};
