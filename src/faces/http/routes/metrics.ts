import { operationMetrics, processMetrics } from '../metrics/figures.ts';
import { metricsText } from '../metrics/prometheus.ts';
import type { Route } from '../route.ts';

const TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** What a monitor reads. */
export const METRICS: Route = {
  method: 'GET',
  path: '/metrics',
  may: 'metrics',
  errors: 'problem',
  weight: 'read',
  doc: {
    tag: 'probes',
    summary: 'figures in the text format of Prometheus',
    answers: {
      200: {
        summary: 'orders, work, breakers, requests, this process',
        schema: { type: 'string' },
        type: 'text/plain',
      },
    },
  },
  handle: async ({ house }) => {
    const { figures, load, requests } = house.watched;
    const text = metricsText([
      ...operationMetrics(await figures()),
      ...processMetrics(load(), process.memoryUsage.rss()),
      requests.metric(),
    ]);
    return { kind: 'text', status: 200, headers: { 'content-type': TYPE }, text };
  },
};
