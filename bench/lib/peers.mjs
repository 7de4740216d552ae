// Both peers as one bare HTTP server that answers at once and keeps all in memory: `node peers.mjs` prints its port.
// The simulators keep a durable ledger, which would be most of what is measured.
import { createServer } from 'node:http';

const DAY_MS = 86_400_000;

/** What was made, by its id and by what its maker calls it. */
const shelf = (prefix, nameIn) => {
  const byId = new Map();
  const byName = new Map();
  return {
    put: (made) => {
      const kept = { ...made, id: `${prefix}-${byId.size + 1}` };
      byId.set(kept.id, kept);
      byName.set(kept[nameIn], kept);
      return kept;
    },
    get: (id) => byId.get(id),
    named: (name) => (byName.has(name) ? [byName.get(name)] : []),
  };
};

const services = shelf('ne', 'name');
const appointments = shelf('app', 'externalId');
let tasks = 0;

const slot = ({ startDateTime, endDateTime }) => ({ startDateTime, endDateTime });

const createService = ({ name, state, serviceSpecification, serviceCharacteristic = [] }) =>
  services.put({
    name,
    state,
    serviceSpecification,
    serviceCharacteristic: [...serviceCharacteristic, { name: 'equipmentId', value: 'OLT-1/1' }],
  });

const searchSlots = ({ requestedTimeSlot, relatedEntity }) => {
  const from = Date.parse(requestedTimeSlot[0].validFor.startDateTime);
  const validFor = {
    startDateTime: new Date(from).toISOString(),
    endDateTime: new Date(from + 14 * DAY_MS).toISOString(),
  };
  tasks += 1;
  return { id: `task-${tasks}`, availableTimeSlot: [{ id: '1', validFor }], relatedEntity };
};

const book = ({ externalId, validFor, relatedParty, relatedEntity }) =>
  appointments.put({
    externalId,
    status: 'confirmed',
    validFor: slot(validFor),
    contactMedium: [],
    relatedParty,
    relatedEntity,
  });

const change = (kept, { id, name, externalId, ...asked }) => Object.assign(kept, asked);

const listOf = (collection, query) =>
  collection === services ? services.named(query.get('name')) : appointments.named(query.get('externalId'));

const collections = { '/ne/service': services, '/tm/appointment': appointments };

/** Status and body of the answer. */
const answer = (method, url, text) => {
  const { pathname, searchParams } = new URL(url, 'http://peers');
  if (method === 'POST') {
    const asked = JSON.parse(text);
    if (pathname === '/ne/service') return [201, createService(asked)];
    return [201, pathname === '/tm/searchTimeSlot' ? searchSlots(asked) : book(asked)];
  }
  const collection = collections[pathname];
  if (collection !== undefined) return [200, listOf(collection, searchParams)];
  const cut = pathname.lastIndexOf('/');
  const kept = collections[pathname.slice(0, cut)]?.get(decodeURIComponent(pathname.slice(cut + 1)));
  if (kept === undefined) return [404, { code: 'NOT_FOUND', reason: pathname }];
  return [200, method === 'PATCH' ? change(kept, JSON.parse(text)) : kept];
};

const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (part) => {
    text += part;
  });
  request.on('end', () => {
    const [status, body] = answer(request.method, request.url, text);
    const bytes = Buffer.from(JSON.stringify(body));
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
    response.end(bytes);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.on('disconnect', () => process.exit());
