export type SpanUnit = 's' | 'min' | 'h' | 'd';

const UNITS: Readonly<Record<SpanUnit, string>> = { s: 's', min: 'min', h: 'h', d: 'd' };

export const report = {
  span: (n: string, unit: SpanUnit): string => `${n} ${UNITS[unit]}`,
  title: (from: string | null, to: string | null, tz: string): string => {
    if (from === null && to === null) return `All of the log (${tz})`;
    if (from === to) return `${from} (${tz})`;
    return `${from ?? '…'} to ${to ?? 'now'} (${tz})`;
  },
  asOf: (at: string): string => `as of ${at}`,
  nothing: 'nothing was placed and nothing ended in this time',
  columns: {
    figure: 'FIGURE',
    orders: 'ORDERS',
    trend: 'BY DAY',
    n: 'OF',
    p50: 'P50',
    p90: 'P90',
    max: 'MAX',
    rate: 'RATE',
    share: '',
    reason: 'RETURNED FOR',
    stage: 'CANCELLED WHILE',
    open: 'OPEN NOW',
    age: 'AGE P50',
    oldest: 'OLDEST',
    inStage: 'IN STAGE P50',
    longest: 'LONGEST',
  },
  visits: {
    columns: {
      area: 'AREA',
      technician: 'TECHNICIAN',
      visits: 'VISITS',
      km: 'KM',
      minutes: 'DRIVING',
      late: 'LATE STARTS',
      first: 'FIRST VISIT',
    },
    areaUnknown: 'unknown',
    all: 'all',
    nothing: 'no visit ended in this time',
    minutes: (n: number): string => `${n} min`,
    rate: (percent: string, n: number, of: number): string => `${percent} % (${n} of ${of})`,
    noAreas: 'kilometres are not known: no areas were imported',
  },
  spread: (p50: string, p90: string, max: string): string => `${p50}, p90 ${p90}, max ${max}`,
  openLine: (n: number, oldest: string): string => `${n}, oldest ${oldest}`,
  placed: 'placed',
  completed: 'completed',
  returned: 'returned',
  cancelled: 'cancelled',
  leadGross: 'lead time',
  leadNet: 'lead time, net of the customer',
  activation: 'activation',
  contact: 'time to contact',
  firstVisit: 'first visit succeeds',
  promise: 'promise kept',
  returnRate: 'returned',
  cancelRate: 'cancelled',
  noneLate: 'Late now: none',
  late: (orders: string): string => `Late now: ${orders}`,
  unreadable: (orderIds: readonly string[]): string =>
    `left out, for nobody can read them: ${orderIds.join(', ')}`,
  orphans: (n: number): string =>
    n === 0 ? 'NE orphans: 0' : `! NE orphans: ${n}; see oss ne reconcile --fix`,
};
