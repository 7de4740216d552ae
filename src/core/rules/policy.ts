import type { DaySpan } from '../time/day-span.ts';
import type { Stage } from './stage.ts';

/** How long a peer may take, all in milliseconds. Their sum is the late bound of rule 3 (absent is final only late). */
export type PeerTiming = {
  /** A create or a call starts at most this long after its intent. */
  readonly windowMs: number;
  /** Total deadline of one request. */
  readonly timeoutMs: number;
  /** How long the peer may still work on a request whose caller has gone. */
  readonly settleMs: number;
  /** Interval of polling a monitor or a call that is going on. */
  readonly pollMs: number;
  /** Age at which a monitor or a call that never ends holds the order. */
  readonly pollMaxMs: number;
};

/** What an absence at the NE proves, and when. */
export type NeTiming = PeerTiming & {
  /** How long after an effect a read may not show it yet; 0: every read is of the moment. */
  readonly consistencyMs: number;
  /** An id that the NE told and no read ever showed is not absent before so many minutes. */
  readonly afterlookMinutes: number;
  /** A look-up by key is known to find what was created: no specification needs to show it first. */
  readonly isKeyProven: boolean;
};

export type LateLevel = 'normal' | 'hazard' | 'critical';

/** Minutes in one stage after which an order counts as late, per level. Where a visit waits to begin, its slot decides. */
export type LateThreshold = { readonly hazard: number; readonly critical: number };

/**
 * Points of a plan, whole numbers. What stands further above is never given up for what stands below, as long as a plan has
 * fewer than some thousand visits a day: urgent orders first, then waiting, wishes, driving, even loads.
 */
export type PlanWeights = {
  /** For an order that is placed, by its priority. */
  readonly placed: {
    readonly low: number;
    readonly normal: number;
    readonly high: number;
    readonly urgent: number;
  };
  /** More for one that is late. */
  readonly late: number;
  /** More for each day that it has waited, up to `waitingDays`. */
  readonly dayWaited: number;
  readonly waitingDays: number;
  /** More for one that has a place already: nobody loses theirs for another. */
  readonly stood: number;
  /** More for a place that stays as it is: nothing moves for less than so many minutes of driving. */
  readonly stays: number;
  /** Less for each day after the first that it could be visited on. */
  readonly dayLater: number;
  /** More for the wished part of the day. */
  readonly wish: number;
  /** Less for a minute of driving. */
  readonly travelMinute: number;
  /** Less for a full day of a technician; by the square of the load, so that loads are even. */
  readonly fullDay: number;
};

/** The settings that the core decides by. They come from the configuration and are never on the log. */
export type Policy = {
  readonly tz: string;
  readonly ne: NeTiming;
  readonly tm: PeerTiming;
  readonly orders: { readonly minInternetCount: number; readonly maxLines: number };
  readonly schedule: {
    readonly auto: boolean;
    readonly callingHours: DaySpan;
    readonly holdMinutes: number;
    /** Calls a local day, calls in all, and minutes between two calls of one day. */
    readonly callsPerDay: number;
    readonly callsInAll: number;
    readonly callAgainMinutes: number;
    /** How many days ahead slots are searched. */
    readonly searchDays: number;
  };
  readonly visits: {
    readonly firstLineMinutes: number;
    readonly extraLineMinutes: number;
    readonly slotMinutes: number;
    readonly travelMinutes: number;
    /** Visits that count, after which the order is held for a person. */
    readonly max: number;
    /** Minutes after the beginning of its slot at which a visit that no technician has begun is late. */
    readonly graceMinutes: number;
    /** No visit is offered that begins sooner than so many minutes from now. */
    readonly noticeMinutes: number;
    /** Customers are told that somebody arrives within so many minutes of the start of the slot; 0: at its start. */
    readonly windowMinutes: number;
  };
  /** How long the way between two areas is. The formula is in `core/travel/travel.ts`. */
  readonly travel: {
    /** How many times longer roads are than the straight line. */
    readonly detour: number;
    readonly kmPerHour: number;
    /** Minutes for parking and walking, added to every way. */
    readonly stopMinutes: number;
  };
  readonly plan: PlanWeights;
  /** `breakMinutes`: the break of a working day of `BREAK_FROM_HOURS` or more, where areas are known; 0: none. */
  readonly technicians: { readonly breakMinutes: number };
  readonly dispatch: { readonly leadHours: number };
  /** `maxShare`: the part of the services (0 to 1) above which a comparison changes nothing by itself. */
  readonly reconcile: { readonly maxShare: number };
  /** How long the audit is kept, in days; changes of rights are kept three years at least. */
  readonly audit: { readonly keepDays: number };

  /** Failures of one undo step for one reason, after which it is a hold too. */
  readonly undo: { readonly holdAfter: number };
  readonly late: Readonly<Partial<Record<Stage, LateThreshold>>>;
};

/** What holds of an NE that we did not write, where the configuration says nothing. */
export const REAL_NE: Pick<NeTiming, 'consistencyMs' | 'isKeyProven'> = {
  consistencyMs: 5_000,
  isKeyProven: false,
};

/** What holds where the configuration says nothing: the peers are the built-in simulators, whose reads are of the moment. */
export const DEFAULT_POLICY: Policy = {
  tz: 'Asia/Seoul',
  ne: {
    windowMs: 2_000,
    timeoutMs: 5_000,
    settleMs: 3_000,
    pollMs: 2_000,
    pollMaxMs: 600_000,
    consistencyMs: 0,
    afterlookMinutes: 15,
    isKeyProven: true,
  },
  tm: { windowMs: 2_000, timeoutMs: 5_000, settleMs: 3_000, pollMs: 5_000, pollMaxMs: 3_600_000 },
  orders: { minInternetCount: 0, maxLines: 10 },
  schedule: {
    auto: false,
    callingHours: { from: 9 * 60, to: 20 * 60 },
    holdMinutes: 120,
    callsPerDay: 3,
    callsInAll: 6,
    callAgainMinutes: 60,
    searchDays: 14,
  },
  visits: {
    firstLineMinutes: 60,
    extraLineMinutes: 30,
    slotMinutes: 30,
    travelMinutes: 20,
    max: 3,
    graceMinutes: 15,
    noticeMinutes: 30,
    windowMinutes: 0,
  },
  travel: { detour: 1.3, kmPerHour: 40, stopMinutes: 10 },
  technicians: { breakMinutes: 60 },
  plan: {
    placed: { low: 1_000_000, normal: 2_000_000, high: 4_000_000, urgent: 8_000_000 },
    late: 8_000_000,
    dayWaited: 10_000,
    waitingDays: 50,
    stood: 32_000_000,
    stays: 15,
    dayLater: 100,
    wish: 300,
    travelMinute: 1,
    fullDay: 30,
  },
  dispatch: { leadHours: 24 },
  reconcile: { maxShare: 0.05 },
  audit: { keepDays: 730 },
  undo: { holdAfter: 5 },
  late: {
    placed: { hazard: 30, critical: 120 },
    activating: { hazard: 30, critical: 120 },
    held: { hazard: 240, critical: 1440 },
    'tm-queue': { hazard: 480, critical: 1440 },
    'customer-pending': { hazard: 1440, critical: 4320 },
    'on-site': { hazard: 240, critical: 480 },
    returning: { hazard: 60, critical: 240 },
    cancelling: { hazard: 60, critical: 240 },
  },
};

/**
 * How long after its intent a create or a call may still have an effect, ms. Rule 3: a look-up that begins before that may
 * not conclude "absent".
 */
export const wholeBound = ({ windowMs, timeoutMs, settleMs }: PeerTiming): number =>
  windowMs + timeoutMs + settleMs;
