import type { Cause } from '../../core/codes/cause.ts';
import type { EventType } from '../../core/process/events.ts';
import type { CallNotPlaced, VisitReleased } from '../../core/scheduling/events.ts';
import type { Lines } from '../../core/values/lines.ts';
import type { TimelineValues } from '../../core/views/timeline-values.ts';
import { causeWords } from './causes.ts';
import { count } from './count.ts';

/** How values are written for the reader: times in the operator's zone, codes in words. */
export type StoryWords = {
  readonly time: (at: string) => string;
  readonly slot: (slot: { readonly start: string; readonly end: string }) => string;
  readonly lines: (lines: Lines) => string;
  readonly stage: (stage: string) => string;
  readonly step: (step: string) => string;
  readonly cause: (cause: string) => string;
  readonly code: (code: string) => string;
  readonly reason: (code: string) => string;
};

/** One sentence an event. */
export type Story = {
  readonly [T in EventType]: (values: TimelineValues[T], words: StoryWords) => string;
};

type Named = { readonly service: string; readonly generation: number };

const name = ({ service, generation }: Named): string =>
  generation === 1 ? service : `${service} (again, ${generation})`;
const about = (subject: string | null): string => (subject === null ? '' : ` of ${subject}`);
const because = (cause: Cause | null): string => (cause === null ? '' : `: ${causeWords(cause)}`);
const noted = (textId: string | null): string => (textId === null ? '' : ', with a note');

const sentences: Story = {
  OrderPlaced: ({ internet, tv, area, priority, textId }, { lines }) =>
    `order taken: ${lines({ internet, tv })}${area === null ? ', area not known' : ` in ${area}`}${priority === 'normal' ? '' : `, ${priority}`}${noted(textId)}`,
  OrderAmended: ({ internet, tv }, { lines }) => `amended: ${lines({ internet, tv })} from now on`,
  ContactChanged: ({ fields, area }) =>
    `${fields.join(', ')} changed${area === null ? '' : `, now in ${area}`}`,
  NoteAdded: () => 'a note was added',
  TermsChanged: ({ client, priority, notBefore }) =>
    `${client} changed what it asked for${priority === null ? '' : `, priority ${priority}`}${notBefore === null ? '' : `, no visit before ${notBefore}`}`,
  CancellationAssessed: ({ client, code, denied, textId }, words) =>
    `${client} asked to cancel it (${words.code(code)})${denied === null ? '' : `, which was not possible: ${denied}`}${noted(textId)}`,
  OrderCancelled: ({ code, stage, textId }, words) =>
    `cancelled while ${words.stage(stage)}: ${words.code(code)}${noted(textId)}`,
  OrderHeld: ({ step, subject, cause, said }, words) =>
    `held for a person: ${words.step(step)}${about(subject)}, ${words.cause(cause)}${because(said)}`,
  HoldReleased: ({ step, subject, action, textId }, words) =>
    `no longer held: ${words.step(step)}${about(subject)} (${action})${noted(textId)}`,
  OrderClosed: ({ outcome }) => `closed as ${outcome}: nothing is left to do`,
  ActivationStarted: ({ services }) => `planned: ${services.join(', ')}`,
  ServiceRequested: (service) =>
    `asking the network for ${name(service)}${service.attempt > 1 ? `, try ${service.attempt}` : ''}`,
  ServiceActivated: (service) =>
    `${name(service)} is on (${service.neId}${service.equipmentId === null ? '' : `, ${service.equipmentId}`})`,
  ServiceFound: (service) =>
    `${name(service)} was found on (${service.neId}, by ${service.how})${service.duplicates === 0 ? '' : `, with ${service.duplicates} duplicates`}`,
  ServiceRejected: (service) => `the network refused ${name(service)}: ${service.code}`,
  ServiceInDoubt: (service) =>
    `no clear answer for ${name(service)}: ${causeWords(service.cause)}; it is looked up before anything else`,
  ServiceNotFound: (service) =>
    service.why === 'not-sent'
      ? `${name(service)} was not sent${because(service.cause)}`
      : `${name(service)} is proven not to be there${because(service.cause)}`,
  ServiceNotSeen: (service) =>
    service.look === 'first'
      ? `${name(service)} is not seen in the network; looked up once more before that is believed`
      : `${name(service)} is not seen in the network; too early to believe that`,
  ServiceDisowned: (service) =>
    service.name === null
      ? `${service.neId} is no longer in the network: ${name(service)} is not that one`
      : `${service.neId} belongs to ${service.name} now: it is left alone`,
  ActivationCompleted: ({ equipmentId, services }) =>
    `all ${count(services.length, 'service is', 'services are')} on${equipmentId === null ? '' : ` at ${equipmentId}`}`,
  RevertRequested: (service) =>
    service.duplicates === 0
      ? `switching off ${name(service)}`
      : `switching off ${service.duplicates} duplicates of ${name(service)}`,
  ServiceReverted: (service) =>
    service.how === 'was-absent'
      ? `${name(service)} was off already`
      : `${name(service)} is off${service.how === 'by-hand' ? ' (by hand)' : ''}`,
  DuplicatesReverted: (service) =>
    `${name(service)} is on once again only: ${service.neIds.join(', ')} is off`,
  RevertRejected: (service) =>
    `the network refused to switch off ${name(service)}: ${service.code}; it is tried again`,
  HistoryMayBeLost: ({ services }) =>
    services.length === 0
      ? 'a backup was restored: what came after it may be lost'
      : `a backup was restored: what came after it may be lost; looked up before anything else: ${services.join(', ')}`,
  ServiceWaived: (service, words) => `${name(service)} is left unproven: ${words.code(service.cause)}`,
  ActivationCancelled: ({ services }) =>
    services.length === 0
      ? 'nothing was on in the network'
      : `the network is as before: ${count(services.length, 'service', 'services')} proven off`,
  ActivationReverted: ({ services }) =>
    services.length === 0
      ? 'nothing was on in the network'
      : `the network is as before: ${count(services.length, 'service', 'services')} proven off`,
  SlotSearchStarted: ({ taskId }) => `the desk looks for time slots (${taskId})`,
  SchedulingRequested: ({ taskId, slots }) =>
    `the desk offers ${count(slots, 'time slot', 'time slots')} (${taskId})`,
  VisitProposed: ({ technicianId, via, choice, reasons, ...slot }, words) =>
    `${technicianId} held for ${words.slot(slot)}, ${choice === 'automatic' ? 'chosen automatically' : 'chosen by hand'}${reasons.length === 0 ? '' : ` (${reasons.map(words.reason).join(', ')})`}${via === 'agreed' ? ', the customer has agreed' : ''}`,
  VisitReleased: ({ why }) => `the held time is free again: ${RELEASED[why]}`,
  CallRequested: ({ call, via, ...slot }, words) =>
    via === 'agreed'
      ? `booking ${words.slot(slot)} at the desk`
      : `call ${call}: asking the desk to phone about ${words.slot(slot)}`,
  CustomerCalled: ({ call, outcome, by, nextCallAt, window, textId }, words) =>
    `call ${call}: ${words.code(outcome)}${by === 'by-hand' ? ' (recorded by hand)' : ''}${nextCallAt === null ? '' : `, next call ${words.time(nextCallAt)}`}${window === undefined ? '' : `, told to expect us ${words.slot(window)}`}${noted(textId)}`,
  CallInDoubt: ({ call, cause }) =>
    `no clear answer for call ${call}: ${causeWords(cause)}; it is looked up before anything else`,
  CallNotPlaced: ({ call, why, cause, nextCallAt }, words) =>
    `call ${call} was not made: ${NOT_PLACED[why]}${because(cause)}${nextCallAt === null ? '' : `, next call ${words.time(nextCallAt)}`}`,
  CallNotSeen: ({ call }) => `the desk still knows nothing of call ${call}: the customer is called again`,
  MoveRequested: ({ technicianId, code, ...slot }, words) =>
    `moving the visit to ${words.slot(slot)}, ${technicianId}: ${words.code(code)}`,
  MoveRejected: ({ code }) => `the visit could not be moved: ${code}`,
  Scheduled: ({ technicianId, appointmentId, ...slot }, words) =>
    `visit agreed: ${words.slot(slot)}, ${technicianId}${appointmentId === null ? '' : ` (${appointmentId})`}`,
  VisitRetimed: ({ fromStart, fromEnd, technicianId, ...slot }, words) =>
    `visit shifted within the promised window: ${words.slot({ start: fromStart, end: fromEnd })} → ${words.slot(slot)}, ${technicianId}`,
  AppointmentFound: ({ call, appointmentId, ...slot }, words) =>
    `the desk keeps another appointment of call ${call}: ${appointmentId}, ${words.slot(slot)}; it is cancelled`,
  AppointmentMovedByDesk: ({ appointmentId, ...slot }, words) =>
    `the desk moved ${appointmentId} by itself to ${words.slot(slot)}`,
  AppointmentCancelledByDesk: ({ appointmentId, code }, words) =>
    `the desk cancelled ${appointmentId} by itself${code === null ? '' : `: ${words.code(code)}`}`,
  AppointmentWaived: ({ appointmentId, cause }, words) =>
    `${appointmentId} is left unproven at the desk: ${words.code(cause)}`,
  AppointmentClosed: ({ appointmentId, as }) => `the desk closed ${appointmentId} as ${as}`,
  ScheduleCancelled: ({ code, appointments }, words) =>
    `visit cancelled${appointments.length === 0 ? '' : ` (${appointments.join(', ')})`}: ${words.code(code)}`,
  FieldWorkDispatched: ({ technicianId }) => `handed over to ${technicianId}`,
  FieldWorkRecalled: ({ technicianId }) => `${technicianId} called back`,
  FieldWorkStarted: ({ technicianId, occurredAt }, words) =>
    `${technicianId} began at ${words.time(occurredAt)}`,
  FieldWorkCompleted: ({ technicianId, occurredAt, ontSerial, rxPowerDbm, stbSerials }, words) =>
    `in service since ${words.time(occurredAt)}, ${technicianId}: ONT ${ontSerial}, ${rxPowerDbm} dBm${stbSerials.length === 0 ? '' : `, STB ${stbSerials.join(', ')}`}`,
  FieldResultCorrected: ({ fields }) => `the result was corrected: ${fields.join(', ')}`,
  VisitNotDone: ({ code, visit, technicianId, textId }, words) =>
    `visit ${visit} of ${technicianId} without a result: ${words.code(code)}${noted(textId)}`,
  FieldWorkFailed: ({ code, visit, technicianId, textId }, words) =>
    `returned after visit ${visit} of ${technicianId}: ${words.code(code)}${noted(textId)}`,
};

/** The log of an order, told as its story. */
const NOT_PLACED: Readonly<Record<CallNotPlaced['data']['why'], string>> = {
  absent: 'the desk knows nothing of it',
  'not-sent': 'it was not sent',
  rejected: 'the desk refused',
};

const RELEASED: Readonly<Record<VisitReleased['data']['why'], string>> = {
  expired: 'it ran out',
  unassigned: 'it was given up',
  replaced: 'another one is held',
  'customer-pending': 'the customer must be reached first',
  'agreed-other-slot': 'the customer agreed to another time',
  amended: 'the order was changed',
};

export const story = {
  sentences,
  noEvents: 'nothing has happened yet',
  lastOnly: (n: number): string => `the last ${count(n, 'event', 'events')}; all of them: --after 0`,
};
