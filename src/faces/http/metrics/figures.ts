import type { MonitorFigures } from '../../../core/app/overview/monitor.ts';
import type { Load } from '../pressure.ts';
import type { Metric } from './prometheus.ts';

const gauge = (name: string, help: string, samples: Metric['samples']): Metric => ({
  name,
  help,
  type: 'gauge',
  samples,
});

const STATES = ['closed', 'half-open', 'open'] as const;

/** How the operation stands. */
export const operationMetrics = (figures: MonitorFigures): readonly Metric[] => {
  const { stages, backlog, leased, failing, aside, isWorkerRunning, breakers } = figures;
  return [
    gauge(
      'oss_orders',
      'Orders by stage.',
      Object.entries(stages).map(([stage, value]) => ({ labels: { stage }, value })),
    ),
    gauge(
      'oss_work_due',
      'Orders with work that may be done now, by lane.',
      backlog.map(({ lane, due }) => ({ labels: { lane }, value: due })),
    ),
    gauge(
      'oss_work_later',
      'Orders with work that waits for its time, by lane.',
      backlog.map(({ lane, later }) => ({ labels: { lane }, value: later })),
    ),
    gauge('oss_work_leased', 'Orders that a process works on now.', [{ value: leased }]),
    gauge('oss_work_failing', 'Orders with a lane whose last try failed.', [{ value: failing }]),
    gauge('oss_work_aside', 'Orders that this program cannot read.', [{ value: aside }]),
    gauge('oss_worker_running', 'Whether some worker runs.', [{ value: isWorkerRunning ? 1 : 0 }]),
    gauge(
      'oss_breaker_state',
      'The breaker of each peer: 1 at the state that it has.',
      Object.entries(breakers).flatMap(([peer, now]) =>
        STATES.map((state) => ({ labels: { peer, state }, value: state === now ? 1 : 0 })),
      ),
    ),
  ];
};

/** How this process stands. `bytes`: of memory. */
export const processMetrics = ({ lagMs, reads, intake }: Load, bytes: number): readonly Metric[] => [
  gauge('oss_http_under_way', 'Requests that are not answered yet, by weight.', [
    { labels: { weight: 'read' }, value: reads },
    { labels: { weight: 'intake' }, value: intake },
  ]),
  gauge('oss_event_loop_delay_seconds', 'How late the event loop comes.', [{ value: lagMs / 1_000 }]),
  gauge('process_resident_memory_bytes', 'Memory of this process.', [{ value: bytes }]),
];
