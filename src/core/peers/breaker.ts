import type { Cause } from '../codes/cause.ts';
import type { BreakerRow } from './breaker-row.ts';

/** When a breaker opens and for how long; all times in milliseconds. */
export type BreakerSettings = {
  /** Consecutive failures that open it; two of them are consecutive when at most `withinMs` lie between. */
  readonly failures: number;
  readonly withinMs: number;
  /** How long it stays open the first time; doubled at each reopening up to `maxOpenMs`. */
  readonly openMs: number;
  readonly maxOpenMs: number;
  /** How long a probe may take before another process may try: longer than a request and its send window. */
  readonly probeLeaseMs: number;
};

/** A breaker as it is called, and the settings that its row is judged by. */
export type NamedBreaker = { readonly name: string; readonly settings: BreakerSettings };

export const DEFAULT_BREAKER: BreakerSettings = {
  failures: 5,
  withinMs: 60_000,
  openMs: 5_000,
  maxOpenMs: 300_000,
  probeLeaseMs: 15_000,
};

/** Part of the wait that is drawn at random, so that peers' clients do not all come back in the same moment. */
const JITTER = 0.2;
/** "Come back later" of a peer is believed up to here, and never makes a hot loop. */
const MAX_BACK_OFF_MS = 300_000;
const MIN_BACK_OFF_MS = 1_000;
/** How soon those who were refused during a probe may ask how it went. */
const PROBE_POLL_MS = 1_000;

/** Which breaker it is, and who asks. */
export type BreakerSelf = { readonly name: string; readonly owner: string };

/** A row as it counts now, and the gen that a compare-and-set of its successor must find (null: no row). */
export type BreakerNow = { readonly row: BreakerRow; readonly storedGen: number | null };

export type BreakerWrite = { readonly row: BreakerRow; readonly expectedGen: number | null };

/** What a breaker says of a request before its intent is committed. */
export type BreakerAdmission =
  | { readonly kind: 'pass'; readonly gen: number }
  /** To be sent only when `write` succeeded: then this process alone probes. */
  | { readonly kind: 'probe'; readonly gen: number; readonly write: BreakerWrite }
  | { readonly kind: 'refused'; readonly retryAt: number | null; readonly cause: Cause };

/** What a peer did wrong. `backOff`: it asked to come back later, at `retryAt` (epoch ms) if it said when. */
export type PeerFault = {
  readonly cause: Cause;
  readonly backOff: { readonly retryAt: number | null } | null;
  /** 0 to 1, drawn once by the caller. */
  readonly draw: number;
};

/** Rows that were written under other settings start anew. */
export const breakerConfigHash = (settings: BreakerSettings): string =>
  `${settings.failures}/${settings.withinMs}/${settings.openMs}/${settings.maxOpenMs}`;

const closedRow = (name: string, configHash: string, gen: number): BreakerRow => ({
  name,
  configHash,
  state: 'closed',
  gen,
  failures: 0,
  lastFailureAt: null,
  lastError: null,
  openUntil: null,
  reopened: 0,
  probeOwner: null,
  probeUntil: null,
  forced: null,
});

/** The row as it counts under these settings: closed when there is none, or one of other settings that is not forced. */
export const breakerNow = (
  stored: BreakerRow | null,
  name: string,
  settings: BreakerSettings,
): BreakerNow => {
  const configHash = breakerConfigHash(settings);
  if (stored === null) return { row: closedRow(name, configHash, 0), storedGen: null };
  if (stored.configHash === configHash) return { row: stored, storedGen: stored.gen };
  if (stored.forced !== null) return { row: { ...stored, configHash }, storedGen: stored.gen };
  return { row: closedRow(name, configHash, stored.gen + 1), storedGen: stored.gen };
};

/** May a request be sent now? Of all that ask while a probe is due, the one whose `write` succeeds. */
export const admitBreaker = (
  stored: BreakerRow | null,
  now: number,
  settings: BreakerSettings,
  self: BreakerSelf,
): BreakerAdmission => {
  const { row, storedGen } = breakerNow(stored, self.name, settings);
  if (row.state === 'closed') return { kind: 'pass', gen: row.gen };
  if (row.state === 'open' && waits(row.openUntil, now, row.forced === null ? settings.maxOpenMs : null)) {
    return { kind: 'refused', retryAt: row.openUntil, cause: openCause(row) };
  }
  if (row.state === 'half-open' && waits(row.probeUntil, now, settings.probeLeaseMs)) {
    const retryAt = Math.min(row.probeUntil ?? now, now + PROBE_POLL_MS);
    return { kind: 'refused', retryAt, cause: { code: 'BREAKER_HALF_OPEN' } };
  }
  const probe: BreakerRow = {
    ...row,
    state: 'half-open',
    gen: row.gen + 1,
    forced: null,
    probeOwner: self.owner,
    probeUntil: now + settings.probeLeaseMs,
  };
  return { kind: 'probe', gen: probe.gen, write: { row: probe, expectedGen: storedGen } };
};

/**
 * Whether `until` is still to come. One that lies further ahead than the settings can produce was written by a wrong
 * clock, and must not close the way for years. An open breaker without an end was forced so.
 */
const waits = (until: number | null, now: number, longestMs: number | null): boolean => {
  if (until === null) return longestMs === null;
  if (longestMs === null) return now < until;
  return now < until && until - now <= Math.max(longestMs, MAX_BACK_OFF_MS) * (1 + JITTER);
};

const openCause = ({ forced, lastError }: BreakerRow): Cause =>
  forced === null ? { code: 'BREAKER_OPEN', last: lastError } : { code: 'BREAKER_FORCED', ...forced };

/** The row after the peer answered; null: nothing to write (nothing changes, or the result is of an older gen). */
export const afterSuccess = (
  stored: BreakerRow | null,
  gen: number,
  settings: BreakerSettings,
  name: string,
): BreakerWrite | null => {
  const { row, storedGen } = breakerNow(stored, name, settings);
  if (row.gen !== gen) return null;
  if (row.state === 'half-open') return { row: closed(row), expectedGen: storedGen };
  if (row.failures === 0) return null;
  return { row: { ...row, failures: 0 }, expectedGen: storedGen };
};

/** Closed by a change of state; what happened last stays readable. */
const closed = (row: BreakerRow): BreakerRow => ({
  ...row,
  state: 'closed',
  gen: row.gen + 1,
  failures: 0,
  openUntil: null,
  reopened: 0,
  probeOwner: null,
  probeUntil: null,
  forced: null,
});

/** The row after a fault of the peer; null: the result is of an older gen. */
export const afterFailure = (
  stored: BreakerRow | null,
  gen: number,
  now: number,
  settings: BreakerSettings,
  name: string,
  fault: PeerFault,
): BreakerWrite | null => {
  const { row, storedGen } = breakerNow(stored, name, settings);
  if (row.gen !== gen || row.state === 'open') return null;
  const inRow = row.lastFailureAt !== null && now - row.lastFailureAt <= settings.withinMs;
  const failed: BreakerRow = {
    ...row,
    failures: (inRow ? row.failures : 0) + 1,
    lastFailureAt: now,
    lastError: fault.cause,
  };
  const next = (): BreakerRow => {
    if (fault.backOff !== null)
      return opened(failed, backOffUntil(fault.backOff.retryAt, now, settings), row.reopened);
    if (row.state === 'half-open') {
      const reopened = row.reopened + 1;
      return opened(failed, now + openFor(reopened, settings, fault.draw), reopened);
    }
    return failed.failures < settings.failures
      ? failed
      : opened(failed, now + openFor(0, settings, fault.draw), 0);
  };
  return { row: next(), expectedGen: storedGen };
};

const opened = (row: BreakerRow, openUntil: number, reopened: number): BreakerRow => ({
  ...row,
  state: 'open',
  gen: row.gen + 1,
  openUntil,
  reopened,
  probeOwner: null,
  probeUntil: null,
});

const openFor = (reopened: number, settings: BreakerSettings, draw: number): number => {
  const wait = Math.min(settings.openMs * 2 ** reopened, settings.maxOpenMs);
  return Math.round(wait * (1 - JITTER + 2 * JITTER * draw));
};

const backOffUntil = (retryAt: number | null, now: number, settings: BreakerSettings): number =>
  Math.min(Math.max(retryAt ?? now + settings.openMs, now + MIN_BACK_OFF_MS), now + MAX_BACK_OFF_MS);

/** The row after an admitted request was never sent, which says nothing of the peer; null: nothing to give back. */
export const afterUnused = (
  stored: BreakerRow | null,
  gen: number,
  now: number,
  settings: BreakerSettings,
  name: string,
): BreakerWrite | null => {
  const { row, storedGen } = breakerNow(stored, name, settings);
  if (row.gen !== gen || row.state !== 'half-open') return null;
  return { row: opened(row, now, row.reopened), expectedGen: storedGen };
};

/** Opened by hand until `until` (epoch ms), whatever happens meanwhile. Results of requests in flight change nothing. */
export const forceOpen = (
  stored: BreakerRow | null,
  name: string,
  settings: BreakerSettings,
  by: { readonly until: number; readonly actor: string; readonly reason: string },
): BreakerWrite => {
  const { row, storedGen } = breakerNow(stored, name, settings);
  const forced = { actor: by.actor, reason: by.reason };
  return { row: { ...opened(row, by.until, row.reopened), forced }, expectedGen: storedGen };
};

/** Closed by hand, also one that was forced open; null: it is closed and counts no failure. */
export const forceClose = (
  stored: BreakerRow | null,
  name: string,
  settings: BreakerSettings,
): BreakerWrite | null => {
  const { row, storedGen } = breakerNow(stored, name, settings);
  if (row.state === 'closed' && row.failures === 0) return null;
  return { row: closed(row), expectedGen: storedGen };
};
