import type { Answered } from '../answered.ts';
import type { Metric, Sample } from './prometheus.ts';

/** Upper ends of the buckets, seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type Counted = {
  readonly labels: Readonly<Record<string, string>>;
  readonly upTo: number[];
  sum: number;
  count: number;
};

export type RequestFigures = {
  readonly add: (answered: Answered) => void;
  readonly metric: () => Metric;
};

/** Counts requests by route, method and kind of status, and how long they took. */
export const requestFigures = (): RequestFigures => {
  const all = new Map<string, Counted>();
  const countedOf = (labels: Counted['labels']): Counted => {
    const key = JSON.stringify(labels);
    const found = all.get(key) ?? { labels, upTo: BUCKETS.map(() => 0), sum: 0, count: 0 };
    all.set(key, found);
    return found;
  };
  return {
    add: ({ route, method, status, ms }) => {
      // What no route is for could be anything: its methods would be without end.
      const labels =
        route === null
          ? { route: 'none', method: 'any', status: '4xx' }
          : { route, method, status: `${Math.floor(status / 100)}xx` };
      const counted = countedOf(labels);
      const seconds = ms / 1_000;
      BUCKETS.forEach((end, i) => {
        if (seconds <= end) counted.upTo[i] = (counted.upTo[i] ?? 0) + 1;
      });
      counted.sum += seconds;
      counted.count += 1;
    },
    metric: () => ({
      name: 'oss_http_request_duration_seconds',
      help: 'How long requests took, by route.',
      type: 'histogram',
      samples: [...all.values()].flatMap(({ labels, upTo, sum, count }): readonly Sample[] => [
        ...BUCKETS.map((end, i) => ({
          suffix: '_bucket',
          labels: { ...labels, le: String(end) },
          value: upTo[i] ?? 0,
        })),
        { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: count },
        { suffix: '_sum', labels, value: Math.round(sum * 1e6) / 1e6 },
        { suffix: '_count', labels, value: count },
      ]),
    }),
  };
};
