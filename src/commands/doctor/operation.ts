import type { LookUp } from '../../core/peers/outcome.ts';
import type { Admission, Sending } from '../../core/ports/peers.ts';
import { LANES } from '../../core/rules/lanes.ts';
import { assertNever } from '../../core/values/assert-never.ts';
import { breakerItems } from '../breaker/row.ts';
import { isWorkerRunning } from '../changing.ts';
import { bad, type Check, ok, type Surgery, warn } from './check.ts';
import type { OpenDatabase } from './installation.ts';

/** A key that no order has: a look-up of it is answered with nothing, and changes nothing. */
const NOBODYS_KEY = 'ORD-000000/doctor';

/** Asks both peers for something that is not there. The simulators are inside every command and need no asking. */
export const checkPeers = async (ctx: Surgery, database: OpenDatabase): Promise<readonly Check[]> => {
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
  // Their answers have just told it.
  const { answeredBy } = (await database.read((tx) => tx.meta.binding())) ?? {};
  const isSimulator = { ne: answeredBy?.ne === 'simulator', tm: answeredBy?.tm === 'simulator' };
  return checks.map((check) =>
    (check.name === 'ne' || check.name === 'tm') && isSimulator[check.name]
      ? { ...check, detail: `${check.detail} (${t.common.simulated})` }
      : check,
  );
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
    return bad(name, t.doctor.notAsked(admission.cause, until), `${program} breaker list`);
  }
  const lookUp = await ask({ permit: admission.permit, deadlineMs });
  switch (lookUp.kind) {
    case 'absent':
    case 'found':
    case 'terminated':
    case 'ambiguous':
      return ok(name, t.doctor.answers(url));
    case 'unsupported':
      return warn(name, t.doctor.noLookUp(url, lookUp.cause), t.doctor.askPeer);
    case 'misconfigured':
      return bad(name, t.doctor.misconfigured(url, lookUp.cause), t.doctor.checkToken(name));
    case 'unknown':
      return bad(name, t.doctor.unreachable(url, lookUp.cause), t.doctor.nothingLost);
    default:
      return assertNever(lookUp);
  }
};

export const checkBreakers = async (
  { services, t, clock, program }: Surgery,
  database: OpenDatabase,
): Promise<Check> => {
  const stored = await database.read((tx) => tx.breakers.list());
  const { ne, tm } = services.breakers;
  const open = breakerItems(services, stored)
    .filter(({ name, state }) => state !== 'closed' && (name === ne.name || name === tm.name))
    .filter(({ openUntil }) => openUntil === null || Date.parse(openUntil) > services.clock.now());
  if (open.length === 0) return ok('breakers', t.doctor.closed);
  const told = open.map(({ name, openUntil, forced, lastError }) =>
    t.doctor.open(name, clock(openUntil), forced?.reason ?? lastError ?? ''),
  );
  return bad('breakers', told.join('; '), `${program} breaker list`);
};

export const checkWorker = async (ctx: Surgery, database: OpenDatabase): Promise<readonly Check[]> => {
  const { services, t, program } = ctx;
  const { counts, failing } = await database.read(async ({ work }) => ({
    counts: await work.counts(services.clock.now()),
    failing: (await work.failing(1_000)).length,
  }));
  const due = Math.max(...LANES.map((lane) => counts.due[lane]));
  const worker = (await isWorkerRunning(ctx))
    ? ok('worker', t.doctor.workerRuns)
    : due === 0
      ? ok('worker', t.doctor.noWorkerNeeded)
      : warn('worker', t.doctor.noWorker(due), `${program} worker`);
  const work =
    failing === 0
      ? ok('work', t.doctor.due(due))
      : warn('work', t.doctor.failing(failing), `${program} worker status`);
  return [worker, work];
};
