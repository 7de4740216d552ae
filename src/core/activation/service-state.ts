import type { Told } from '../peers/outcome.ts';
import { hasOpenRequest, type ServiceRequest } from './requests.ts';
import type { PlannedService } from './service.ts';

/**
 * What is proven of a service at the NE. off: never requested, known absent, or reverted. refused: the NE said no.
 * on: live. unknown: not known to be on, and some request for it is unanswered or in doubt; or it was on before history was
 * lost.
 */
export type Proof = 'off' | 'refused' | 'on' | 'unknown';

/** A look-up that found nothing. */
export type NotSeen = {
  /** Its event id. */
  readonly event: string;
  readonly at: string;
  /** It was late enough to be the first of two. */
  readonly counts: boolean;
  /** The reader's boot, and ms since then when it began. */
  readonly boot: string;
  readonly uptimeMs: number;
  /** Ms since that boot from which a process of it has known of every request of the service. */
  readonly since: number;
};

/** One service of one generation. */
export type ServiceState = {
  readonly plan: PlannedService;
  readonly proof: Proof;
  /** What the facts say by themselves, whatever the requests that are open may still do. */
  readonly known: Exclude<Proof, 'unknown'>;
  /** Every request that it ever had, in their order. */
  readonly requests: readonly ServiceRequest[];
  /** Services that the NE told of by id under another name than ours, and that no event has settled yet. */
  readonly told: readonly Told[];
  /** Names under which the NE answered, besides the key ('': without one): it is ours under these too. */
  readonly names: readonly string[];
  /** An id that the NE told of (in event `by`) and that no read has shown yet. */
  readonly unseen: { readonly neId: string; readonly by: string } | null;
  /** CheckService must read it back by key. */
  readonly readBack: boolean;
  /** It was on when the backup was made that the log was restored from, and was not seen since. */
  readonly maybeGone: boolean;
  /** The last look-up that found nothing, if nothing was learnt of the service since. */
  readonly notSeen: NotSeen | null;
  readonly neId: string | null;
  readonly equipmentId: string | null;
  /** NE ids of further live services of the same key. */
  readonly duplicates: readonly string[];
  /** Their revert is requested and not proven yet, while the service itself stays. */
  readonly revertsDuplicates: boolean;
  /** A revert that is requested and not proven yet. */
  readonly revert: { readonly at: string; readonly peer: string; readonly code: string | null } | null;
  /** Proven off after having been on: a new wish for it needs a new generation. */
  readonly reverted: boolean;
  /** How often it was requested. */
  readonly tries: number;
  /** Requests that came to nothing, unanswered, since a person last said: try again. */
  readonly inVain: number;
  /** Suffix of the next idempotency key: rises when a person retries a refused service. */
  readonly attempt: number;
  readonly refusedCode: string | null;
  /** A person has said that no proof of it off will come, and the log has learnt nothing of it since. */
  readonly waived: boolean;
};

export const planned = (plan: PlannedService): ServiceState => ({
  plan,
  proof: 'off',
  known: 'off',
  requests: [],
  told: [],
  names: [],
  unseen: null,
  readBack: false,
  maybeGone: false,
  notSeen: null,
  neId: null,
  equipmentId: null,
  duplicates: [],
  revertsDuplicates: false,
  revert: null,
  reverted: false,
  tries: 0,
  inVain: 0,
  attempt: 0,
  refusedCode: null,
  waived: false,
});

/**
 * While a request is open, or the NE has told of a service elsewhere, nothing but *on* is proven; and not even that of one
 * whose history was lost.
 */
export const proofOf = (service: Omit<ServiceState, 'proof'>): Proof => {
  const mayBeOn = hasOpenRequest(service) || service.told.length > 0;
  const isDoubtful = service.known === 'on' ? service.maybeGone : mayBeOn;
  return isDoubtful ? 'unknown' : service.known;
};
