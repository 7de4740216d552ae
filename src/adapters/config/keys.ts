import { DEFAULT_BREAKER } from '../../core/peers/breaker.ts';
import { DEFAULT_POLICY, type LateThreshold } from '../../core/rules/policy.ts';
import { STAGES, type Stage } from '../../core/rules/stage.ts';
import { neKeys, peerKeys, revertVerb } from './peer-keys.ts';
import { optional, type Setting, setting } from './setting.ts';
import {
  accountRules,
  actor,
  choice,
  daySpan,
  decimal,
  flag,
  instant,
  integer,
  list,
  listenAddress,
  networks,
  text,
  url,
  zone,
} from './value-types.ts';

const { orders, schedule, visits, travel, technicians, dispatch, undo, reconcile, late } = DEFAULT_POLICY;
const minutes = (max: number) => integer(1, max, 'minutes');
const milliseconds = (min: number, max: number) => integer(min, max, 'milliseconds');
const YEAR_IN_MINUTES = 527_040;

export type LateKeys = {
  readonly stage: Stage;
  readonly hazard: Setting<number>;
  readonly critical: Setting<number>;
};

const lateKeys = (stage: Stage, threshold: LateThreshold): LateKeys => ({
  stage,
  hazard: setting(
    `late.${stage}.hazard`,
    minutes(YEAR_IN_MINUTES),
    threshold.hazard,
    `An order in stage ${stage} for this long is late`,
  ),
  critical: setting(
    `late.${stage}.critical`,
    minutes(YEAR_IN_MINUTES),
    threshold.critical,
    `An order in stage ${stage} for this long is critically late`,
  ),
});

const allLateKeys = (): readonly LateKeys[] =>
  STAGES.flatMap((stage) => {
    const threshold = late[stage];
    return threshold === undefined ? [] : [lateKeys(stage, threshold)];
  });

/** Every setting there is. Adding one: a line here, its place in `Settings`, and `npx vitest run test/configuration-doc -u`. */
export const KEYS = {
  db: optional(
    'db',
    text({ code: 'PATH' }),
    '$OSS_HOME/oss.db, else data/oss.db of the checkout, else the XDG data folder',
    'The database',
    { flag: '--db' },
  ),
  postgres: {
    passwordFile: optional(
      'postgres.passwordFile',
      text({ code: 'PRIVATE_FILE' }),
      'PGPASSFILE, else ~/.pgpass',
      'File with the password of the database',
    ),
    passwordCommand: optional(
      'postgres.passwordCommand',
      text({ code: 'COMMAND_LINE' }),
      'PGPASSFILE, else ~/.pgpass',
      'Command that prints the password of the database',
    ),
    allowInsecure: setting(
      'postgres.allowInsecure',
      flag,
      false,
      'Allow a line to the database of another machine on which others can listen or answer',
    ),
  },
  tz: setting('tz', zone, DEFAULT_POLICY.tz, "The operator's time zone", { flag: '--tz' }),
  lang: optional('lang', choice('en', 'ko'), 'the language of the environment', 'Language of texts', {
    flag: '--lang',
  }),
  accessible: setting(
    'accessible',
    flag,
    false,
    'Print line by line and change nothing that was printed: for screen readers',
  ),
  actor: optional('actor', actor, 'supervisor and the name of the OS user', 'Who acts', { flag: '--actor' }),
  areas: optional(
    'areas',
    list({ code: 'AREAS' }),
    'the areas of the technicians',
    'Areas that are known in addresses',
  ),
  now: optional(
    'now',
    instant,
    'the real time',
    'Moves the clock, which then runs on; refused with real peers',
  ),
  ne: { ...peerKeys('ne', DEFAULT_POLICY.ne), ...neKeys, revertVerb },
  tm: peerKeys('tm', DEFAULT_POLICY.tm),
  breaker: {
    failures: setting(
      'breaker.failures',
      integer(1, 100),
      DEFAULT_BREAKER.failures,
      'Failures in a row that open a breaker',
    ),
    withinMs: setting(
      'breaker.withinMs',
      milliseconds(100, 3_600_000),
      DEFAULT_BREAKER.withinMs,
      'Failures further apart do not add up',
    ),
    openMs: setting(
      'breaker.openMs',
      milliseconds(10, 3_600_000),
      DEFAULT_BREAKER.openMs,
      'How long a breaker stays open at first',
    ),
    maxOpenMs: setting(
      'breaker.maxOpenMs',
      milliseconds(10, 86_400_000),
      DEFAULT_BREAKER.maxOpenMs,
      'How long it stays open at most, after doubling',
    ),
  },
  inlineMaxMs: setting(
    'inline.maxMs',
    milliseconds(0, 60_000),
    1_500,
    'How long a command runs the steps of its order itself; 0 leaves all to the worker',
  ),
  orders: {
    minInternetCount: setting(
      'orders.minInternetCount',
      integer(0, 100),
      orders.minInternetCount,
      'Internet lines that an order needs at least; 1 forbids TV alone',
    ),
    maxLines: setting('orders.maxLines', integer(1, 100), orders.maxLines, 'Lines of one order at most'),
  },
  schedule: {
    auto: setting('schedule.auto', flag, schedule.auto, 'Choose slot and technician without a person'),
    callingHours: setting(
      'schedule.callingHours',
      daySpan,
      schedule.callingHours,
      "When customers may be phoned, in the operator's time zone",
      { fallbackText: '09:00-20:00' },
    ),
    holdMinutes: setting(
      'schedule.holdMinutes',
      minutes(43_200),
      schedule.holdMinutes,
      "How long after its next due call a proposed visit keeps the technician's time",
    ),
    callsPerDay: setting(
      'schedule.callsPerDay',
      integer(1, 24),
      schedule.callsPerDay,
      'Calls to a customer a day',
    ),
    callsInAll: setting(
      'schedule.callsInAll',
      integer(1, 100),
      schedule.callsInAll,
      'Calls in all, after which the order waits for the customer',
    ),
    callAgainMinutes: setting(
      'schedule.callAgainMinutes',
      integer(0, 1_440, 'minutes'),
      schedule.callAgainMinutes,
      'Pause between two calls of one day',
    ),
    searchDays: setting(
      'schedule.searchDays',
      integer(1, 90, 'days'),
      schedule.searchDays,
      'How far ahead slots are searched',
    ),
  },
  visits: {
    firstLineMinutes: setting(
      'visits.firstLineMinutes',
      minutes(1_440),
      visits.firstLineMinutes,
      'Length of a visit with one line',
    ),
    extraLineMinutes: setting(
      'visits.extraLineMinutes',
      integer(0, 1_440, 'minutes'),
      visits.extraLineMinutes,
      'Added for every further line',
    ),
    slotMinutes: setting(
      'visits.slotMinutes',
      minutes(1_440),
      visits.slotMinutes,
      'Slots start every so often',
    ),
    travelMinutes: setting(
      'visits.travelMinutes',
      integer(0, 1_440, 'minutes'),
      visits.travelMinutes,
      'Time between two visits of a technician in one area, or where the way is not known',
    ),
    noticeMinutes: setting(
      'visits.noticeMinutes',
      integer(0, YEAR_IN_MINUTES, 'minutes'),
      visits.noticeMinutes,
      'No visit is offered that begins sooner than this',
    ),
    windowMinutes: setting(
      'visits.windowMinutes',
      integer(0, 1440, 'minutes'),
      visits.windowMinutes,
      'Customers are told that somebody arrives within this time from the start of the slot; 0: at its start',
    ),
    max: setting(
      'visits.max',
      integer(1, 100),
      visits.max,
      'Visits that count, after which a person decides',
    ),
  },
  travel: {
    detour: setting(
      'travel.detour',
      decimal(1, 5),
      travel.detour,
      'How many times longer roads are than the straight line',
    ),
    kmPerHour: setting(
      'travel.kmPerHour',
      integer(1, 200),
      travel.kmPerHour,
      'How fast technicians drive, in kilometres an hour',
    ),
    stopMinutes: setting(
      'travel.stopMinutes',
      integer(0, 240, 'minutes'),
      travel.stopMinutes,
      'Added to every way to another area: parking, walking',
    ),
  },
  techniciansBreakMinutes: setting(
    'technicians.breakMinutes',
    integer(0, 240, 'minutes'),
    technicians.breakMinutes,
    'Break in a working day of 8 hours or more, kept free where areas are imported; 0: none',
  ),
  dispatchLeadHours: setting(
    'dispatch.leadHours',
    integer(0, 720, 'hours'),
    dispatch.leadHours,
    'How long before its slot a visit is handed to the technician',
  ),
  lateVisitGraceMinutes: setting(
    'late.visit.graceMinutes',
    integer(0, YEAR_IN_MINUTES, 'minutes'),
    visits.graceMinutes,
    'A visit that has not begun this long after the beginning of its slot is late',
  ),
  undoHoldAfter: setting(
    'undo.holdAfter',
    integer(1, 1_000),
    undo.holdAfter,
    'Failures of one undo step for one reason, after which a person is asked too; it is tried on',
  ),
  late: allLateKeys(),
  reconcileEveryMinutes: setting(
    'reconcile.everyMinutes',
    integer(0, 10_080, 'minutes'),
    60,
    "How often the worker compares the NE's inventory and the desk's appointments with the log; 0: never by itself",
  ),
  accessRoles: optional(
    'access.roles',
    accountRules,
    'the role is advice: whoever calls may name any',
    'What the accounts and groups of this machine may act as; only a supervisor sets it',
    { fileOnly: true },
  ),
  auditKeepDays: setting(
    'audit.keepDays',
    integer(365, 36_500, 'days'),
    DEFAULT_POLICY.audit.keepDays,
    'How long the record of who looked and who changed is kept before oss audit prune takes it away; changes of rights three years at least',
  ),
  reconcileMaxShare: setting(
    'reconcile.maxShare',
    integer(0, 100, 'percent'),
    reconcile.maxShare * 100,
    'Part of the services above which a comparison reverts none, and holds no order, before a person says so',
  ),
  serve: {
    listen: setting('serve.listen', listenAddress, '127.0.0.1:8080', 'Where oss serve listens'),
    publicUrl: optional(
      'serve.publicUrl',
      url,
      'http:// and serve.listen',
      'By what URL callers reach it: every link begins so; the Host header is never used',
    ),
    trustedProxies: optional(
      'serve.trustedProxies',
      networks,
      'none',
      'Proxies that end TLS in front of it, whose word about the caller is taken (X-Forwarded-For)',
    ),
    allowHttp: setting(
      'serve.allowHttp',
      flag,
      false,
      'Listen beyond this machine without a proxy that ends TLS: tokens and personal data go over the wire in clear',
    ),
    drainMs: setting(
      'serve.drainMs',
      milliseconds(0, 300_000),
      5_000,
      'How long it goes on after SIGTERM while /readyz says no: longer than a proxy takes to notice',
    ),
    readDelayMs: setting(
      'serve.readDelayMs',
      milliseconds(1, 600_000),
      50,
      'Readings are told to come back later while requests wait longer than this for their turn',
    ),
    callerRate: setting(
      'serve.callerRate',
      integer(1, 100_000),
      200,
      'Requests a second of one caller, twice as many for a moment; more are told to come back later',
    ),
  },
  simulate: {
    seed: setting('simulate.seed', integer(0, 4_294_967_295), 1, 'Seed of the simulators'),
    faults: optional(
      'simulate.faults',
      list({ code: 'FAULT_RULES' }),
      'none',
      'Faults of the simulators, see docs/simulators.md',
    ),
    answers: optional(
      'simulate.answers',
      text({ code: 'SHARES' }),
      'everybody agrees',
      'How simulated customers answer',
    ),
    latencyMs: setting(
      'simulate.latencyMs',
      milliseconds(0, 600_000),
      0,
      'How long the simulators take to answer',
    ),
    callMs: setting(
      'simulate.callMs',
      milliseconds(0, 86_400_000),
      0,
      'How long a simulated phone call takes',
    ),
  },
} as const;

/** All of them in the order of the documentation. */
export const ALL_KEYS: readonly Setting<unknown>[] = [
  KEYS.db,
  ...Object.values(KEYS.postgres),
  KEYS.tz,
  KEYS.lang,
  KEYS.accessible,
  KEYS.actor,
  KEYS.areas,
  KEYS.now,
  ...Object.values(KEYS.ne),
  ...Object.values(KEYS.tm),
  ...Object.values(KEYS.breaker),
  KEYS.inlineMaxMs,
  ...Object.values(KEYS.orders),
  ...Object.values(KEYS.schedule),
  ...Object.values(KEYS.visits),
  ...Object.values(KEYS.travel),
  KEYS.techniciansBreakMinutes,
  KEYS.dispatchLeadHours,
  KEYS.lateVisitGraceMinutes,
  KEYS.undoHoldAfter,
  ...KEYS.late.flatMap(({ hazard, critical }) => [hazard, critical]),
  KEYS.reconcileEveryMinutes,
  KEYS.reconcileMaxShare,
  KEYS.accessRoles,
  KEYS.auditKeepDays,
  ...Object.values(KEYS.serve),
  ...Object.values(KEYS.simulate),
];

export const settingOf = (key: string): Setting<unknown> | undefined => ALL_KEYS.find((s) => s.key === key);
