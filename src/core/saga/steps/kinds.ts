import type { Cause } from '../../codes/cause.ts';
import type { DecideContext } from '../../ports/decide-context.ts';
import type { NetworkElement, Sending, TmDesk } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import type { Policy } from '../../rules/policy.ts';
import type { Step } from '../../rules/step.ts';
import type { OwnClock } from '../../time/own-clock.ts';

/** A step that needs no peer: one write decides and appends. No event: not possible now, the worker tries again later. */
export type LocalStep = {
  readonly decide: (
    process: OrderProcess,
    step: Step,
    context: DecideContext,
  ) => readonly NewEvent[] | Promise<readonly NewEvent[]>;
};

/** Why a lane must wait, and until when (epoch ms; null: the backoff says). */
export type Retry = {
  readonly cause: Cause;
  readonly at: number | null;
  /** false: nothing was sent and the peer did not fail (the breaker is open). */
  readonly burn: boolean;
  /** The peer is well, only this very step must wait: the other steps of the lane go on. */
  readonly alone?: true;
};

/** What an outcome came to: events to append, and why the lane must wait (null: it goes on). */
export type Settled = { readonly events: readonly NewEvent[]; readonly retry: Retry | null };

export type SettleContext = DecideContext & {
  /** Event id of the intent this outcome answers; null for reads and absolute changes. */
  readonly intent: string | null;
  /** The order, as it is now, still asks for this very step (rule 2). */
  readonly stillAsked: boolean;
  readonly own: OwnClock;
};

/** Judges the outcome against the order as it is when the answer is recorded. */
export type Settle = (process: OrderProcess, context: SettleContext) => Settled | Promise<Settled>;

/** What a step may use while it talks to a peer, outside any transaction. */
export type StepIo = {
  readonly ne: NetworkElement;
  readonly tm: TmDesk;
  readonly policy: Policy;
  /** Wall clock, epoch ms: when the request begins. */
  readonly now: () => number;
  readonly own: OwnClock;
  /** Asks whether one request may be sent: the admitted one first, then a fresh one each time; null: not admitted now. */
  readonly askToSend: () => Promise<Sending | null>;
  /** The customer's phone number, read from the vault when a call is sent; null: erased. */
  readonly phone: () => Promise<string | null>;
};

/** The process that is about to send. The intent carries it, so that others know from when on the request has no effect. */
export type Sender = {
  /** Identity of the peer that gets the request. */
  readonly peer: string;
  readonly policy: Policy;
  readonly boot: string;
  /** Ms since that boot, no later than the intent is written. */
  readonly uptimeMs: number;
  /** The mark of the names that the database makes. */
  readonly keyMark: () => Promise<string | null>;
};

/** A step that talks to a peer: intent, call, settle. It never throws for what a peer does. */
export type RemoteStep = {
  /** The events to commit before the first byte leaves; absent for reads and absolute changes. */
  readonly intent?: (
    process: OrderProcess,
    step: Step,
    sender: Sender,
  ) => readonly NewEvent[] | Promise<readonly NewEvent[]>;
  /** Creates, calls and moves start only inside their window (rule 3). */
  readonly windowed: boolean;
  readonly send: (process: OrderProcess, step: Step, io: StepIo) => Promise<Settle>;
};

/** Nothing to record, and the lane goes on. */
export const NOTHING: Settled = { events: [], retry: null };

/** Nothing to record; the lane waits. */
export const later = (cause: Cause, at: number | null = null, burn = true): Settled => ({
  events: [],
  retry: { cause, at, burn },
});

/** The same for this step alone, because the peer answered: it keeps no other service of the order waiting. */
export const laterAlone = (cause: Cause, at: number | null = null, burn = true): Settled => ({
  events: [],
  retry: { cause, at, burn, alone: true },
});

/** The peer takes nothing now. */
export const PEER_BUSY: Settled = later({ code: 'PEER_BUSY' }, null, false);

/** The peer did not admit a further request of the same step. */
export const notAdmitted: Settle = () => PEER_BUSY;
