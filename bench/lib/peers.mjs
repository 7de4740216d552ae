// Both peers as one bare HTTP server that answers at once and forgets: `node peers.mjs` prints its port.
// The simulators keep a durable ledger, which would be most of what is measured.
import { createServer } from 'node:http';

const DAY_MS = 86_400_000;
let count = 0;

const slot = ({ startDateTime, endDateTime }) => ({ startDateTime, endDateTime });

const answers = {
  '/ne/service': (asked) => [
    201,
    {
      id: `ne-${count}`,
      href: `/ne/service/ne-${count}`,
      name: asked.name,
      state: 'active',
      serviceCharacteristic: [{ name: 'equipmentId', value: `OLT-1/${count}` }],
    },
  ],
  '/tm/searchTimeSlot': (asked) => {
    const from = Date.parse(asked.requestedTimeSlot[0].validFor.startDateTime);
    const to = new Date(from + 14 * DAY_MS).toISOString();
    return [
      201,
      {
        id: `task-${count}`,
        availableTimeSlot: [
          { id: '1', validFor: { startDateTime: new Date(from).toISOString(), endDateTime: to } },
        ],
        relatedEntity: asked.relatedEntity,
      },
    ];
  },
  '/tm/appointment': (asked) => [
    201,
    {
      id: `app-${count}`,
      externalId: asked.externalId,
      status: 'confirmed',
      validFor: slot(asked.validFor),
      contactMedium: [],
      relatedParty: asked.relatedParty,
    },
  ],
};

const change = (path, asked) => [
  200,
  { id: decodeURIComponent(path.split('/').at(-1)), status: asked.status, validFor: slot(asked.validFor) },
];

const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (part) => {
    text += part;
  });
  request.on('end', () => {
    count += 1;
    const asked = JSON.parse(text);
    const [status, body] =
      request.method === 'PATCH' ? change(request.url, asked) : answers[request.url](asked);
    const bytes = Buffer.from(JSON.stringify(body));
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
    response.end(bytes);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.on('disconnect', () => process.exit());
