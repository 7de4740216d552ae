import { count } from './count.ts';

export const overview = {
  labels: {
    open: 'Open orders',
    stages: 'By stage',
    late: 'Late',
    held: 'Held',
    inDoubt: 'In doubt',
    breakers: 'Breakers',
    workers: 'Workers',
    comparison: 'Network',
  },
  allInTime: 'none',
  late: (hazard: number, critical: number): string =>
    [...(critical > 0 ? [`! ${critical} very late`] : []), ...(hazard > 0 ? [`! ${hazard} late`] : [])].join(
      ', ',
    ),
  inDoubt: (n: number): string =>
    `${count(n, 'order has a service', 'orders have services')} that must be looked up`,
  breakersClosed: 'closed: the network and the desk are reachable',
  breaker: (peer: string, state: string, until: string, cause: string | null): string =>
    `${peer} ${state}${until === '' ? '' : ` until ${until}`}${cause === null ? '' : `: ${cause}`}`,
  states: { closed: 'closed', open: 'open', 'half-open': 'probing' },
  forced: (actor: string, reason: string): string => `by ${actor}: ${reason}`,
  noWorker: (program: string): string => `none is running; start one: ${program} worker`,
  workers: (n: number, jobs: number, hosts: readonly { host: string; workers: number }[]): string =>
    `${n} running${hosts.length === 0 ? '' : ` (${hosts.map(({ host, workers }) => `${host} ${workers}`).join(', ')})`}, ${count(jobs, 'order', 'orders')} in hand`,
  findings: (n: number, program: string): string =>
    `${count(n, 'difference to the log needs', 'differences to the log need')} a person: ${program} ne reconcile --last`,
  incomplete: (at: string): string => `was not seen in full when it was compared (${at})`,
  noOrders: 'no order is open',
  startWith: 'take an order',
  callAt: (when: string): string => `call ${when}`,
  watchEnded: {
    timeout: (orderId: string, stage: string): string =>
      `${orderId} is ${stage}; the time of --timeout is over`,
    otherwise: (orderId: string, stage: string, until: string): string =>
      `${orderId} ended as ${stage} and will never be ${until}`,
  },
};
