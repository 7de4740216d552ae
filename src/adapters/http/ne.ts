import type { CreateService } from '../../core/activation/request.ts';
import { lookUpOf } from '../../core/peers/look-up.ts';
import { outcomeOf } from '../../core/peers/outcome.ts';
import type { NetworkElement } from '../../core/ports/peers.ts';
import { pageOutcome, pagePath } from './list-page.ts';
import { readInventory, SERVICES } from './ne-inventory.ts';
import { monitorOutcome, readMonitorOf } from './ne-monitor.ts';
import { monitorOf, readById, readCreated, readMatches, stateOfService, toldService } from './ne-reading.ts';
import { type RevertVerb, revertAt } from './ne-revert.ts';
import type { PeerClient } from './peer-client.ts';
import { orderOf } from './reading.ts';

export type HttpNeOptions = {
  readonly client: PeerClient;
  readonly identity: string;
  readonly revertVerb: RevertVerb;
};

/** The Network Elements over TMF640. Every method sends exactly one request, but `revert`, which asks before each of its own. */
export const createHttpNe = ({ client, identity, revertVerb }: HttpNeOptions): NetworkElement => ({
  identity,
  admit: client.admit,

  create: async (request, sending) => {
    const exchange = {
      verb: 'POST',
      path: '/service',
      collection: true,
      orderId: request.orderId,
      headers: { 'idempotency-key': quoted(request.idempotencyKey) },
      body: serviceBody(request),
    } as const;
    const reader = { read: readCreated(request.service.key), monitorOf, toldOf: toldService };
    return outcomeOf(await client.observe(exchange, sending, reader));
  },

  find: async (key, sending) => {
    const path = `/service?name=${encodeURIComponent(key)}`;
    const exchange = { verb: 'GET', path, collection: true, orderId: orderOf(key) } as const;
    return lookUpOf(await client.observe(exchange, sending, { read: readMatches(key) }), stateOfService);
  },

  readMonitor: async (monitor, key, sending) => {
    const path = `/monitor/${encodeURIComponent(monitor)}`;
    const exchange = { verb: 'GET', path, collection: false, orderId: orderOf(key) } as const;
    return monitorOutcome(monitor, await client.observe(exchange, sending, { read: readMonitorOf(key) }));
  },

  revert: revertAt({ client, revertVerb }),

  read: async (neId, sending) => {
    const path = `/service/${encodeURIComponent(neId)}`;
    const exchange = { verb: 'GET', path, collection: false, orderId: sending.orderId ?? null } as const;
    return lookUpOf(await client.observe(exchange, sending, { read: readById(neId) }), stateOfService);
  },

  inventory: async (page, sending) => {
    const path = pagePath(SERVICES, 'state=active', page);
    const exchange = { verb: 'GET', path, collection: true, orderId: null } as const;
    return pageOutcome(await client.observe(exchange, sending, { read: readInventory }), page);
  },
});

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
