import { openCollection } from './collection.ts';
import type { Journal } from './journal.ts';
import { appointmentIdOf, rowOf } from './ledger.ts';
import type { LedgerDb } from './open-ledger.ts';
import type { EffectFaults, Peer } from './peer.ts';
import { type Answer, changedMeanwhile, errorAnswer, fieldsOf, type SimRequest } from './request.ts';
import {
  type AppointmentRow,
  type AppointmentStatus,
  appointmentBody,
  openTmAppointments,
} from './tm-appointments.ts';
import { readAppointmentDraft, readSlot, readTechnician, scrubTmRequest } from './tm-body.ts';
import { type CallOptions, openTmCalls } from './tm-calls.ts';
import { identifyTm, notFound } from './tm-routes.ts';
import { searchSlots } from './tm-search.ts';

const TM_BASE = '/tmf-api/appointment/v4';

export type TmOptions = CallOptions & { readonly db: LedgerDb; readonly journal: Journal };

const etagOf = ({ id, status, start, updatedAt }: AppointmentRow): string =>
  `"${appointmentIdOf(id)}.${status}.${start}.${updatedAt}"`;

/**
 * The simulated TM desk: TMF646 Appointment. A customer is phoned once for a call key, whatever is sent; what the
 * customer says depends on seed and call key.
 */
export const createTm = ({ db, journal, ...options }: TmOptions): Peer => {
  const appointments = openTmAppointments(db);
  const calls = openTmCalls(appointments, journal, options);
  const { found, read, list, page } = openCollection<AppointmentRow>({
    base: TM_BASE,
    path: '/appointment',
    filter: 'status',
    idOf: ({ id }) => appointmentIdOf(id),
    etagOf,
    bodyOf: (row) => appointmentBody(row, TM_BASE),
    page: appointments.page,
    count: appointments.count,
  });

  const create = (request: SimRequest, faults: EffectFaults, at: number): Answer => {
    const draft = readAppointmentDraft(request.body);
    if ('wrong' in draft) return errorAnswer(400, 'INVALID_BODY', draft.wrong);
    const [existing] = faults.noIdempotency === true ? [] : appointments.ofCall(draft.callKey);
    if (existing !== undefined) return found(existing, 201);
    if (faults.reject !== undefined) {
      return errorAnswer(422, faults.reject, `The desk refused the call: ${faults.reject}`);
    }
    const row = calls.take(draft, faults.answer, at);
    if (faults.duplicate === true) calls.take(draft, faults.answer, at);
    return row === null ? errorAnswer(500, 'NOT_KEPT', 'The appointment could not be kept') : found(row, 201);
  };

  const appointmentAt = (path: string): AppointmentRow | null => {
    const row = rowOf(path.slice('/appointment/'.length), 'APT');
    return row === null ? null : appointments.byId(row);
  };

  const change = (request: SimRequest, at: number): Answer => {
    const row = appointmentAt(request.path);
    if (row === null) return notFound(request.path);
    const changed = changedMeanwhile(request, etagOf(row));
    if (changed !== null) return changed;
    const slot = readSlot(fieldsOf(request.body).validFor);
    if (slot === null) {
      return errorAnswer(400, 'INVALID_BODY', 'validFor needs startDateTime and endDateTime, in order');
    }
    const status = statusOf(fieldsOf(request.body).status ?? row.status);
    if (status === null) return errorAnswer(400, 'INVALID_STATUS', 'The status is not one of an appointment');
    const technicianId = readTechnician(request.body) ?? row.technicianId;
    const moved = slot.start !== row.start || slot.end !== row.end;
    if (status === row.status && !moved && technicianId === row.technicianId) return found(row);
    if (row.status !== 'initialized' && row.status !== 'confirmed') {
      return status === row.status && !moved
        ? found(row)
        : errorAnswer(400, 'ALREADY_FINAL', `The appointment is ${row.status} already`);
    }
    if (status === 'initialized' && row.status === 'confirmed') {
      return errorAnswer(400, 'INVALID_STATUS', 'A confirmed appointment cannot become initialized');
    }
    appointments.change(row.id, { status, slot, technicianId, note: row.note }, at);
    const effect = EFFECTS[status];
    if (status !== row.status) journal.addEffect(row.callKey, effect, at);
    else if (moved) journal.addEffect(row.callKey, 'move', at);
    return found(appointments.byId(row.id) ?? row);
  };

  const perform: Peer['perform'] = (request, { operation, key }, faults, at) => {
    switch (operation) {
      case 'search':
        return searchSlots(request, {
          orderId: key,
          at,
          tz: options.tz,
          base: TM_BASE,
          note: () => appointments.search(key, at),
        });
      case 'call':
      case 'book':
        return create(request, faults, at);
      case 'lookup': {
        const { externalId, ...others } = request.query;
        if (faults.ignoreFilter === true) return page({ ...request, query: others });
        return /[",]/.test(externalId ?? '') ? page(request) : list(request, appointments.ofCall(key));
      }
      case 'inventory':
        return page(request);
      case 'read': {
        const row = appointmentAt(request.path);
        return row === null ? notFound(request.path) : read(request, row);
      }
      case 'change':
        return change(request, at);
      default:
        return notFound(request.path);
    }
  };

  return {
    kind: 'tm',
    base: TM_BASE,
    identify: (request) => identifyTm(request, (path) => appointmentAt(path)?.callKey ?? null),
    perform,
    scrub: scrubTmRequest,
    applyDue: (now) => {
      for (let due = journal.takeDue(now); due !== null; due = journal.takeDue(now)) {
        const { dueAt, job } = due;
        if (job.kind === 'request') perform(job.request, job.target, {}, dueAt);
        const row = job.kind === 'answer' ? appointments.byId(job.appointment) : null;
        if (job.kind === 'answer' && row !== null) calls.hearAnswer(row, job.answer, dueAt);
      }
    },
  };
};

const EFFECTS: Readonly<Record<AppointmentStatus, string>> = {
  initialized: 'move',
  confirmed: 'book',
  cancelled: 'cancel',
  completed: 'complete',
  failed: 'fail',
};

const statusOf = (value: unknown): AppointmentStatus | null =>
  typeof value === 'string' && Object.hasOwn(EFFECTS, value) ? (value as AppointmentStatus) : null;
