import type { Cause } from '../codes/cause.ts';
import type { Told } from '../peers/outcome.ts';

/**
 * What became of a request to create. open: not known yet. told: the NE told of a service that is not under our name. absent:
 * looked up late enough, nothing came of it. over: what it made is terminated.
 */
export type RequestOutcome =
  | 'open'
  | 'activated'
  | 'found'
  | 'told'
  | 'absent'
  | 'refused'
  | 'not-sent'
  | 'over';

/** One request to create a service. A service keeps every one that it ever had: each of them may have had an effect. */
export type ServiceRequest = {
  /** Event id of the intent, which every outcome names. */
  readonly intent: string;
  readonly at: string;
  readonly peer: string;
  /** How long after the intent it can still have an effect, as its sender was set. null: an older event, not said. */
  readonly boundMs: number | null;
  /** Where and when it was written, on the clock that no step of the wall clock moves; null: not said. */
  readonly boot: string | null;
  readonly uptimeMs: number | null;
  /** A monitor of the NE that still tells how it ends. */
  readonly monitor: string | null;
  /** The NE took it on (202) and gave no monitor. */
  readonly isAccepted: boolean;
  /** There may have been none, one or several: it stands for what a restored log may have lost. */
  readonly isSupposed: boolean;
  /** When it was last put in doubt; null while nothing came back at all. */
  readonly doubtedAt: string | null;
  /** The NE's own code: it, or a gateway on the way, said no. Believed once nothing is found. */
  readonly refusedCode: string | null;
  /** 429, 503, or an answer that shows a wrong configuration; `until`: when to come back (UTC ISO). */
  readonly turnedAway: { readonly cause: Cause; readonly until: string | null } | null;
  readonly outcome: RequestOutcome;
  /** The answer named this request; false: an older event, taken for an answer of the last open one. */
  readonly isNamed: boolean;
  /** Event id of the answer; null while it is open. */
  readonly answer: string | null;
};

/** What a request is known by when it is written. */
export type Intent = Pick<ServiceRequest, 'intent' | 'at' | 'peer' | 'boundMs' | 'boot' | 'uptimeMs'>;

/** Field by field: each fold of an order makes one a request, and spreading the intent takes ten times as long. */
export const newRequest = ({ intent, at, peer, boundMs, boot, uptimeMs }: Intent): ServiceRequest => ({
  intent,
  at,
  peer,
  boundMs,
  boot,
  uptimeMs,
  monitor: null,
  isAccepted: false,
  isSupposed: false,
  doubtedAt: null,
  refusedCode: null,
  turnedAway: null,
  outcome: 'open',
  isNamed: false,
  answer: null,
});

/** What a restored log may have lost: one request that stands for any number of them. */
export const supposedRequest = (intent: Intent): ServiceRequest => ({
  ...newRequest(intent),
  isSupposed: true,
});

type Requested = { readonly requests: readonly ServiceRequest[] };

/** Those without an outcome, the oldest first. While there is one the service is not off, and no step creates it anew. */
export const openRequests = ({ requests }: Requested): readonly ServiceRequest[] =>
  requests.filter(({ outcome }) => outcome === 'open');

export const hasOpenRequest = ({ requests }: Requested): boolean =>
  requests.some(({ outcome }) => outcome === 'open');

export const lastRequest = ({ requests }: Requested): ServiceRequest | null => requests.at(-1) ?? null;

/** The intent that an answer names; null: none; undefined: an older event, which does not say. */
export type Naming = string | null | undefined;

/** The requests, with a change to the one that the answer names, or to the last open one where it does not say. */
export const withRequest = (
  requests: readonly ServiceRequest[],
  named: Naming,
  to: (request: ServiceRequest, isNamed: boolean) => ServiceRequest,
): readonly ServiceRequest[] => {
  if (named === null) return requests;
  const last = requests.findLastIndex(({ outcome }) => outcome === 'open');
  const index = named === undefined ? last : requests.findIndex(({ intent }) => intent === named);
  return requests.map((request, at) => (at === index ? to(request, named !== undefined) : request));
};

/** The same with its outcome known. `by`: event id of the answer. */
export const answered = (
  requests: readonly ServiceRequest[],
  { named, by }: { readonly named: Naming; readonly by: string },
  outcome: Exclude<RequestOutcome, 'open'>,
): readonly ServiceRequest[] =>
  withRequest(requests, named, (request, isNamed) => ({ ...request, outcome, isNamed, answer: by }));

/** What an answer that proves nothing leaves behind. */
export type Doubt = {
  readonly at: string;
  /** Its event id. */
  readonly by: string;
  readonly cause: Cause;
  readonly monitor?: string | undefined;
  readonly accepted?: true | undefined;
  readonly code?: string | undefined;
  readonly turnedAway?: true | undefined;
  readonly retryAt?: string | undefined;
  readonly told?: Told | undefined;
};

/**
 * A request in doubt is open again unless the log has an answer that named it. `isElsewhere`: our name does not find what
 * it made.
 */
export const doubted = (request: ServiceRequest, doubt: Doubt, isElsewhere: boolean): ServiceRequest => {
  const isKnown = request.outcome !== 'open' && request.isNamed;
  return {
    ...request,
    doubtedAt: doubt.at,
    monitor: doubt.monitor ?? request.monitor,
    isAccepted: request.isAccepted || doubt.accepted === true,
    refusedCode: doubt.code ?? request.refusedCode,
    turnedAway:
      doubt.turnedAway === true ? { cause: doubt.cause, until: doubt.retryAt ?? null } : request.turnedAway,
    outcome: isKnown ? request.outcome : isElsewhere ? 'told' : 'open',
    isNamed: isKnown || isElsewhere,
    answer: isKnown ? request.answer : isElsewhere ? doubt.by : null,
  };
};

/**
 * The only request that can have made what is there: every other one is known never to have left. One that the log took for
 * vain may yet have made it.
 */
export const soleMaker = ({ requests }: Requested): ServiceRequest | null => {
  const [first, ...others] = requests.filter(({ outcome }) => outcome !== 'not-sent');
  return first === undefined || first.isSupposed || others.length > 0 ? null : first;
};
