import { type Cause, isCause } from '../codes/cause.ts';

/** One row a peer (`ne` or `tm` plus its origin). The row decides; what a process holds in memory only opens early. */
export type BreakerRow = {
  /** e.g. `ne:http://127.0.0.1:8701` or `tm:simulated`. */
  readonly name: string;
  /** Of the settings; a row of other settings starts anew. */
  readonly configHash: string;
  readonly state: 'closed' | 'open' | 'half-open';
  /** Fence: rises with every change of state; a result of an older gen changes nothing. */
  readonly gen: number;
  readonly failures: number;
  readonly lastFailureAt: number | null;
  readonly lastError: Cause | null;
  /** Epoch ms, drawn once (with jitter) when it opens. */
  readonly openUntil: number | null;
  /** Times reopened in a row: doubles the wait. */
  readonly reopened: number;
  readonly probeOwner: string | null;
  readonly probeUntil: number | null;
  /** By hand: open until `openUntil` whatever happens. */
  readonly forced: { readonly actor: string; readonly reason: string } | null;
};

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isMoment = (value: unknown): boolean => value === null || isCount(value);
const isText = (value: unknown): boolean => typeof value === 'string';
const isTextOrNull = (value: unknown): boolean => value === null || isText(value);
const isForced = (value: unknown): boolean =>
  value === null ||
  (typeof value === 'object' && isText(Reflect.get(value, 'actor')) && isText(Reflect.get(value, 'reason')));

const CHECKS: Readonly<Record<keyof BreakerRow, (value: unknown) => boolean>> = {
  name: isText,
  configHash: isText,
  state: (value) => value === 'closed' || value === 'open' || value === 'half-open',
  gen: isCount,
  failures: isCount,
  lastFailureAt: isMoment,
  lastError: (value) => value === null || isCause(value),
  openUntil: isMoment,
  reopened: isCount,
  probeOwner: isTextOrNull,
  probeUntil: isMoment,
  forced: isForced,
};

/**
 * What is wrong with a row that was read from outside, e.g. `state, gen`; null: nothing. An open row without an end
 * would never open the way again, and counts as wrong unless a person forced it.
 */
export const breakerRowFault = (row: BreakerRow): string | null => {
  const faults = Object.entries(CHECKS)
    .filter(([field, check]) => !check(Reflect.get(row, field)))
    .map(([field]) => field);
  if (row.state === 'open' && row.openUntil === null && row.forced === null) faults.push('openUntil');
  if (row.state === 'half-open' && row.probeUntil === null) faults.push('probeUntil');
  return faults.length === 0 ? null : [...new Set(faults)].join(', ');
};

/** A row in place of a broken one: closed, above its gen as far as that can be read. */
export const mendedBreakerRow = (row: BreakerRow, name: string): BreakerRow => ({
  name,
  configHash: '',
  state: 'closed',
  gen: isCount(row.gen) ? row.gen : 0,
  failures: 0,
  lastFailureAt: null,
  lastError: null,
  openUntil: null,
  reopened: 0,
  probeOwner: null,
  probeUntil: null,
  forced: null,
});
