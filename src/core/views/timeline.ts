import type { Envelope, EventType } from '../process/events.ts';
import { assertNever } from '../values/assert-never.ts';
import { linesOf } from '../values/lines.ts';
import type { ServiceName, TimelineValues } from './timeline-values.ts';

/** One line of the story of an order. The face words `title` with `values`. */
export type TimelineEntry = {
  [T in EventType]: {
    readonly version: number;
    /** When it was recorded, UTC ISO. */
    readonly at: string;
    readonly actor: string;
    readonly title: T;
    readonly values: Readonly<TimelineValues[T]>;
  };
}[EventType];

/** `ORD-000042/internet.hsi#2/1` */
const serviceOf = (key: string): ServiceName => {
  const [, service = key, generation = '1'] = key.split('/');
  return { service, generation: Number(generation) };
};

const serviceNames = (keys: readonly string[]): readonly string[] =>
  keys.map((key) => serviceOf(key).service);

/** `ORD-000042/call#3` -> 3 */
const callNumber = (callKey: string): number => Number(callKey.slice(callKey.indexOf('#') + 1));

/** A hold is a step, or a step and what it is about: `ActivateService:ORD-000042/internet.hsi#1/1`. */
const holdOf = (hold: string): { readonly step: string; readonly subject: string | null } => {
  const colon = hold.indexOf(':');
  if (colon < 0) return { step: hold, subject: null };
  return { step: hold.slice(0, colon), subject: serviceOf(hold.slice(colon + 1)).service };
};

/** One line an event, for every type of event. */
export const timelineEntry = (event: Envelope): TimelineEntry => {
  const meta = { version: event.version, at: event.at, actor: event.actor };
  switch (event.type) {
    case 'OrderPlaced': {
      const { area, priority, channel, textId = null } = event.data;
      const values = { ...linesOf(event.data), area, priority, channel, textId };
      return { ...meta, title: event.type, values };
    }
    case 'OrderAmended':
      return { ...meta, title: event.type, values: linesOf(event.data) };
    case 'ContactChanged':
      return {
        ...meta,
        title: event.type,
        values: { fields: event.data.fields, area: event.data.area ?? null },
      };
    case 'NoteAdded':
      return { ...meta, title: event.type, values: event.data };
    case 'TermsChanged': {
      const { terms, priority = null, wishes } = event.data;
      const values = { client: terms.client, priority, notBefore: wishes?.notBefore ?? null };
      return { ...meta, title: event.type, values };
    }
    case 'CancellationAssessed': {
      const { client, code, denied = null, textId = null } = event.data;
      return { ...meta, title: event.type, values: { client, code, denied, textId } };
    }
    case 'OrderCancelled': {
      const { code, stage, textId = null } = event.data;
      return { ...meta, title: event.type, values: { code, stage, textId } };
    }
    case 'OrderHeld': {
      const { subject } = holdOf(event.data.hold);
      return {
        ...meta,
        title: event.type,
        values: { step: event.data.step, subject, cause: event.data.cause, said: event.data.said ?? null },
      };
    }
    case 'HoldReleased': {
      const { hold, action, textId = null } = event.data;
      return { ...meta, title: event.type, values: { ...holdOf(hold), action, textId } };
    }
    case 'OrderClosed':
      return { ...meta, title: event.type, values: event.data };
    case 'ActivationStarted':
      return { ...meta, title: event.type, values: { services: event.data.plan.map((one) => one.service) } };
    case 'ServiceRequested': {
      const { key, peer, attempt } = event.data;
      return { ...meta, title: event.type, values: { ...serviceOf(key), peer, attempt } };
    }
    case 'ServiceActivated': {
      const { key, neId, equipmentId = null } = event.data;
      return { ...meta, title: event.type, values: { ...serviceOf(key), neId, equipmentId } };
    }
    case 'ServiceFound': {
      const { key, neId, equipmentId = null, how, duplicates = [] } = event.data;
      const values = { ...serviceOf(key), neId, equipmentId, how, duplicates: duplicates.length };
      return { ...meta, title: event.type, values };
    }
    case 'ServiceRejected':
      return { ...meta, title: event.type, values: { ...serviceOf(event.data.key), code: event.data.code } };
    case 'ServiceInDoubt': {
      const { key, cause, monitor = null } = event.data;
      return { ...meta, title: event.type, values: { ...serviceOf(key), cause, monitor } };
    }
    case 'ServiceNotFound': {
      const { key, why, cause = null } = event.data;
      return { ...meta, title: event.type, values: { ...serviceOf(key), why, cause } };
    }
    case 'ServiceNotSeen': {
      const { key, counts } = event.data;
      return { ...meta, title: event.type, values: { ...serviceOf(key), look: counts ? 'first' : 'early' } };
    }
    case 'ServiceDisowned': {
      const { key, neId, name } = event.data;
      return { ...meta, title: event.type, values: { ...serviceOf(key), neId, name } };
    }
    case 'ActivationCompleted': {
      const { equipmentId, services } = event.data;
      return { ...meta, title: event.type, values: { equipmentId, services: serviceNames(services) } };
    }
    case 'RevertRequested': {
      const { key, peer, duplicates = [] } = event.data;
      return {
        ...meta,
        title: event.type,
        values: { ...serviceOf(key), peer, duplicates: duplicates.length },
      };
    }
    case 'DuplicatesReverted':
      return {
        ...meta,
        title: event.type,
        values: { ...serviceOf(event.data.key), neIds: event.data.neIds },
      };
    case 'ServiceReverted':
      return { ...meta, title: event.type, values: { ...serviceOf(event.data.key), how: event.data.how } };
    case 'RevertRejected':
      return { ...meta, title: event.type, values: { ...serviceOf(event.data.key), code: event.data.code } };
    case 'ActivationCancelled':
      return { ...meta, title: event.type, values: { services: serviceNames(event.data.services) } };
    case 'ActivationReverted':
      return { ...meta, title: event.type, values: { services: serviceNames(event.data.services) } };
    case 'SlotSearchStarted':
      return { ...meta, title: event.type, values: { taskId: event.data.taskId } };
    case 'SchedulingRequested': {
      const { taskId, slots } = event.data;
      return { ...meta, title: event.type, values: { taskId, slots: slots.length } };
    }
    case 'VisitProposed': {
      const { slot, ...rest } = event.data;
      return { ...meta, title: event.type, values: { ...slot, ...rest } };
    }
    case 'VisitReleased':
      return { ...meta, title: event.type, values: event.data };
    case 'CallRequested': {
      const { callKey, peer, via, slot } = event.data;
      return { ...meta, title: event.type, values: { ...slot, call: callNumber(callKey), peer, via } };
    }
    case 'CustomerCalled': {
      const { callKey, outcome, slot, window, appointmentId = null, textId = null } = event.data;
      const { nextCallAt, by } = event.data;
      const call = callNumber(callKey);
      const told = window === undefined ? {} : { window };
      const values = { call, outcome, by, nextCallAt, ...slot, ...told, appointmentId, textId };
      return { ...meta, title: event.type, values };
    }
    case 'CallInDoubt': {
      const { callKey, cause } = event.data;
      return { ...meta, title: event.type, values: { call: callNumber(callKey), cause } };
    }
    case 'CallNotPlaced': {
      const { callKey, why, cause = null, nextCallAt = null } = event.data;
      return { ...meta, title: event.type, values: { call: callNumber(callKey), why, cause, nextCallAt } };
    }
    case 'CallNotSeen':
      return { ...meta, title: event.type, values: { call: callNumber(event.data.callKey) } };
    case 'MoveRequested': {
      const { slot, technicianId, code } = event.data;
      return { ...meta, title: event.type, values: { ...slot, technicianId, code } };
    }
    case 'MoveRejected':
      return { ...meta, title: event.type, values: event.data };
    case 'Scheduled': {
      const { visitDateTime, technicianId, appointmentId } = event.data;
      return { ...meta, title: event.type, values: { ...visitDateTime, technicianId, appointmentId } };
    }
    case 'VisitRetimed': {
      const { from, slot, technicianId } = event.data;
      return {
        ...meta,
        title: event.type,
        values: { ...slot, fromStart: from.start, fromEnd: from.end, technicianId },
      };
    }
    case 'ServiceWaived':
      return {
        ...meta,
        title: event.type,
        values: { ...serviceOf(event.data.key), cause: event.data.cause },
      };
    case 'HistoryMayBeLost': {
      const { asked, maybeGone } = event.data;
      return { ...meta, title: event.type, values: { services: serviceNames([...asked, ...maybeGone]) } };
    }
    case 'AppointmentWaived':
      return { ...meta, title: event.type, values: event.data };
    case 'AppointmentMovedByDesk': {
      const { appointmentId, slot } = event.data;
      return { ...meta, title: event.type, values: { ...slot, appointmentId } };
    }
    case 'AppointmentCancelledByDesk': {
      const { appointmentId, code = null } = event.data;
      return { ...meta, title: event.type, values: { appointmentId, code } };
    }
    case 'AppointmentFound': {
      const { callKey, appointmentId, slot } = event.data;
      return { ...meta, title: event.type, values: { ...slot, call: callNumber(callKey), appointmentId } };
    }
    case 'AppointmentClosed':
      return { ...meta, title: event.type, values: event.data };
    case 'ScheduleCancelled':
      return { ...meta, title: event.type, values: event.data };
    case 'FieldWorkDispatched':
      return { ...meta, title: event.type, values: event.data };
    case 'FieldWorkRecalled':
      return { ...meta, title: event.type, values: event.data };
    case 'FieldWorkStarted':
      return { ...meta, title: event.type, values: event.data };
    case 'FieldWorkCompleted': {
      const { result, technicianId, visit, occurredAt, textId = null } = event.data;
      const { ontSerial, rxPowerDbm, stbSerials } = result;
      const values = { technicianId, visit, occurredAt, ontSerial, rxPowerDbm, stbSerials, textId };
      return { ...meta, title: event.type, values };
    }
    case 'FieldResultCorrected': {
      const { corrected, occurredAt } = event.data;
      return { ...meta, title: event.type, values: { fields: Object.keys(corrected), occurredAt } };
    }
    case 'VisitNotDone': {
      const { code, visit, technicianId, occurredAt, textId = null } = event.data;
      return { ...meta, title: event.type, values: { code, visit, technicianId, occurredAt, textId } };
    }
    case 'FieldWorkFailed': {
      const { code, visit, technicianId, occurredAt, textId = null } = event.data;
      return { ...meta, title: event.type, values: { code, visit, technicianId, occurredAt, textId } };
    }
    default:
      return assertNever(event);
  }
};
