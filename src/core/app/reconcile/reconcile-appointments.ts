import type { Finding } from '../../peers/finding.ts';
import type { Appointment } from '../../ports/peers.ts';
import type { OrderProcess } from '../../process/process.ts';
import { type JudgedAppointment, judgeAppointment } from '../../reconcile/judge-appointment.ts';
import { ownsAppointment } from '../../reconcile/ownership.ts';
import { causeOfRefusal, Refusal } from '../../rules/refusal.ts';
import { type NameOwner, ownerOf, readCallKey } from '../../values/keys.ts';
import type { SagaDeps } from '../deps.ts';
import { admitTo, wholeList } from './inventory.ts';
import { lookedUp } from './look-up-now.ts';
import { mendAndTell } from './mend-order.ts';
import { readWhole } from './read-orders.ts';
import { absentCalls, settleLateCall } from './reconcile-desk.ts';
import { type Comparing, noteSeen, type ReconcileOptions } from './reconcile-options.ts';
import { appointmentName, watchedAppointment } from './reconcile-visits.ts';

/** Statuses in which the desk has a customer wait for a technician. */
const LIVE = ['confirmed', 'initialized'] as const;

/**
 * What the desk keeps against the log: a second appointment of one call, or one of a visit that is over. It looks each
 * up by its call key right then before it believes and records it; the ordinary steps cancel it. It reports a desk that
 * cannot be read now, and everything else stays as it is.
 */
export async function* strayAppointments(
  deps: SagaDeps,
  options: ReconcileOptions,
  comparing: Comparing,
): AsyncGenerator<Finding> {
  try {
    for (const status of LIVE) yield* straysIn(status, deps, options, comparing);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    comparing.gaps.push({ part: 'desk', why: causeOfRefusal(error) });
    options.onDeskUnread?.(error);
  }
}

async function* straysIn(
  status: (typeof LIVE)[number],
  deps: SagaDeps,
  options: ReconcileOptions,
  comparing: Comparing,
): AsyncGenerator<Finding> {
  const { signal } = options;
  const { seen, gaps } = comparing;
  const marks = await deps.store.read((tx) => tx.meta.keyMarks());
  let ended = 0;
  const pages = wholeList(
    async (page) => deps.tm.inventory(status, page, await admit(deps, signal)),
    { peer: 'TM', clock: deps.clock, signal, idOf: ({ appointmentId }: Appointment) => appointmentId },
    {
      // What was cancelled meanwhile has let the rest move up.
      gone: () => {
        const since = ended;
        ended = 0;
        return since;
      },
      onEnd: noteSeen(gaps, 'desk-list'),
    },
  );
  for await (const page of pages) {
    for (const appointment of page) {
      const { callKey } = appointment;
      const key = readCallKey(callKey ?? '');
      if (key === null || callKey === null) continue;
      const { orderId } = key;
      const owner = ownerOf(key.mark, marks);
      if (owner === 'foreign') continue;
      seen.appointments += 1;
      const kept = { appointment, callKey, orderId, owner, comparing };
      const finding = await settleKept(deps, options, kept);
      if (finding?.state === 'fixed') ended += 1;
      if (finding !== null) yield finding;
    }
    options.onProgress?.({ ...seen });
  }
}

const admit = (deps: SagaDeps, signal: AbortSignal | undefined) =>
  admitTo(deps.tm, { peer: 'TM', clock: deps.clock, signal, timeoutMs: deps.policy.tm.timeoutMs });

type Kept = {
  readonly appointment: Appointment;
  readonly callKey: string;
  readonly orderId: string;
  /** Who made the name of its call. */
  readonly owner: NameOwner;
  readonly comparing: Comparing;
};

const settleKept = async (
  deps: SagaDeps,
  options: ReconcileOptions,
  { appointment, callKey, orderId, owner, comparing: { seen, gaps, visits } }: Kept,
): Promise<Finding | null> => {
  const read = (await readWhole(deps, [orderId], gaps)).get(orderId);
  if (read === undefined) return null;
  const ownership = ownsAppointment(read.process, read.events, { appointment, owner });
  if (ownership === 'none') return null;
  const watched = watchedAppointment(read.process, deps.clock.now());
  if (watched?.appointmentId === appointment.appointmentId && appointment.status === 'confirmed') {
    visits.add(appointmentName(appointment));
  }
  const keeping = { ...read, callKey, peer: deps.tm.identity };
  if (judgeAppointment({ ...keeping, appointment }).kind === 'as-known') return null;
  // The log first, and the desk after it: what was learnt of the order in between is seen by its version.
  const isIt = (kept: Appointment): boolean =>
    kept.appointmentId === appointment.appointmentId && LIVE.some((status) => status === kept.status);
  const now = lookedUp(await deps.tm.findCall(callKey, await admit(deps, options.signal)), isIt);
  if (now === 'unclear' || now === 'unsupported') seen.unclear += 1;
  if (now === 'unclear' || now === 'unsupported' || now === 'gone') return null;
  const judged = judgeAppointment({ ...keeping, appointment: now });
  if (ownership === 'by-hand' && judged.kind !== 'as-known') {
    const stray = {
      kind: 'stray',
      detail: { code: 'OTHER_APPOINTMENT', appointmentId: now.appointmentId, known: null },
      events: [],
    } as const;
    return settleStray(deps, options, { process: read.process, callKey, judged: stray });
  }
  switch (judged.kind) {
    case 'as-known':
      return null;
    case 'unheard': {
      // Calls that were believed absent were looked up one by one before.
      if (absentCalls(read.events).includes(callKey)) return null;
      const late = await settleLateCall(deps, { process: read.process, callKey }, options);
      if (late === 'unclear') seen.unclear += 1;
      return late === 'unclear' ? null : late;
    }
    case 'stray':
      return settleStray(deps, options, { process: read.process, callKey, judged });
  }
};

type Stray = {
  readonly process: OrderProcess;
  readonly callKey: string;
  readonly judged: Extract<JudgedAppointment, { kind: 'stray' }>;
};

/** The finding; with `fix` it is recorded, and the order's steps cancel it. */
const settleStray = async (
  deps: SagaDeps,
  { fix, signal }: ReconcileOptions,
  { process, callKey, judged: { detail, events } }: Stray,
): Promise<Finding | null> => {
  const { orderId, version } = process;
  const stage = version === 0 ? null : process.stage;
  const finding = { kind: 'stray-appointment', key: callKey, orderId, neId: null, stage, detail } as const;
  if (events.length === 0) return { ...finding, state: 'by-hand' };
  if (!fix) return { ...finding, state: 'open' };
  // What was learnt of the order since it was read may make what was seen old.
  const decide = (current: OrderProcess) => (current.version === version ? events : []);
  return mendAndTell(deps, { ...finding, state: 'fixed' }, { decide, signal });
};
