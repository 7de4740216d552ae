import {
  DEFAULT_POLICY,
  type LateThreshold,
  type NeTiming,
  type Policy,
  REAL_NE,
} from '../../core/rules/policy.ts';
import type { Stage } from '../../core/rules/stage.ts';
import { KEYS } from './keys.ts';
import type { PeerSettings } from './peer-settings.ts';
import type { Reader } from './reader.ts';

/** The part of the settings that the core decides by. */
export const policySettings = (read: Reader, ne: PeerSettings, tm: PeerSettings): Policy => ({
  tz: read.pick(KEYS.tz),
  ne: neTiming(read, ne),
  tm: tm.timing,
  orders: {
    minInternetCount: read.pick(KEYS.orders.minInternetCount),
    maxLines: read.pick(KEYS.orders.maxLines),
  },
  schedule: {
    auto: read.pick(KEYS.schedule.auto),
    callingHours: read.pick(KEYS.schedule.callingHours),
    holdMinutes: read.pick(KEYS.schedule.holdMinutes),
    callsPerDay: read.pick(KEYS.schedule.callsPerDay),
    callsInAll: read.pick(KEYS.schedule.callsInAll),
    callAgainMinutes: read.pick(KEYS.schedule.callAgainMinutes),
    searchDays: read.pick(KEYS.schedule.searchDays),
  },
  visits: {
    firstLineMinutes: read.pick(KEYS.visits.firstLineMinutes),
    extraLineMinutes: read.pick(KEYS.visits.extraLineMinutes),
    slotMinutes: read.pick(KEYS.visits.slotMinutes),
    travelMinutes: read.pick(KEYS.visits.travelMinutes),
    max: read.pick(KEYS.visits.max),
    graceMinutes: read.pick(KEYS.lateVisitGraceMinutes),
    noticeMinutes: read.pick(KEYS.visits.noticeMinutes),
    windowMinutes: read.pick(KEYS.visits.windowMinutes),
  },
  travel: {
    detour: read.pick(KEYS.travel.detour),
    kmPerHour: read.pick(KEYS.travel.kmPerHour),
    stopMinutes: read.pick(KEYS.travel.stopMinutes),
  },
  technicians: { breakMinutes: read.pick(KEYS.techniciansBreakMinutes) },
  // A table that is documented, not a setting: weights that do not go together make plans that no desk understands.
  plan: DEFAULT_POLICY.plan,
  dispatch: { leadHours: read.pick(KEYS.dispatchLeadHours) },
  reconcile: { maxShare: read.pick(KEYS.reconcileMaxShare) / 100 },
  audit: { keepDays: read.pick(KEYS.auditKeepDays) },
  undo: { holdAfter: read.pick(KEYS.undoHoldAfter) },
  late: latePolicy(read),
});

/** The built-in simulator says of itself that it shows at once what it did; of any other NE the settings say it. */
const neTiming = (read: Reader, { url, timing }: PeerSettings): NeTiming => {
  const known = url === null ? DEFAULT_POLICY.ne : REAL_NE;
  return {
    ...timing,
    consistencyMs: read.pick(KEYS.ne.consistencyMs) ?? known.consistencyMs,
    afterlookMinutes: read.pick(KEYS.ne.afterlookMinutes),
    isKeyProven: known.isKeyProven,
  };
};

const latePolicy = (read: Reader): Policy['late'] => {
  const late: Partial<Record<Stage, LateThreshold>> = {};
  for (const keys of KEYS.late) {
    const threshold = { hazard: read.pick(keys.hazard), critical: read.pick(keys.critical) };
    if (threshold.critical < threshold.hazard)
      read.reject(keys.critical, { code: 'NOT_LESS_THAN', key: keys.hazard.key });
    late[keys.stage] = threshold;
  }
  return late;
};

/** Values that are right by themselves and cannot work together. */
export const checkTogether = (read: Reader, policy: Policy): void => {
  if (policy.orders.minInternetCount > policy.orders.maxLines) {
    read.reject(KEYS.orders.minInternetCount, { code: 'NOT_MORE_THAN', key: KEYS.orders.maxLines.key });
  }
  if (policy.schedule.callsPerDay > policy.schedule.callsInAll) {
    read.reject(KEYS.schedule.callsPerDay, { code: 'NOT_MORE_THAN', key: KEYS.schedule.callsInAll.key });
  }
};
