import type { Operation } from './request.ts';

/**
 * When a fault strikes. `listener`: the port is closed. `gate`: before anything happened. `effect`: changes what
 * happens. `delivery`: it has happened, and the answer is lost or spoilt.
 */
export type FaultStage = 'listener' | 'gate' | 'effect' | 'delivery';

export type FaultValue = 'ms' | 'seconds' | 'code' | 'times' | 'answer';

export type FaultShape = {
  readonly stage: FaultStage;
  readonly value: { readonly kind: FaultValue; readonly required: boolean } | null;
  /** The operations it can strike; null: every one. `reject` strikes others too when its scope names them. */
  readonly operations: readonly Operation[] | null;
  readonly does: string;
};

const WRITES: readonly Operation[] = ['create', 'activate', 'revert', 'call', 'book', 'change'];
const CREATES: readonly Operation[] = ['create', 'call', 'book'];

const shape = (
  stage: FaultStage,
  does: string,
  operations: readonly Operation[] | null = null,
  value: FaultShape['value'] = null,
): FaultShape => ({ stage, does, operations, value });

const needs = (kind: FaultValue): FaultShape['value'] => ({ kind, required: true });
const may = (kind: FaultValue): FaultShape['value'] => ({ kind, required: false });

/** Every fault there is. `docs/simulators.md` lists the same; a test compares them. */
export const FAULTS = {
  refuse: shape(
    'listener',
    'the port is closed, for so many ms or until the rule is taken back',
    null,
    may('ms'),
  ),
  'reset-before': shape('gate', 'no effect; the connection is cut'),
  'timeout-before': shape('gate', 'no effect; never answers'),
  '500-before': shape('gate', 'no effect; 500'),
  '503': shape('gate', 'no effect; 503, with Retry-After when seconds are given', null, may('seconds')),
  '429': shape('gate', 'no effect; 429, with Retry-After when seconds are given', null, may('seconds')),
  redirect: shape('gate', 'no effect; 307 to another path'),
  unauthorized: shape('gate', 'no effect; 401'),
  'no-lookup': shape('gate', 'looking up by key answers 501', ['lookup']),
  'revert-fails': shape(
    'gate',
    'the first n reverts of each service answer 500, no effect',
    ['revert'],
    needs('times'),
  ),
  'late-after': shape(
    'gate',
    'cuts the connection; the effect happens so many ms later',
    WRITES,
    needs('ms'),
  ),
  reject: shape('effect', 'no effect; 422 with this code', CREATES, needs('code')),
  '202': shape(
    'effect',
    '202 with a monitor; the effect happens after so many ms (1000)',
    ['create'],
    may('ms'),
  ),
  'monitor-error': shape(
    'effect',
    '202 with a monitor that ends InError with this code',
    ['create'],
    may('code'),
  ),
  'no-idempotency': shape('effect', 'every request has an effect of its own, whatever its key', CREATES),
  duplicate: shape('effect', 'the effect happens twice', CREATES),
  'ignore-filter': shape('effect', 'looking up by key answers with everything there is', ['lookup']),
  answer: shape('effect', 'what the customer says to this call', ['call'], needs('answer')),
  'reset-after': shape('delivery', 'the effect has happened; the connection is cut'),
  'timeout-after': shape('delivery', 'the effect has happened; never answers'),
  '500-after': shape('delivery', 'the effect has happened; 500'),
  'slow-drip': shape(
    'delivery',
    'the effect has happened; one byte each so many ms (50), without end',
    null,
    may('ms'),
  ),
  truncate: shape('delivery', 'the effect has happened; half of the body, then the connection is cut'),
  garbage: shape('delivery', 'the effect has happened; a body that is not JSON'),
  html: shape('delivery', 'the effect has happened; 200 with an HTML page'),
  huge: shape('delivery', 'the effect has happened; the right body, padded to over 2 MiB'),
  'wrong-key': shape('delivery', 'the effect has happened; the answer names another key'),
} as const satisfies Readonly<Record<string, FaultShape>>;

export type FaultWhat = keyof typeof FAULTS;

export const isFaultWhat = (text: string): text is FaultWhat => Object.hasOwn(FAULTS, text);

export const faultShape = (what: FaultWhat): FaultShape => FAULTS[what];
