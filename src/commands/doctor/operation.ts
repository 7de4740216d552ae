import { isSomeRunning } from '../../core/app/engine/worker-state.ts';
import { readBinding } from '../../core/app/peers/read-binding.ts';
import { readBreakers, shutBreakers } from '../../core/app/peers/read-breakers.ts';
import { readLastComparison } from '../../core/app/reconcile/last-comparison.ts';
import { areasStanding } from '../../core/app/technicians/areas.ts';
import { readWork } from '../../core/app/worker/read-work.ts';
import type { LookUp } from '../../core/peers/outcome.ts';
import type { MaintainedStore } from '../../core/ports/maintenance.ts';
import type { Admission, Sending } from '../../core/ports/peers.ts';
import { assertNever } from '../../core/values/assert-never.ts';
import { inWords } from '../../texts/coded.ts';
import { becauseText, breakerItem } from '../breaker/row.ts';
import { bad, type Check, ok, type Surgery, warn } from './check.ts';

/** A key that no order has: a look-up of it is answered with nothing, and changes nothing. */
const NOBODYS_KEY = 'ORD-000000/doctor';

/** Asks both peers for something that is not there. The simulators are inside every command and need no asking. */
export const checkPeers = async (ctx: Surgery, database: MaintainedStore): Promise<readonly Check[]> => {
  const { services, t } = ctx;
  if (services.settings.simulated) {
    return [ok('ne', t.doctor.simulated), ok('tm', t.doctor.simulated)];
  }
  const { ne, tm, policy } = await services.saga();
  const checks = await Promise.all([
    checkPeer(ctx, 'ne', await ne.admit(), policy.ne.timeoutMs, (sending) => ne.find(NOBODYS_KEY, sending)),
    checkPeer(ctx, 'tm', await tm.admit(), policy.tm.timeoutMs, (sending) =>
      tm.findCall(NOBODYS_KEY, sending),
    ),
  ]);
  // Their answers have just shown it.
  const { answeredBy } = (await readBinding({ store: database })) ?? {};
  const isSimulator = { ne: answeredBy?.ne === 'simulator', tm: answeredBy?.tm === 'simulator' };
  return checks.map((check) => {
    const { name, state, detail, next } = check;
    if (name !== 'ne' && name !== 'tm') return check;
    const proxy = services.unusedProxies[name];
    const told = isSimulator[name] ? `${detail} (${t.common.simulated})` : detail;
    if (proxy === null) return { ...check, detail: told };
    return {
      name,
      // It may be why the peer is not reached, and is no fault where it is.
      state: state === 'ok' ? 'warn' : state,
      detail: `${told}; ${t.doctor.proxyUnused(proxy)}`,
      next: next ?? t.doctor.proxyMeant,
    };
  });
};

const checkPeer = async (
  { t, clock, program, services }: Surgery,
  name: 'ne' | 'tm',
  admission: Admission,
  deadlineMs: number,
  ask: (sending: Sending) => Promise<LookUp<unknown>>,
): Promise<Check> => {
  const url = services.settings[name].url ?? '';
  if (!admission.admitted) {
    const until = admission.retryAt === null ? '' : clock(admission.retryAt);
    return bad(name, t.doctor.notAsked(inWords(t.causes, admission.cause), until), `${program} breaker list`);
  }
  const lookUp = await ask({ permit: admission.permit, deadlineMs });
  switch (lookUp.kind) {
    case 'absent':
    case 'found':
    case 'terminated':
    case 'ambiguous':
      return ok(name, t.doctor.answers(url));
    case 'unsupported':
      return warn(name, t.doctor.noLookUp(url, inWords(t.causes, lookUp.cause)), t.doctor.askPeer);
    case 'misconfigured':
      return bad(
        name,
        t.doctor.misconfigured(url, inWords(t.causes, lookUp.cause)),
        t.doctor.checkToken(name),
      );
    case 'unknown':
      return bad(name, t.doctor.unreachable(url, inWords(t.causes, lookUp.cause)), t.doctor.nothingLost);
    default:
      return assertNever(lookUp);
  }
};

export const checkBreakers = async (
  { services, t, clock, program }: Surgery,
  database: MaintainedStore,
): Promise<Check> => {
  const rows = await readBreakers({ store: database }, services.breakers);
  const open = shutBreakers(rows, services.breakers, services.clock.now()).map(breakerItem);
  if (open.length === 0) return ok('breakers', t.doctor.closed);
  const told = open.map((item) => t.doctor.open(item.name, clock(item.openUntil), becauseText(item, t)));
  return bad('breakers', told.join('; '), `${program} breaker list`);
};

export const checkWorker = async (ctx: Surgery, database: MaintainedStore): Promise<readonly Check[]> => {
  const { services, t, program } = ctx;
  const { workers, backlog, failing, aside } = await readWork({ ...services, store: database });
  const due = Math.max(...backlog.map((lane) => lane.due));
  const worker = isSomeRunning(workers)
    ? ok('worker', t.doctor.workerRuns)
    : due > 0
      ? warn('worker', t.doctor.noWorker(due), `${program} worker`)
      : failing.length > 0
        ? warn('worker', t.doctor.noWorkerForRetries(failing.length), `${program} worker`)
        : ok('worker', t.doctor.noWorkerNeeded);
  const work =
    aside.length > 0
      ? bad(
          'work',
          t.doctor.aside(aside.map(({ orderId, reason }) => `${orderId} ${inWords(t.causes, reason)}`)),
          `${program} db verify`,
        )
      : failing.length === 0
        ? ok('work', t.doctor.due(due))
        : warn('work', t.doctor.failing(failing.length), `${program} worker status`);
  return [worker, work];
};

/** What the last comparison of the peers with the log came to. */
export const checkComparison = async (
  { t, clock, program }: Surgery,
  database: MaintainedStore,
): Promise<Check> => {
  const { last, findings } = await readLastComparison({ store: database });
  if (last === null) return ok('comparison', t.doctor.neverCompared);
  const at = clock(last.beganAt);
  if (findings.length > 0)
    return warn('comparison', t.doctor.findings(findings.length, at), `${program} ne reconcile --last`);
  if (last.failure !== null) {
    return warn(
      'comparison',
      t.doctor.notCompared(at, inWords(t.causes, last.failure)),
      `${program} ne reconcile`,
    );
  }
  return last.endedAt === null || last.gaps.length > 0
    ? warn('comparison', t.doctor.comparedPartly(at), `${program} ne reconcile`)
    : ok('comparison', t.doctor.comparedAt(at));
};

/** Whether ways between areas are known: without them every way is as long, and a plan may not be drivable. */
export const checkAreas = async (
  { t, program, services }: Surgery,
  database: MaintainedStore,
): Promise<Check> => {
  const { version, areas, technicians, unknown, ambiguous } = await areasStanding({
    store: database,
    policy: services.policy,
  });
  if (version === null) {
    const { travelMinutes } = services.policy.visits;
    const said = t.doctor.noAreas(travelMinutes);
    return technicians === 0
      ? ok('areas', said)
      : warn('areas', said, `${program} area import data/samples/areas.csv`);
  }
  return unknown.length + ambiguous.length === 0
    ? ok('areas', t.doctor.areas(areas, version))
    : warn(
        'areas',
        t.doctor.areasUnclear(
          unknown,
          ambiguous.map(({ area }) => area),
        ),
        `${program} area list --served`,
      );
};
