import type { SignedHead } from '../../ports/audit.ts';
import { iso } from '../../time/iso.ts';
import { MINUTE_MS } from '../../time/units.ts';
import { fromLocal, toLocal } from '../../time/zone.ts';
import { record } from '../audit.ts';
import { auditRows } from '../audited/read-audit.ts';
import type { AppDeps } from '../deps.ts';

/** What the audit calls a head that a worker told; its subject is the operator-local date. */
export const HEAD_TOLD = 'head.told';

/** How often a worker looks whether another day has begun. */
const LOOK_MS = MINUTE_MS;

export type DailyHead = {
  /** Where log and audit end now. */
  readonly read: () => Promise<Pick<SignedHead, 'position' | 'digest' | 'audit'>>;
  /** Keeps it outside of the database. */
  readonly tell: (head: SignedHead, date: string) => Promise<void>;
};

type Teller = Pick<AppDeps, 'store' | 'clock' | 'actor' | 'via' | 'policy'>;

const today = ({ clock, policy }: Teller): string => toLocal(clock.now(), policy.tz).date;

const wasTold = async (deps: Teller, date: string): Promise<boolean> => {
  const since = fromLocal(date, 0, deps.policy.tz).at;
  for await (const { action, subject } of auditRows(deps, { since, until: undefined, newestFirst: true }))
    if (action === HEAD_TOLD && subject === date) return true;
  return false;
};

/**
 * Tells the head of the operator-local day, unless a worker has told it. The row that remembers it comes after it was told:
 * a process that dies in between makes that day have two, never none. Returns the date.
 */
export const tellHeadOfToday = async (deps: Teller, { read, tell }: DailyHead): Promise<string> => {
  const date = today(deps);
  if (await wasTold(deps, date)) return date;
  const head = await read();
  await tell({ at: iso(deps.clock.now()), ...head, signature: null }, date);
  const { position, digest } = head;
  await deps.store.write((tx) =>
    record(tx, deps, { action: HEAD_TOLD, subject: date, detail: { position, digest } }),
  );
  return date;
};

/** A head a day, until the signal. */
export const keepTellingHeads = async (
  deps: Teller,
  { signal, ...daily }: DailyHead & { readonly signal: AbortSignal },
): Promise<void> => {
  let told: string | null = null;
  while (!signal.aborted) {
    if (told !== today(deps)) told = await tellHeadOfToday(deps, daily);
    await deps.clock.wait(LOOK_MS, signal);
  }
};
