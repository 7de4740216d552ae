import type { Cause } from '../codes/cause.ts';
import type { ContactField } from '../order/events.ts';
import type { CallNotPlaced, VisitReleased } from '../scheduling/events.ts';

/** Free texts stay in the vault: `textId` is for the reader who may see it. */
type Text = { readonly textId: string | null };
type Visit = { readonly start: string; readonly end: string };
/** `service` is without order and generation, e.g. `internet.hsi#2`; `generation` counts from 1. */
export type ServiceName = { readonly service: string; readonly generation: number };

/** The values a person wants to read with each event. Times are UTC ISO; the face writes them in the operator's zone. */
export type TimelineValues = {
  OrderPlaced: {
    internet: number;
    tv: number;
    area: string | null;
    priority: string;
    channel: string;
  } & Text;
  OrderAmended: { internet: number; tv: number };
  ContactChanged: { fields: readonly ContactField[]; area: string | null };
  NoteAdded: Text;
  TermsChanged: { client: string; priority: string | null; notBefore: string | null };
  /** `denied`: the code of the refusal; null: it was cancelled. */
  CancellationAssessed: { client: string; code: string; denied: string | null } & Text;
  OrderCancelled: { code: string; stage: string } & Text;
  OrderHeld: { step: string; subject: string | null; cause: string; said: Cause | null };
  HoldReleased: { step: string; subject: string | null; action: string } & Text;
  OrderClosed: { outcome: string };
  ActivationStarted: { services: readonly string[] };
  ServiceRequested: ServiceName & { peer: string; attempt: number };
  ServiceActivated: ServiceName & { neId: string; equipmentId: string | null };
  ServiceFound: ServiceName & { neId: string; equipmentId: string | null; how: string; duplicates: number };
  ServiceRejected: ServiceName & { code: string };
  ServiceInDoubt: ServiceName & { cause: Cause; monitor: string | null };
  ServiceNotFound: ServiceName & { why: string; cause: Cause | null };
  /** look: `first` if one more like it proves that nothing is there, `early` if it was too early to count. */
  ServiceNotSeen: ServiceName & { look: string };
  /** name: what stands under the id now; null: nothing. */
  ServiceDisowned: ServiceName & { neId: string; name: string | null };
  ActivationCompleted: { equipmentId: string | null; services: readonly string[] };
  /** duplicates: so many further services alone are to go; 0: the service itself. */
  RevertRequested: ServiceName & { peer: string; duplicates: number };
  DuplicatesReverted: ServiceName & { neIds: readonly string[] };
  ServiceReverted: ServiceName & { how: string };
  RevertRejected: ServiceName & { code: string };
  ActivationCancelled: { services: readonly string[] };
  ActivationReverted: { services: readonly string[] };
  SlotSearchStarted: { taskId: string };
  SchedulingRequested: { taskId: string; slots: number };
  VisitProposed: Visit & {
    technicianId: string;
    via: string;
    choice: string;
    reasons: readonly string[];
    callAt: string;
    expiresAt: string;
  };
  VisitReleased: { why: VisitReleased['data']['why'] };
  CallRequested: Visit & { call: number; peer: string; via: string };
  CustomerCalled: {
    call: number;
    outcome: string;
    by: string;
    nextCallAt: string | null;
    /** The arrival window that was agreed to; absent: no play. */
    window?: Visit;
  } & Partial<Visit> & {
      appointmentId: string | null;
    } & Text;
  CallInDoubt: { call: number; cause: Cause };
  CallNotPlaced: {
    call: number;
    why: CallNotPlaced['data']['why'];
    cause: Cause | null;
    nextCallAt: string | null;
  };
  CallNotSeen: { call: number };
  MoveRequested: Visit & { technicianId: string; code: string };
  MoveRejected: { code: string };
  Scheduled: Visit & { technicianId: string; appointmentId: string | null };
  /** start and end are the new ones. */
  VisitRetimed: Visit & { fromStart: string; fromEnd: string; technicianId: string };
  AppointmentMovedByDesk: Visit & { appointmentId: string };
  AppointmentCancelledByDesk: { appointmentId: string; code: string | null };
  ServiceWaived: ServiceName & { cause: string };
  /** services: those that are looked up before anything else. */
  HistoryMayBeLost: { services: readonly string[] };
  AppointmentWaived: { appointmentId: string; cause: string };
  AppointmentFound: Visit & { call: number; appointmentId: string };
  AppointmentClosed: { appointmentId: string; as: string };
  ScheduleCancelled: { code: string; appointments: readonly string[] };
  FieldWorkDispatched: { technicianId: string };
  FieldWorkRecalled: { technicianId: string };
  FieldWorkStarted: { technicianId: string; occurredAt: string };
  FieldWorkCompleted: {
    technicianId: string;
    visit: number;
    occurredAt: string;
    ontSerial: string;
    rxPowerDbm: number;
    stbSerials: readonly string[];
  } & Text;
  FieldResultCorrected: { fields: readonly string[]; occurredAt: string };
  VisitNotDone: { code: string; visit: number; technicianId: string; occurredAt: string } & Text;
  FieldWorkFailed: { code: string; visit: number; technicianId: string; occurredAt: string } & Text;
};
