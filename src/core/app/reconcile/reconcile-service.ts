import { noteRead, shownFrom } from '../../activation/absence.ts';
import { openRequests } from '../../activation/requests.ts';
import type { ServiceState } from '../../activation/service-state.ts';
import type { Finding } from '../../peers/finding.ts';
import type { LookUp } from '../../peers/outcome.ts';
import type { NeService } from '../../ports/peers.ts';
import type { OrderProcess } from '../../process/process.ts';
import { type Judged, judgeGhost, judgeLive } from '../../reconcile/judge.ts';
import { type Ownership, ownsService } from '../../reconcile/ownership.ts';
import { ownClock } from '../../time/own-clock.ts';
import { type NameOwner, saysTheSame } from '../../values/keys.ts';
import type { SagaDeps } from '../deps.ts';
import { readOrder } from '../write-order.ts';
import { admitNe } from './inventory.ts';
import { lookedUp } from './look-up-now.ts';
import { mendAndTell } from './mend-order.ts';

/** A service on which the NE and the log seem to differ, before a second look. */
export type Suspect =
  | {
      readonly as: 'live';
      readonly orderId: string;
      readonly live: NeService;
      /** Who made its name. */
      readonly owner: NameOwner;
      /** The NE's own name for it, where that is not its key. */
      readonly shownAs?: string;
    }
  | { readonly as: 'ghost'; readonly orderId: string; readonly key: string };

/** A suspicion that the NE confirmed. */
export type Confirmed = {
  readonly suspect: Suspect;
  readonly process: OrderProcess;
  readonly judged: Judged;
  readonly finding: Omit<Finding, 'state'>;
};

/** The NE shows a service by key or id, although its list did not. */
export type Unlisted = {
  readonly unlisted: { readonly key: string; readonly neId: string };
  /** Its key does not bring it to light either. */
  readonly isByIdOnly: boolean;
  /** When it was last requested (UTC ISO); null: not known. */
  readonly requestedAt: string | null;
};

/** nothing: it is as the log says after all. unclear: the NE would not say. */
export type Looked = Confirmed | Unlisted | 'nothing' | 'unclear';

/** A live service against its order; the log may not know the order at all. null: nothing is wrong with it. */
export const judgeOf = (process: OrderProcess, live: NeService, ownership: Ownership): Judged | null => {
  if (ownership === 'none') return null;
  if (process.version === 0) {
    return { kind: 'orphan', detail: { code: 'ORDER_UNKNOWN' }, decide: () => [], follows: 'by-hand' };
  }
  const judged = judgeLive(process, live);
  return judged === null || ownership === 'in-full'
    ? judged
    : { ...judged, decide: () => [], follows: 'by-hand' };
};

/** Looks again, at the log first and then at the NE, before anything is believed. */
export const lookAgain = (
  deps: SagaDeps,
  suspect: Suspect,
  signal: AbortSignal | undefined,
): Promise<Looked> =>
  suspect.as === 'live' ? lookAtLive(deps, suspect, signal) : lookAtGhost(deps, suspect, signal);

const lookAtLive = async (
  deps: SagaDeps,
  suspect: Extract<Suspect, { as: 'live' }>,
  signal: AbortSignal | undefined,
): Promise<Looked> => {
  const process = await deps.store.read((tx) => readOrder(tx, suspect.orderId));
  const { key, neId } = suspect.live;
  const { shownAs } = suspect;
  if (shownAs !== undefined) return lookAtRenamed(deps, { process, suspect, shownAs }, signal);
  const isIt = (service: NeService): boolean => service.neId === neId && service.state === 'active';
  const found = lookedUp(await deps.ne.find(key, await admitNe(deps, signal)), isIt);
  if (found === 'unclear') return 'unclear';
  if (found === 'gone') return 'nothing';
  // The NE cannot look up by key: its id must tell.
  const isById = found === 'unsupported';
  const byKey = isById ? suspect.live : found;
  const judged = judgeOf(process, byKey, ownsService(process, byKey, suspect.owner));
  if (judged === null) return 'nothing';
  // What a list shows may be long over: only a read of the very id switches a service off or opens an order again.
  if (judged.follows !== 'by-hand' || isById) {
    const read = await deps.ne.read(byKey.neId, await admitNe(deps, signal));
    if (isUnanswered(read)) return 'unclear';
    if (read.kind !== 'found' || read.value.key !== byKey.key) return 'nothing';
  }
  return confirmed({ suspect, process, judged, key: byKey.key, neId: byKey.neId });
};

type Renamed = {
  readonly process: OrderProcess;
  readonly suspect: Extract<Suspect, { as: 'live' }>;
  readonly shownAs: string;
};

/** No key of ours brings it to light: its id must tell. A name that may be of several leaves it to a person. */
const lookAtRenamed = async (
  deps: SagaDeps,
  { process, suspect, shownAs }: Renamed,
  signal: AbortSignal | undefined,
): Promise<Looked> => {
  const { key, neId } = suspect.live;
  const read = await deps.ne.read(neId, await admitNe(deps, signal));
  if (isUnanswered(read)) return 'unclear';
  if (read.kind !== 'found' || read.value.key !== shownAs) return 'nothing';
  const live = { ...read.value, key };
  const ownership = saysTheSame(shownAs, key) ? ownsService(process, live, suspect.owner) : 'by-hand';
  const judged = judgeOf(process, live, ownership);
  return judged === null ? 'nothing' : confirmed({ suspect, process, judged, key, neId });
};

/**
 * A service that the NE's list did not show is missing only when neither its key nor any id that the NE ever told brings
 * it to light: a list that is empty for a moment is no proof of anything.
 */
const lookAtGhost = async (
  deps: SagaDeps,
  suspect: Extract<Suspect, { as: 'ghost' }>,
  signal: AbortSignal | undefined,
): Promise<Looked> => {
  const { orderId, key } = suspect;
  const process = await deps.store.read((tx) => readOrder(tx, orderId));
  const service = process.activation.services.get(key);
  if (service === undefined) return 'nothing';
  if (!(await isToBeShown(deps, service, signal))) return 'unclear';
  const byKey = await deps.ne.find(key, await admitNe(deps, signal));
  if (isUnanswered(byKey)) return 'unclear';
  const ids = [...service.duplicates, ...(service.neId === null ? [] : [service.neId])];
  const unlisted = (neId: string, isByIdOnly: boolean): Unlisted => ({
    unlisted: { key, neId },
    isByIdOnly,
    requestedAt: service.requests.at(-1)?.at ?? null,
  });
  if (byKey.kind === 'found' || byKey.kind === 'ambiguous') {
    const shown = byKey.kind === 'found' ? [byKey.value] : byKey.matches;
    const known = shown.find(({ neId, state }) => ids.includes(neId) && state === 'active');
    return known === undefined ? 'nothing' : unlisted(known.neId, false);
  }
  for (const neId of ids) {
    const byId = await deps.ne.read(neId, await admitNe(deps, signal));
    if (isUnanswered(byId)) return 'unclear';
    if (byId.kind !== 'found') continue;
    if (byId.value.key === key) return unlisted(neId, true);
    // The NE calls it by a name of its own, under which no key finds it, and no list of names.
    if (service.names.includes(byId.value.key)) return 'nothing';
  }
  const judged = judgeGhost(process, key, { as: byKey.kind, peer: deps.ne.identity });
  return judged === null ? 'nothing' : confirmed({ suspect, process, judged, key, neId: service.neId });
};

/** Longer than any bound and what reads may be late by then; what takes longer is looked at the next time. */
const LONGEST_WAIT_MS = 30_000;

/** Waits until reads must show what the service came to: one that was made just now is not lost. */
const isToBeShown = async (
  { clock, policy }: SagaDeps,
  service: ServiceState,
  signal: AbortSignal | undefined,
): Promise<boolean> => {
  const own = ownClock(clock);
  noteRead(service, own);
  // What a request that is still open may make is another one: the one that the log knows has been shown by a read.
  const open = openRequests(service);
  const requests = service.requests.filter((request) => !open.includes(request));
  const settled = shownFrom({ ...service, requests }, { timing: policy.ne, own }) - own.uptime();
  const left = open.length === 0 ? settled : Math.max(settled, policy.ne.consistencyMs);
  if (left > LONGEST_WAIT_MS) return false;
  if (left > 0) await clock.wait(left, signal);
  return signal?.aborted !== true;
};

const isUnanswered = <T>(
  lookUp: LookUp<T>,
): lookUp is Extract<LookUp<T>, { kind: 'unknown' | 'unsupported' | 'misconfigured' }> =>
  lookUp.kind === 'unknown' || lookUp.kind === 'unsupported' || lookUp.kind === 'misconfigured';

const confirmed = ({
  suspect,
  process,
  judged,
  key,
  neId,
}: Omit<Confirmed, 'finding'> & { readonly key: string; readonly neId: string | null }): Confirmed => {
  const { kind, detail } = judged;
  const stage = process.version === 0 ? null : process.stage;
  return { suspect, process, judged, finding: { kind, key, orderId: process.orderId, neId, stage, detail } };
};

/** A live service, as it was read by its id, against the order; null: it is as the log says. */
export const confirmedLive = (process: OrderProcess, live: NeService): Confirmed | null => {
  const { key, neId } = live;
  const judged = judgeOf(process, live, 'in-full');
  const suspect = { as: 'live', orderId: process.orderId, live, owner: 'ours' } as const;
  return judged === null ? null : confirmed({ suspect, process, judged, key, neId });
};

/** What can be recorded is, and the order's steps run. null: it is so no longer. */
export const settleConfirmed = async (
  deps: SagaDeps,
  { process, judged, finding }: Confirmed,
  signal: AbortSignal | undefined,
): Promise<Finding | null> => {
  const state = judged.follows === 'by-hand' ? 'by-hand' : 'fixed';
  if (judged.decide(process).length === 0) return { ...finding, state };
  // What was learnt of the order since it was read may make what was seen old.
  const decide = (current: OrderProcess) =>
    current.activation.factVersion === process.activation.factVersion ? judged.decide(current) : [];
  return mendAndTell(deps, { ...finding, state }, { decide, signal });
};
