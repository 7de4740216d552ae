import { effectBound } from '../activation/absence.ts';
import { hasOpenRequest, openRequests } from '../activation/requests.ts';
import type { ServiceState } from '../activation/service-state.ts';
import {
  dependenciesOn,
  dependentsOff,
  isAllOn,
  isDone,
  unplanned,
  wantedKeys,
} from '../activation/wanted.ts';
import { isHeld } from '../order/state.ts';
import { finalIntent, isClosed, isGoing, isUndoing, type OrderProcess } from '../process/process.ts';
import type { Lane } from '../rules/lanes.ts';
import type { Policy } from '../rules/policy.ts';
import { holdOf, isOrderWide, type Step, type StepName } from '../rules/step.ts';
import { openAppointments } from '../scheduling/state.ts';
import { ms } from '../time/iso.ts';
import { HOUR_MS, MINUTE_MS } from '../time/units.ts';

/** When and about what a step is needed. */
type Need = {
  readonly notBefore?: number;
  readonly from?: number;
  readonly subject?: string;
  readonly givesWayTo?: StepName;
};

type PolicyRow = {
  readonly step: StepName;
  /** Fixed, or chosen by the state of the order. */
  readonly lane: Lane | ((process: OrderProcess) => Lane);
  readonly needs: (process: OrderProcess, policy: Policy) => readonly Need[];
};

const NOW: readonly Need[] = [{}];
const NOT: readonly Need[] = [];

const once = (needed: boolean): readonly Need[] => (needed ? NOW : NOT);
const services = (process: OrderProcess): readonly ServiceState[] => [
  ...process.activation.services.values(),
];
const isHeldFor = (process: OrderProcess, step: StepName, subject: string | null): boolean =>
  isHeld(process.order, holdOf(step, subject));
const isHeldAsAWhole = (process: OrderProcess): boolean =>
  process.order.holds.some((hold) => isOrderWide(hold.step));
/** Undo never gives up: a hold stops it only from being silent, not from being tried. */
const mayGoOn = (process: OrderProcess, step: StepName, subject: string): boolean =>
  isUndoing(process) || !isHeldFor(process, step, subject);

/**
 * The whole saga, a row a step. A row says which needs an order has now; it reads no clock (the caller compares
 * `notBefore`), and there is no second copy of the process anywhere. The rows stand in the order in which they go when
 * all is reachable.
 */
const POLICY_TABLE: readonly PolicyRow[] = [
  {
    step: 'RecallFieldWork',
    lane: 'local',
    needs: ({ order, fieldwork }) => once(order.cancelled !== null && fieldwork.dispatched !== null),
  },
  {
    step: 'InitiateActivation',
    lane: 'local',
    needs: (process) => once(isGoing(process) && unplanned(process).length > 0),
  },
  {
    step: 'CheckService',
    lane: 'ne',
    needs: (process, policy) =>
      services(process)
        .filter((service) => needsCheck(process, service))
        .filter(({ plan }) => mayGoOn(process, 'CheckService', plan.key))
        .map((service) => ({ subject: service.plan.key, ...checkFrom(service, policy) })),
  },
  {
    step: 'ActivateService',
    lane: 'ne',
    needs: (process) => {
      if (!isGoing(process)) return NOT;
      const wanted = wantedKeys(process);
      return services(process)
        .filter(({ proof, plan }) => proof === 'off' && wanted.has(plan.key))
        .filter((service) => dependenciesOn(process, service))
        .filter(({ plan }) => !isHeldFor(process, 'ActivateService', plan.key))
        .map((service) => ({ subject: service.plan.key, ...createFrom(service) }));
    },
  },
  {
    step: 'RevertService',
    lane: 'ne',
    needs: (process) => {
      const wanted = wantedKeys(process);
      return services(process)
        .filter(
          ({ proof, told, maybeGone, waived }) => !waived && (proof === 'on' || maybeGone || told.length > 0),
        )
        .filter((service) =>
          wanted.has(service.plan.key) ? hasDuplicates(process, service) : dependentsOff(process, service),
        )
        .map(({ plan }) => ({ subject: plan.key }));
    },
  },
  {
    step: 'RequestScheduling',
    lane: 'tm',
    needs: (process) => {
      const { task, proposal, call, agreed, visit } = process.scheduling;
      const busy = proposal !== null || call !== null || agreed !== null || visit !== null;
      if (!isGoing(process) || busy || isHeldAsAWhole(process) || !isAllOn(process)) return NOT;
      return task === null ? NOW : [{ notBefore: offersEnd(task) }];
    },
  },
  {
    step: 'ReleaseVisit',
    lane: 'local',
    needs: ({ scheduling: { proposal, call, agreed } }) => {
      if (proposal === null || call !== null || agreed !== null) return NOT;
      const expiresAt = ms(proposal.expiresAt);
      // Nobody is phoned about a time that has begun; what the customer has agreed to is booked all the same.
      const start = proposal.via === 'agreed' ? expiresAt : ms(proposal.slot.start);
      return [{ notBefore: Math.min(expiresAt, start) }];
    },
  },
  {
    step: 'ProposeVisit',
    lane: 'local',
    needs: (process, policy) => {
      const { task, proposal, call, agreed, visit, pending } = process.scheduling;
      const open = task !== null && proposal === null && call === null && agreed === null && visit === null;
      const wished = policy.schedule.auto && process.order.area !== null;
      return once(isGoing(process) && wished && open && pending === null && !isHeldAsAWhole(process));
    },
  },
  {
    step: 'CallCustomer',
    lane: 'tm',
    needs: (process) => {
      const { proposal, call, agreed } = process.scheduling;
      if (!isGoing(process) || proposal === null || call !== null || agreed !== null) return NOT;
      if (isHeldAsAWhole(process)) return NOT;
      return [{ notBefore: ms(proposal.callAt) }];
    },
  },
  {
    step: 'CheckCall',
    lane: 'tm',
    needs: (process, policy) => {
      const { call } = process.scheduling;
      if (call === null || !mayGoOn(process, 'CheckCall', call.callKey)) return NOT;
      const from = ms(call.at);
      return [{ subject: call.callKey, from, notBefore: from + policy.tm.pollMs }];
    },
  },
  {
    step: 'MoveVisit',
    lane: 'tm',
    needs: (process) => once(isGoing(process) && process.scheduling.move !== null),
  },
  {
    step: 'CheckVisit',
    lane: 'tm',
    needs: (process, policy) => {
      const handover = handoverOf(process, policy);
      const appointmentId = process.scheduling.visit?.appointmentId ?? null;
      if (handover === null || appointmentId === null || !handover.looksFirst) return NOT;
      return [{ subject: appointmentId, notBefore: handover.at }];
    },
  },
  {
    step: 'DispatchFieldWork',
    lane: 'local',
    needs: (process, policy) => {
      const handover = handoverOf(process, policy);
      if (handover === null) return NOT;
      // Where the look at the desk comes to nothing in time, the technician goes all the same.
      return handover.looksFirst
        ? [{ notBefore: handover.at + LOOK_MS, givesWayTo: 'CheckVisit' }]
        : [{ notBefore: handover.at }];
    },
  },
  {
    step: 'CancelSchedule',
    lane: ({ scheduling }) => (openAppointments(scheduling).length > 0 ? 'tm' : 'local'),
    needs: (process) =>
      once(isUndoing(process) && process.scheduling.call === null && !isScheduleEmpty(process.scheduling)),
  },
  {
    step: 'CloseAppointment',
    lane: 'tm',
    needs: (process) =>
      isUndoing(process)
        ? NOT
        : openAppointments(process.scheduling)
            .filter(([, { closeAs }]) => closeAs !== null)
            .map(([subject]) => ({ subject })),
  },
  {
    step: 'ConfirmUndo',
    lane: 'local',
    needs: (process) => {
      const { factVersion, undoVersion } = process.activation;
      const confirmed = undoVersion > 0 && undoVersion > factVersion;
      return once(isUndoing(process) && !confirmed && services(process).every(isDone));
    },
  },
  { step: 'CloseOrder', lane: 'local', needs: (process) => once(mayClose(process)) },
];

/** How long the handing over of a visit waits for a look at the desk. */
const LOOK_MS = MINUTE_MS;
/** The worker trusts what the desk said no longer than this ago. */
const FRESH_MS = 10 * MINUTE_MS;

/** When the technician gets the visit, and whether the worker looks at the desk first; null: no handover now. */
const handoverOf = (
  process: OrderProcess,
  policy: Policy,
): { readonly at: number; readonly looksFirst: boolean } | null => {
  const { visit, move } = process.scheduling;
  const ready = visit !== null && move === null && process.fieldwork.dispatched === null;
  if (!isGoing(process) || !ready || isHeldAsAWhole(process)) return null;
  const at = ms(visit.slot.start) - policy.dispatch.leadHours * HOUR_MS;
  const kept =
    visit.appointmentId === null ? undefined : process.scheduling.appointments.get(visit.appointmentId);
  const looksFirst = kept !== undefined && !visit.vouched && ms(kept.saidAt) + FRESH_MS < at;
  return { at, looksFirst };
};

/** The network made a wanted service more than once: RevertService reverts the further ones, unless a person must look. */
const hasDuplicates = (process: OrderProcess, { plan, duplicates }: ServiceState): boolean =>
  duplicates.length > 0 && !isHeldFor(process, 'RevertService', plan.key);

/**
 * The worker looks up each unanswered request, also of a service that is on: it may have made another one. It looks again
 * at what the NE has under another name once a person has said so.
 */
const needsCheck = (process: OrderProcess, service: ServiceState): boolean =>
  (hasOpenRequest(service) && !service.waived) ||
  ((service.readBack || service.maybeGone) && isGoing(process)) ||
  (service.told.length > 0 && !isHeldFor(process, 'ActivateService', service.plan.key) && isGoing(process));

/** A request may still come to something, or its service lives elsewhere: the order does not end before that is known. */
const isUnsettled = (service: ServiceState): boolean =>
  !service.waived && (service.proof === 'unknown' || hasOpenRequest(service) || service.told.length > 0);

/** Rule 3, or the poll interval while a monitor of the NE still runs. Schedules only: what is believed is judged later. */
const checkFrom = (service: ServiceState, policy: Policy): Need => {
  const [request] = openRequests(service);
  if (service.maybeGone || request?.isSupposed === true) return {};
  if (request === undefined) {
    const created = service.readBack ? service.requests.at(-1) : undefined;
    return created === undefined
      ? {}
      : { from: ms(created.at), notBefore: ms(created.at) + policy.ne.consistencyMs };
  }
  const at = ms(request.at);
  if (request.monitor !== null) {
    const from = ms(request.doubtedAt ?? request.at);
    return { from, notBefore: from + policy.ne.pollMs };
  }
  // A request that the NE took on (202) may show its service long before its bound ends.
  const bound = effectBound({ ...request, isAccepted: false }, policy.ne);
  return { from: at, notBefore: at + bound + policy.ne.consistencyMs };
};

const SECOND_CREATE_MS = 2_000;
const LONGEST_CREATE_MS = 300_000;

/** After creates in a row that came to nothing the next one waits, longer each time, and as long as the NE said. */
const createFrom = ({ requests }: ServiceState): Need => {
  const last = requests.at(-1);
  const inVain = requests.length - 1 - requests.findLastIndex(({ outcome }) => outcome !== 'absent');
  const until = last?.turnedAway?.until ?? null;
  if (last === undefined || inVain === 0 || (inVain === 1 && until === null)) return {};
  const from = ms(last.doubtedAt ?? last.at);
  const wait = inVain === 1 ? 0 : Math.min(SECOND_CREATE_MS * 2 ** Math.min(inVain, 20), LONGEST_CREATE_MS);
  return { from, notBefore: Math.max(from + wait, until === null ? 0 : ms(until)) };
};

/** From when on none of the task's slots is in the future. If the desk had none, the next search is due after an hour. */
const offersEnd = (task: NonNullable<OrderProcess['scheduling']['task']>): number =>
  task.slots.length === 0 ? ms(task.at) + HOUR_MS : Math.max(...task.slots.map((slot) => ms(slot.end)));

const isScheduleEmpty = (scheduling: OrderProcess['scheduling']): boolean => {
  const { task, proposal, agreed, visit, move } = scheduling;
  const nothing = [task, proposal, agreed, visit, move].every((part) => part === null);
  return nothing && openAppointments(scheduling).length === 0;
};

const mayClose = (process: OrderProcess): boolean => {
  const { activation, scheduling, fieldwork } = process;
  const intent = finalIntent(process);
  if (intent === null || isClosed(process)) return false;
  const unanswered =
    scheduling.call !== null ||
    (intent === 'completed' && scheduling.move !== null) ||
    services(process).some(isUnsettled);
  if (unanswered || openAppointments(scheduling).length > 0) return false;
  const wanted = wantedKeys(process);
  const isTooMuch = ({ proof, plan, duplicates, waived }: ServiceState): boolean =>
    !waived && proof === 'on' && (!wanted.has(plan.key) || duplicates.length > 0);
  if (services(process).some(isTooMuch)) return false;
  if (intent === 'completed') return true;
  const confirmed = activation.undoVersion > 0 && activation.undoVersion > activation.factVersion;
  const recalled = intent === 'returned' || fieldwork.dispatched === null;
  return confirmed && recalled && isScheduleEmpty(scheduling);
};

const stepsOf = (process: OrderProcess, policy: Policy): readonly Step[] => {
  const steps: Step[] = [];
  for (const row of POLICY_TABLE) {
    const needs = row.needs(process, policy);
    if (needs === NOT) continue;
    const lane = typeof row.lane === 'function' ? row.lane(process) : row.lane;
    for (const { notBefore = 0, subject = null, ...more } of needs)
      steps.push({ name: row.step, lane, notBefore, subject, ...more });
  }
  return steps;
};

type Answered = { readonly policy: Policy; readonly steps: readonly Step[] };

/** Neither a state nor a policy is ever changed, and a worker asks the same of one state half a dozen times a commit. */
const answered = new WeakMap<OrderProcess, Answered>();

/** Which steps the order needs, in the order in which they go when all is reachable. */
export const nextSteps = (process: OrderProcess, policy: Policy): readonly Step[] => {
  const known = answered.get(process);
  if (known?.policy === policy) return known.steps;
  const steps = stepsOf(process, policy);
  answered.set(process, { policy, steps });
  return steps;
};
