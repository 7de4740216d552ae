import { lookUpOf } from '../../core/peers/look-up.ts';
import { outcomeOf } from '../../core/peers/outcome.ts';
import type { CallRequest, SlotSearch, TmDesk } from '../../core/ports/peers.ts';
import type { CallVia } from '../../core/scheduling/events.ts';
import { pageOutcome, pagePath } from './list-page.ts';
import type { Answer, PeerClient, Reading } from './peer-client.ts';
import { orderOf, periodOf } from './reading.ts';
import { changeAppointmentAt } from './tm-change.ts';
import { APPOINTMENTS, readAppointments } from './tm-inventory.ts';
import {
  readAppointmentOf,
  readCall,
  readCalls,
  readSearchOf,
  searchOutcome,
  searchTaskOf,
  technicianParty,
} from './tm-reading.ts';

export type HttpTmOptions = { readonly client: PeerClient; readonly identity: string };

/** The TM desk over TMF646. Every method sends exactly one request; a change asks before each of its own. */
export const createHttpTm = ({ client, identity }: HttpTmOptions): TmDesk => ({
  identity,
  admit: client.admit,

  searchSlots: async (search, sending) => {
    const exchange = {
      verb: 'POST',
      path: '/searchTimeSlot',
      collection: true,
      orderId: search.orderId,
      body: searchBody(search),
    } as const;
    const reader = { read: readSearchOf(search.orderId), monitorOf: searchTaskOf };
    return searchOutcome(await client.observe(exchange, sending, reader));
  },

  readSearch: async (taskId, orderId, sending) => {
    const path = `/searchTimeSlot/${encodeURIComponent(taskId)}`;
    const exchange = { verb: 'GET', path, collection: false, orderId } as const;
    const observation = await client.observe(exchange, sending, { read: readSearchOf(orderId, taskId) });
    const isGone =
      observation.seen === 'response' && observation.status === 404 && observation.error !== null;
    return isGone ? { kind: 'gone' } : searchOutcome(observation);
  },

  call: async (request, sending) => {
    const exchange = {
      verb: 'POST',
      path: '/appointment',
      collection: true,
      orderId: request.orderId,
      body: callBody(request),
      secrets: [request.phone],
    } as const;
    return outcomeOf(await client.observe(exchange, sending, { read: readCall(request.callKey) }));
  },

  // A call is "found" in every state: what it came to is in its status.
  findCall: async (callKey, sending) => {
    const path = `/appointment?externalId=${encodeURIComponent(callKey)}`;
    const exchange = { verb: 'GET', path, collection: true, orderId: orderOf(callKey) } as const;
    return lookUpOf(await client.observe(exchange, sending, { read: readCalls(callKey) }), () => 'live');
  },

  inventory: async (status, page, sending) => {
    const path = pagePath(APPOINTMENTS, `status=${status}`, page);
    const exchange = { verb: 'GET', path, collection: true, orderId: null } as const;
    return pageOutcome(await client.observe(exchange, sending, { read: readAppointments(status) }), page);
  },

  readAppointment: async (appointmentId, sending) => {
    const path = `/appointment/${encodeURIComponent(appointmentId)}`;
    const exchange = { verb: 'GET', path, collection: false, orderId: sending.orderId ?? null } as const;
    const read = (answer: Answer) => asList(readAppointmentOf(appointmentId)(answer));
    return lookUpOf(await client.observe(exchange, sending, { read }), () => 'live');
  },

  changeAppointment: changeAppointmentAt(client),
});

const asList = <T>(reading: Reading<T>): Reading<readonly T[]> =>
  reading.ok ? { ok: true, value: [reading.value] } : reading;

const CATEGORY: Readonly<Record<CallVia, string>> = { desk: 'outbound-call', agreed: 'agreed' };

const searchBody = ({ orderId, from, to }: SlotSearch): object => ({
  requestedTimeSlot: [{ validFor: { startDateTime: from, endDateTime: to } }],
  relatedEntity: [{ id: orderId, role: 'serviceOrder', '@referredType': 'ServiceOrder' }],
});

const callBody = (request: CallRequest): object => ({
  externalId: request.callKey,
  category: CATEGORY[request.via],
  validFor: periodOf(request.slot),
  ...(request.window === undefined ? {} : { arrivalWindow: periodOf(request.window) }),
  contactMedium: [{ mediumType: 'phone', characteristic: { phoneNumber: request.phone } }],
  relatedParty: [technicianParty(request.technicianId)],
});
