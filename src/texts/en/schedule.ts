import type { RelaxedRule } from '../../core/assign/relaxations.ts';
import type { HardRule } from '../../core/codes/hard-rule.ts';
import type { WhyNoneValues } from '../../core/codes/why-none.ts';
import type { PartOfDay } from '../../core/order/events.ts';
import type { CallOutcome } from '../../core/scheduling/events.ts';
import type { Relative } from '../../core/time/relative.ts';
import type { Lines } from '../../core/values/lines.ts';
import type { CodedWords } from '../coded.ts';
import { count } from './count.ts';

const UNITS = { second: 's', minute: 'min', hour: 'h', day: 'd' } as const;

const part: Record<PartOfDay, string> = { am: 'morning', pm: 'afternoon', evening: 'evening' };

/** A rule that a choice by hand breaks. */
const rules: Record<HardRule, string> = {
  INACTIVE: 'does not work here any more',
  AREA: 'does not serve the area',
  SKILL: 'lacks a skill',
  NOT_BEFORE: 'before the day the customer wished',
  DAY_OFF: 'a day off',
  DAILY_LIMIT: 'the day is full',
  HOURS: 'outside working hours',
  PAST: 'in the past',
  NOT_OFFERED: 'not offered by the desk',
  BUSY: 'taken',
  TRAVEL: 'no time for the way there or on',
  BREAK: 'no time left for the break',
};

const outcomes: Record<CallOutcome, string> = {
  AGREED: 'agreed',
  NO_ANSWER: 'no answer',
  BUSY: 'busy',
  CALLBACK: 'asked to be called back',
  REFUSED: 'refused',
  WRONG_NUMBER: 'wrong number',
};

const technicians = (n: number): string => count(n, 'technician', 'technicians');
const days = (n: number): string => count(n, 'technician day', 'technician days');

/** From here on hours are told. */
const LONG_MINUTES = 180;

/** What stood in the way of every choice; INACTIVE, AREA and SKILL count technicians, the rest days of technicians. */
const whyNone: CodedWords<WhyNoneValues> = {
  AREA_UNKNOWN: () => 'the area of the address is not known',
  NO_TECHNICIANS: () => 'there is no such technician',
  AGREED_TIME: () => 'the customer has agreed to a time already: assign it by itself',
  NOBODY_AT_AGREED_SLOT: () => 'nobody is free at the time the customer agreed to',
  INACTIVE: ({ n }) => `${technicians(n)} left`,
  AREA: ({ n }) => `${technicians(n)} elsewhere`,
  SKILL: ({ n }) => `${technicians(n)} without the skill`,
  NOT_BEFORE: ({ n }) => `${days(n)} before the wished date`,
  DAY_OFF: ({ n }) => `${days(n)} off`,
  DAILY_LIMIT: ({ n }) => `${days(n)} full`,
  HOURS: ({ n }) => `${days(n)} without enough working hours`,
  PAST: ({ n }) => `${days(n)} over`,
  NOT_OFFERED: ({ n }) => `${days(n)} not offered by the desk`,
  BUSY: ({ n }) => `${days(n)} taken`,
  TRAVEL: ({ n }) => `${days(n)} too far to drive`,
  BREAK: ({ n }) => `${days(n)} without time for the break`,
};

const relaxed: Record<RelaxedRule, string> = {
  SKILL: 'with a skill more',
  AREA: 'with the area added',
  DAILY_LIMIT: 'with a visit more that day',
  HOURS: 'with an hour more',
  DAY_OFF: 'on a day off',
  NOT_OFFERED: 'at a time that the desk did not offer',
  NOT_BEFORE: 'before the day the customer wished',
  LATER: 'on a later day',
};

export const schedule = {
  part,
  rules,
  outcomes,
  /** Why this technician and slot were chosen. */
  reasons: {
    wish: (wished: PartOfDay): string => `the wished ${part[wished]}`,
    wishMissed: (wished: PartOfDay): string => `not the wished ${part[wished]}`,
    earliest: 'the earliest possible',
    sameArea: (n: number): string => `${count(n, 'more visit', 'more visits')} in the area that day`,
    load: (visits: number, limit: number): string =>
      `${visits} of ${count(limit, 'visit', 'visits')} that day`,
    travel: (minutes: number): string => `${minutes} min of driving more`,
    byHand: 'chosen by hand',
    forced: (rule: string): string => `although: ${rule}`,
    reassigned: 'taken over from a colleague',
    agreedSlot: 'the time the customer agreed to',
  },
  /** Who chose a technician, and by which data of areas. */
  chosenBy: {
    automatic: 'automatically',
    'by-hand': 'by hand',
    nobody: 'agreed with the customer, or moved; nothing was weighed',
    areas: (version: string): string => `(areas ${version.slice(0, 8)})`,
  },
  whyNone,
  /** What is asked on a terminal. */
  ask: {
    when: (orderId: string): string => `When is ${orderId} visited, and by whom?`,
    way: 'And the customer?',
    ways: {
      call: 'phone now',
      hold: 'only hold it: the worker phones in the calling hours',
      agreed: 'has agreed already: book it without a call',
    },
    outcome: 'What did the customer say?',
    phone: 'nobody has phoned yet: the desk phones now',
    callAgainAt: 'When are they to be called?',
    agreedAt: 'Which time did they agree to? (empty: the held one)',
    moveAgreed: 'Has the customer agreed to it?',
  },
  columns: {
    due: 'CALL DUE',
    order: 'ORDER',
    priority: 'PRIORITY',
    area: 'AREA',
    lines: 'LINES',
    held: 'HELD',
    calls: 'CALLS',
    last: 'LAST CALL',
    since: 'WAITING SINCE',
    late: 'LATE',
    customer: 'CUSTOMER',
    rank: '#',
    when: 'WHEN',
    from: 'WAS',
    technician: 'TECHNICIAN',
    why: 'WHY',
    status: 'STATUS',
    date: 'DATE',
    before: 'STANDING',
    planned: 'NEW',
    load: 'LOAD',
    visits: 'VISITS',
    free: 'FREE',
    road: 'WAY',
    orders: 'ORDERS',
    would: 'SMALLEST CHANGE',
  },
  labels: {
    technician: 'technician',
    why: 'why',
    call: 'call',
    hold: 'held until',
  },
  priority: { low: 'low', normal: 'normal', high: 'high', urgent: 'urgent' },
  lines: ({ internet, tv }: Lines): string =>
    [...(internet > 0 ? [`${internet} internet`] : []), ...(tv > 0 ? [`${tv} TV`] : [])].join(' + '),
  notAssigned: 'nobody yet',
  /** The arrival window that the customer was told. */
  promised: (span: string): string => `promised ${span}`,
  /** The arrival window that the call is to tell. */
  toPromise: (span: string): string => `to promise: ${span}`,
  agreedWaits: (start: string): string => `agreed ${start}, nobody free`,
  /** A span without its direction: `2 h`. */
  age: ({ unit, n }: Relative): string => `${n} ${UNITS[unit]}`,
  ofThreshold: (age: string, threshold: string): string => `${age} of ${threshold}`,
  queueEmpty: 'nobody waits for a call',
  pendingEmpty: 'no customer has to be reached',
  slotsEmpty: (why: string): string => `nothing fits: ${why}`,
  slotsLeast: (change: string): string => `the smallest change that would help: ${change}`,
  slotsBest: (when: string, who: string): string => `best: ${when}, ${who}`,
  slotsCell: (said: string, minutes: number): string => `${said}, ${minutes} min`,
  noMore: 'no technician and time fits',
  /** What became of an assignment or a call. */
  standing: {
    agreed: (who: string, when: string): string => `${who} comes on ${when}`,
    answered: (answer: string, next: string): string => `${answer}; called again ${next}`,
    pending: (answer: string): string => `${answer}; the customer has to be reached first`,
    talking: 'the customer is being called; no answer yet',
    heldFor: (who: string, when: string, call: string): string =>
      `${who} is held for ${when}; the customer is to be called ${call}`,
    heldUnphoned: (who: string, when: string): string =>
      `${who} is held for ${when}; not phoned yet, the worker calls`,
    booking: (who: string, when: string): string =>
      `${who} is held for ${when}; the desk has still to book it`,
    rejected: (cause: string): string => `the desk refused the call: ${cause}`,
    unreachable: (who: string, when: string): string =>
      `${who} is held for ${when}; the desk cannot be reached now`,
    noTechnician: (when: string): string => `the customer agreed to ${when}, but nobody is free then`,
    none: 'nothing is held',
    released: 'released',
    notMoved: (code: string): string => `the desk refused the move (${code}); the old visit stands`,
    moving: (who: string, when: string): string => `being moved to ${who} on ${when}`,
    nothingHeld: 'nothing was held',
    recorded: (answer: string): string => `${answer}; no visit is held`,
  },
  now: 'now',
  soon: 'soon',
  agreedCall: (calls: number): string => (calls === 0 ? 'agreed without a call' : `agreed at call ${calls}`),
  outsideHours: (now: string, hours: string): string =>
    `it is ${now}: outside the calling hours ${hours}, the customer is phoned all the same`,
  callbackPromised: (at: string): string =>
    `the customer asked to be called back ${at}, and is phoned now all the same`,
  holdStays: (until: string, next: string): string =>
    `the hold stays until ${until}; the desk is asked again ${next}`,
  bulkHolds: 'several orders at once are only held: the worker phones within the calling hours',
  planTitle: (placed: number, all: number): string =>
    `${placed} of ${count(all, 'order has', 'orders have')} a place`,
  planLoad: 'visits by area',
  planDays: 'visits by day',
  planAreas: (n: number): string => count(n, 'area', 'areas'),
  planLateLeft: (n: number): string => `! ${count(n, 'late order has', 'late orders have')} no place`,
  planWishes: (met: number, all: number): string => `${met} of ${count(all, 'wish', 'wishes')} met`,
  planMade: ({ effort, iterations, seed }: { effort: string; iterations: number; seed: number }): string =>
    `effort ${effort}, ${count(iterations, 'iteration', 'iterations')}, seed ${seed}`,
  planLeft: (n: number): string => `${count(n, 'order', 'orders')} without a place, the worst first`,
  planOrders: (named: readonly string[], all: number, late: number): string =>
    [
      ...(all === 1 ? named : [`${count(all, 'order', 'orders')}:`, named.join(', ')]),
      ...(all > named.length ? ['...'] : []),
      ...(late > 0 ? [all === 1 ? '(late)' : `(${late} late)`] : []),
    ].join(' '),
  planMore: (n: number): string => `and ${count(n, 'visit', 'visits')} more: add --all, or -o csv`,
  planPreview: 'nothing is held yet; add -y to hold these visits',
  replanPreview: 'nothing has moved yet; add -y to hold and move these visits',
  replanAsk: (n: number): string => `Hold and move ${n === 1 ? 'this visit' : `these ${n} visits`}?`,
  replanNothing: 'nothing to move: every visit is best where it is, and nobody waits for one',
  replanMoves: (moves: number, stays: number): string =>
    `${count(moves, 'visit moves', 'visits move')}, ${stays} stay`,
  planAsk: (n: number): string => `Hold ${n === 1 ? 'this visit' : `these ${n} visits`}?`,
  why: {
    held: (orderId: string, who: string, when: string): string =>
      `${orderId}: ${who} is held for ${when}, because`,
    agreed: (orderId: string, who: string, when: string): string =>
      `${orderId}: ${who} comes on ${when}, because`,
    nobody: (orderId: string): string => `${orderId}: nobody is chosen yet`,
    untold: 'the customer and a person agreed to it; nothing was weighed',
    now: 'as things are now',
    points: 'POINTS',
    would: 'what alone would place it',
    nothingAlone: 'no single change would place it',
    single: (what: string, who: string, when: string): string => `${what}: ${who} at ${when}`,
    example: (what: string, who: string, when: string): string => `${what}, such as ${who} at ${when}`,
  },
  /** What alone would have to be otherwise. */
  relaxed,
  planRoad: (minutes: number, km: number): string =>
    `${minutes < LONG_MINUTES ? `${minutes} min` : `${Math.round(minutes / 60)} h`} of driving, ${km} km on these days`,
  comparison: {
    now: 'AS IT IS',
    other: 'OTHERWISE',
    rows: {
      placed: 'with a place',
      unplaced: 'without one',
      latePlaced: 'late ones with a place',
      lateUnplaced: 'late ones without',
      wishesMet: 'wishes met',
      minutes: 'minutes of driving',
      km: 'kilometres',
    },
    none: 'no visit',
    technician: (visits: number, minutes: number, km: number | null): string =>
      `${count(visits, 'visit', 'visits')}, ${minutes} min${km === null ? '' : `, ${km} km`}`,
    gained: (ids: readonly string[]): string => `a place only otherwise: ${ids.join(', ')}`,
    lost: (ids: readonly string[]): string => `a place only as it is: ${ids.join(', ')}`,
    nothing: 'a comparison: nothing was held',
  },
  planThinks: (percent: number, placed: number, orders: number): string =>
    `planning ${percent} %: ${placed} of ${count(orders, 'order has', 'orders have')} a place`,
  planCut: ({
    effort,
    iterations,
    seed,
    isReplan,
  }: {
    effort: string;
    iterations: number;
    seed: number;
    isReplan: boolean;
  }): string =>
    `the best after ${count(iterations, 'iteration', 'iterations')}, nothing is held; to hold it: schedule plan${isReplan ? ' --replan' : ''} --effort ${effort} --iterations ${iterations} --seed ${seed} -y`,
  planNothing: 'nobody waits for a visit',
  planStatus: {
    planned: 'planned',
    held: 'held',
    retimed: 'shifted',
    already: 'already so',
    failed: 'failed',
    unplaced: 'no place',
  },
  areaUnknown: 'unknown',
  board: {
    title: (date: string, now: string): string => `board of ${date}   (now ${now})`,
    lateVisits: (late: number, expected: number): string =>
      `! ${[
        ...(late > 0 ? [`${count(late, 'visit is', 'visits are')} late`] : []),
        ...(expected > 0 ? [`${count(expected, 'visit', 'visits')} will begin late`] : []),
      ].join(', ')}`,
    late: {
      'not-started': (by: string): string => `${by} late: not started`,
      'not-finished': (by: string): string => `${by} over its end`,
      expected: (by: string): string => `will begin about ${by} late`,
    },
    road: (minutes: number, km: number): string => `${minutes} min, ${km} km`,
    undrivable: (
      legs: readonly {
        readonly technicianId: string;
        readonly from: string | null;
        readonly to: string | null;
      }[],
    ): string =>
      `! cannot be driven: ${legs.map(({ technicianId, from, to }) => `${technicianId} ${from ?? 'base'} - ${to ?? 'base'}`).join(', ')}`,
    legend: (
      signs: Readonly<Record<'agreed' | 'held' | 'done' | 'late' | 'road' | 'free', string>>,
    ): string =>
      `${signs.agreed} agreed  ${signs.held} held  ${signs.done} done  ${signs.late} late  ${signs.road} way  ${signs.free} free`,
    off: (ids: string): string => `off: ${ids}`,
    nobodyWaits: 'nobody waits without a visit',
    unassigned: (n: number, more: boolean): string =>
      `${count(n, 'order waits', 'orders wait')} without a visit${more ? ', and more' : ''}`,
  },
  reasonWithoutForce: '--reason goes with --force',
  agreedOrNoCall: '--agreed and --no-call exclude each other',
};
