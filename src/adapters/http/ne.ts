import type { CreateService } from '../../core/activation/request.ts';
import { lookUpOf } from '../../core/peers/look-up.ts';
import { type Observation, outcomeOf } from '../../core/peers/outcome.ts';
import type { NeService, NetworkElement } from '../../core/ports/peers.ts';
import { inventoryPath, readInventory } from './ne-inventory.ts';
import { type MonitorTold, monitorOutcome, readMonitorOf } from './ne-monitor.ts';
import { monitorOf, readById, readMatches, readService, stateOfService } from './ne-reading.ts';
import type { PeerClient } from './peer-client.ts';
import { orderOf } from './reading.ts';

/** How this NE wants a service switched off. */
export type RevertVerb = 'patch' | 'delete';

export type HttpNeOptions = {
  readonly client: PeerClient;
  readonly identity: string;
  readonly revertVerb: RevertVerb;
};

/** The Network Elements over TMF640. Every method sends exactly one request, but `revert`, which asks for leave. */
export const createHttpNe = ({ client, identity, revertVerb }: HttpNeOptions): NetworkElement => ({
  identity,
  admit: client.admit,

  create: async (request, sending) => {
    const observation = await client.observe(
      {
        verb: 'POST',
        path: '/service',
        collection: true,
        orderId: request.orderId,
        headers: { 'idempotency-key': quoted(request.idempotencyKey) },
        body: serviceBody(request),
      },
      sending,
      readService(request.service.key, 'active'),
      monitorOf,
    );
    return outcomeOf(observation);
  },

  find: async (key, sending) => {
    const path = `/service?name=${encodeURIComponent(key)}`;
    const exchange = { verb: 'GET', path, collection: true, orderId: orderOf(key) } as const;
    return lookUpOf(await client.observe(exchange, sending, readMatches(key)), stateOfService);
  },

  readMonitor: async (monitor, key, sending) => {
    const path = `/monitor/${encodeURIComponent(monitor)}`;
    const exchange = { verb: 'GET', path, collection: false, orderId: orderOf(key) } as const;
    const observation: Observation<MonitorTold> = await client.observe(exchange, sending, readMonitorOf(key));
    return monitorOutcome(monitor, observation);
  },

  revert: async (neId, { key }, leave) => {
    const sending = await leave();
    if (sending === null) return NOT_ADMITTED;
    const exchange = {
      path: `/service/${encodeURIComponent(neId)}`,
      collection: false,
      orderId: orderOf(key),
    };
    const read = readService(key, 'terminated', neId);
    const observation =
      revertVerb === 'delete'
        ? await client.observe({ ...exchange, verb: 'DELETE' }, sending, read, monitorOf)
        : await client.observe({ ...exchange, verb: 'PATCH', body: TERMINATED }, sending, read, monitorOf);
    return isGone(observation) ? { kind: 'gone' } : outcomeOf(observation);
  },

  read: async (neId, sending) => {
    const path = `/service/${encodeURIComponent(neId)}`;
    const exchange = { verb: 'GET', path, collection: false, orderId: sending.orderId ?? null } as const;
    return lookUpOf(await client.observe(exchange, sending, readById(neId)), stateOfService);
  },

  inventory: async (offset, limit, sending) => {
    const path = inventoryPath(offset, limit);
    const exchange = { verb: 'GET', path, collection: true, orderId: null } as const;
    return outcomeOf(await client.observe(exchange, sending, readInventory(offset, limit)));
  },
});

const NOT_ADMITTED = {
  kind: 'not-sent',
  cause: 'the NE takes no more requests now',
  retryAt: null,
  breakerOpen: true,
} as const;

const TERMINATED = { state: 'terminated' } as const;

/** A structured-header string. */
const quoted = (key: string): string => `"${key.replace(/["\\]/g, '\\$&')}"`;

const serviceBody = ({ orderId, service }: CreateService): object => ({
  name: service.key,
  category: 'RFS',
  serviceType: service.spec,
  state: 'active',
  serviceSpecification: { id: service.spec },
  serviceCharacteristic: service.characteristics.map(({ name, value }) => ({ name, value })),
  serviceOrderItem: [
    { serviceOrderId: orderId, itemId: service.service, itemAction: 'add', role: service.spec },
  ],
});

/** Neither proves that the service is off: only a look-up by key does. */
const isGone = (observation: Observation<NeService>): boolean => {
  if (observation.seen !== 'response') return false;
  const { status, verb } = observation;
  return status === 404 || (verb === 'DELETE' && status >= 200 && status < 300 && status !== 202);
};
