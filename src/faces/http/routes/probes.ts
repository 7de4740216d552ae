import { json, type Route } from '../route.ts';

const TAG = 'probes';
const PEER = { type: 'string', enum: ['asked', 'left alone'] };

/** The process turns: nothing else is asked, for a restart would mend nothing else. */
const livez: Route = {
  method: 'GET',
  path: '/livez',
  may: 'anybody',
  errors: 'problem',
  weight: 'probe',
  doc: {
    tag: TAG,
    summary: 'whether the process lives',
    answers: {
      200: {
        summary: 'it does',
        schema: { type: 'object', properties: { status: { const: 'ok' } }, required: ['status'] },
      },
    },
  },
  handle: async () => json(200, { status: 'ok' }),
};

const READINESS = {
  type: 'object',
  properties: {
    status: { type: 'string', enum: ['ready', 'ending', 'no database'] },
    peers: {
      type: 'object',
      description: 'orders are taken all the same while a peer is left alone',
      properties: { ne: PEER, tm: PEER },
    },
  },
  required: ['status'],
};

/** Whether requests should be sent here. The peers are only told: orders are taken though both are down. */
const readyz: Route = {
  method: 'GET',
  path: '/readyz',
  may: 'anybody',
  errors: 'problem',
  weight: 'probe',
  doc: {
    tag: TAG,
    summary: 'whether requests should be sent here',
    answers: {
      200: { summary: 'they should', schema: READINESS },
      503: { summary: 'not now: the server ends, or its database does not answer', schema: READINESS },
    },
  },
  handle: async ({ house }) => {
    if (house.standing() === 'ending') return json(503, { status: 'ending' });
    const peers = await house.readiness();
    return peers === null ? json(503, { status: 'no database' }) : json(200, { status: 'ready', peers });
  },
};

export const PROBES: readonly Route[] = [livez, readyz];
