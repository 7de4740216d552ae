import type {
  Appointment,
  AppointmentStatus,
  CallRequest,
  ListPage,
  PageAsked,
  SlotOffer,
  SlotSearch,
} from '../../core/ports/peers.ts';
import type { CallOutcome } from '../../core/scheduling/events.ts';
import { iso, ms } from '../../core/time/iso.ts';
import type { Slot } from '../../core/time/slot.ts';
import { DAY_MS } from '../../core/time/units.ts';
import type { LedgerAppointment, LedgerCall } from '../simulators/ledger.ts';
import type { PeerFault } from './memory-faults.ts';
import { memoryPage } from './memory-page.ts';
import type { Happenings, Reply } from './memory-peer.ts';

/**
 * What the customer says, and how long the call takes on the clock (default: no time, the answer comes at once;
 * Infinity: a call that never ends). AGREED without a slot: the one that was offered.
 */
export type CustomerAnswer = { readonly afterMs?: number } & (
  | { readonly outcome: 'AGREED'; readonly slot?: Slot }
  | { readonly outcome: 'NO_ANSWER' | 'BUSY' | 'REFUSED' | 'WRONG_NUMBER' }
  | { readonly outcome: 'CALLBACK'; readonly at: string }
);

/** `ring` counts the calls of this order, from 1. */
export type Answering = (request: CallRequest, ring: number) => CustomerAnswer;

export type Change = {
  readonly slot: Slot;
  readonly status?: 'cancelled' | 'completed' | 'failed';
  readonly technicianId?: string;
};

/** `outcome`: what the customer said who rang the desk. */
export type ByItself =
  | { readonly slot: Slot }
  | { readonly status: 'cancelled' | 'failed' | 'completed'; readonly outcome?: CallOutcome }
  | 'forgotten';

type KeptAppointment = {
  readonly appointment: Appointment;
  readonly request: CallRequest;
  readonly technicianId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** From when on its books show it, epoch ms. */
  readonly knownFrom: number;
};

/** The desk's own state. `at`: the moment that its books are read for (epoch ms). */
export type MemoryDesk = {
  readonly search: (search: SlotSearch, at: number, fault: PeerFault | null) => Reply<SlotOffer>;
  /** By its task. */
  readonly searched: (taskId: string) => Reply<SlotOffer>;
  readonly call: (request: CallRequest, at: number, fault: PeerFault | null) => Reply<Appointment>;
  readonly byCallKey: (callKey: string, at: number) => readonly Appointment[];
  readonly inventory: (status: AppointmentStatus, page: PageAsked, at: number) => ListPage<Appointment>;
  readonly byId: (appointmentId: string, at: number) => Appointment | undefined;
  readonly change: (appointmentId: string, change: Change, at: number) => Reply<Appointment>;
  /** What the desk does by itself: it moves or ends an appointment, or forgets that it ever had it. */
  readonly byItself: (appointmentId: string, act: ByItself, at: number) => void;
  readonly appointments: () => readonly LedgerAppointment[];
  readonly calls: () => readonly LedgerCall[];
};

/** Korea has no daylight saving. */
const SEOUL_MS = 9 * 3_600_000;
const OPENS_MS = 9 * 3_600_000;
const CLOSES_MS = 18 * 3_600_000;
const SLOT_MS = 1_800_000;

/** Half-hours from 09:00 to 18:00 in Seoul that lie within [from, to]. */
const officeSlots = (from: number, to: number): readonly Slot[] => {
  const slots: Slot[] = [];
  for (let day = Math.floor((from + SEOUL_MS) / DAY_MS) * DAY_MS - SEOUL_MS; day < to; day += DAY_MS) {
    for (let start = day + OPENS_MS; start < day + CLOSES_MS; start += SLOT_MS) {
      if (start >= from && start + SLOT_MS <= to)
        slots.push({ start: iso(start), end: iso(start + SLOT_MS) });
    }
  }
  return slots;
};

const FINAL: readonly AppointmentStatus[] = ['cancelled', 'completed', 'failed'];
const EFFECT_OF = { cancelled: 'cancel', completed: 'complete', failed: 'fail' } as const;

type DeskOptions = {
  readonly answer: Answering;
  /** false: every call that arrives makes the phone ring. */
  readonly idempotent: boolean;
  /** How long after a call its books know nothing of it, ms; drawn for each. */
  readonly recordsAfterMs: () => number;
};

export const memoryDesk = (
  wire: Happenings,
  { answer, idempotent, recordsAfterMs }: DeskOptions,
): MemoryDesk => {
  const rows = new Map<string, KeptAppointment>();
  const idsOf = new Map<string, string[]>();
  const rings = new Map<string, number>();
  const called = new Map<string, LedgerCall>();
  let made = 0;
  /** By task. */
  const searches = new Map<string, Reply<SlotOffer>>();

  const put = (row: KeptAppointment): Appointment => {
    rows.set(row.appointment.appointmentId, row);
    return row.appointment;
  };
  const settle = (row: KeptAppointment, said: CustomerAnswer, at: number): Appointment => {
    const known = called.get(row.request.callKey);
    if (known !== undefined) called.set(known.callKey, { ...known, outcome: said.outcome });
    const over: Appointment =
      said.outcome === 'AGREED'
        ? { ...row.appointment, status: 'confirmed', slot: said.slot ?? row.request.slot }
        : {
            ...row.appointment,
            status: 'failed',
            answer: { outcome: said.outcome, callbackAt: said.outcome === 'CALLBACK' ? said.at : null },
          };
    return put({ ...row, appointment: over, updatedAt: iso(at) });
  };
  const phone = (row: KeptAppointment, at: number): Appointment => {
    const { request } = row;
    const ring = (rings.get(request.orderId) ?? 0) + 1;
    rings.set(request.orderId, ring);
    const before = called.get(request.callKey);
    called.set(request.callKey, {
      callKey: request.callKey,
      count: (before?.count ?? 0) + 1,
      outcome: null,
      at: before?.at ?? iso(at),
    });
    wire.effect(request.callKey, 'call', at);
    const said = answer(request, ring);
    const { afterMs = 0 } = said;
    if (afterMs === 0) return settle(row, said, at);
    wire.later(at + afterMs, (endsAt) => {
      const now = rows.get(row.appointment.appointmentId);
      if (now?.appointment.status === 'initialized') settle(now, said, endsAt);
    });
    return put(row);
  };
  const make = (request: CallRequest, at: number): Appointment => {
    made += 1;
    const appointmentId = `APT-${String(made).padStart(6, '0')}`;
    const { callKey, slot, technicianId } = request;
    const appointment: Appointment = { appointmentId, callKey, status: 'initialized', slot, answer: null };
    const knownFrom = at + recordsAfterMs();
    const row = { appointment, request, technicianId, createdAt: iso(at), updatedAt: iso(at), knownFrom };
    put(row);
    idsOf.set(callKey, [...(idsOf.get(callKey) ?? []), appointmentId]);
    if (request.via === 'desk') return phone(row, at);
    wire.effect(callKey, 'book', at);
    return put({ ...row, appointment: { ...appointment, status: 'confirmed' } });
  };
  const known = (appointmentId: string, at: number): KeptAppointment | undefined => {
    const row = rows.get(appointmentId);
    return row !== undefined && row.knownFrom <= at ? row : undefined;
  };
  const byCallKey = (callKey: string, at: number): readonly Appointment[] =>
    (idsOf.get(callKey) ?? []).flatMap((appointmentId) => known(appointmentId, at)?.appointment ?? []);

  return {
    search: ({ from, to }, at, fault) => {
      const taskId = `TASK-${searches.size + 1}`;
      const done: Reply<SlotOffer> = {
        status: 201,
        value: { taskId, slots: officeSlots(ms(from), ms(to)) },
      };
      if (fault?.fault !== 'monitor') {
        searches.set(taskId, done);
        return done;
      }
      const running: Reply<SlotOffer> = { status: 202, monitor: taskId };
      searches.set(taskId, running);
      wire.later(at + fault.ms, () => searches.set(taskId, done));
      return running;
    },
    searched: (taskId) => searches.get(taskId) ?? { status: 404, code: 'NOT_FOUND' },
    call: (request, at, fault) => {
      const [before] = byCallKey(request.callKey, Number.POSITIVE_INFINITY);
      if (idempotent && before !== undefined) return { status: 201, value: before };
      if (fault?.fault === 'renamed') {
        make({ ...request, callKey: fault.name }, at);
        return { status: 201, other: { code: 'OTHER_CALL', callKey: fault.isTold ? fault.name : '' } };
      }
      const made = make(request, at);
      if (fault?.fault === 'duplicate') make(request, at);
      return { status: 201, value: made };
    },
    byCallKey,
    inventory: (status, page, at) => {
      const all = [...rows.values()].flatMap(({ appointment, knownFrom }) =>
        appointment.status === status && knownFrom <= at ? [appointment] : [],
      );
      return memoryPage(all, page, ({ appointmentId }) => appointmentId);
    },
    byId: (appointmentId, at) => known(appointmentId, at)?.appointment,
    change: (appointmentId, { slot, status, technicianId }, at) => {
      const row = known(appointmentId, at);
      if (row === undefined) return { status: 404, code: 'NOT_FOUND' };
      const { appointment } = row;
      if (FINAL.includes(appointment.status)) {
        return appointment.status === status
          ? { status: 200, value: appointment }
          : { status: 422, code: 'ALREADY_FINAL' };
      }
      const moved = slot.start !== appointment.slot.start || slot.end !== appointment.slot.end;
      const effect = status === undefined ? (moved ? 'move' : null) : EFFECT_OF[status];
      if (effect !== null) wire.effect(appointment.callKey ?? appointmentId, effect, at);
      const changed = { ...appointment, slot, status: status ?? appointment.status };
      const next = { ...row, appointment: changed, technicianId: technicianId ?? row.technicianId };
      return { status: 200, value: put({ ...next, updatedAt: iso(at) }) };
    },
    byItself: (appointmentId, act, at) => {
      const row = rows.get(appointmentId);
      if (row === undefined) throw new Error(`the desk has no ${appointmentId}`);
      const { appointment } = row;
      if (act === 'forgotten') {
        rows.delete(appointmentId);
        return;
      }
      const answer =
        'outcome' in act && act.outcome !== undefined ? { outcome: act.outcome, callbackAt: null } : null;
      const changed =
        'slot' in act ? { ...appointment, slot: act.slot } : { ...appointment, status: act.status, answer };
      put({ ...row, appointment: changed, updatedAt: iso(at) });
    },
    appointments: () =>
      [...rows.values()].map(({ appointment, request, technicianId, createdAt, updatedAt }) => ({
        appointmentId: appointment.appointmentId,
        callKey: request.callKey,
        category: request.via === 'desk' ? 'outbound-call' : 'agreed',
        status: appointment.status,
        start: appointment.slot.start,
        end: appointment.slot.end,
        technicianId,
        note: appointment.answer?.outcome ?? null,
        phoneLast4: request.phone.slice(-4),
        createdAt,
        updatedAt,
      })),
    calls: () => [...called.values()],
  };
};
