type Counts = {
  readonly services: number;
  readonly foreign: number;
  readonly orders: number;
  readonly appointments: number;
};

export const ne = {
  nothing: 'nothing is live in the NE',
  nobody: 'of nobody',
  even: 'the NE and the log agree: 0 orphans',
  progress: ({ services, orders }: Counts): string =>
    `${services} services of the NE and ${orders} orders compared`,
  summary: ({ services, orders, foreign, appointments }: Counts): string =>
    `${services} live services against ${orders} orders, ${appointments} appointments at the desk${foreign === 0 ? '' : `; ${foreign} services of others left alone`}`,
  unclear: (count: number): string =>
    `${count} suspicions could not be looked up: nothing is believed of them`,
  deskUnread: (why: string): string => `what the desk keeps was not compared: ${why}`,
  howToFix: (program: string): string => `set right what can be set right: ${program} ne reconcile --fix`,
  byHand: (program: string): string =>
    `what is "by hand" needs a person: compare it with ${program} events <order>, then ask the NE or the desk to ` +
    'take off what nobody wants, by its id',
  kinds: {
    orphan: 'orphan',
    unrecorded: 'unrecorded',
    duplicate: 'duplicate',
    drift: 'drift',
    ghost: 'ghost',
    'late-call': 'late call',
    'stray-appointment': 'stray appointment',
  },
  states: { open: 'to be fixed', fixed: 'fixed', 'by-hand': 'by hand' },
  columns: {
    kind: 'WHAT',
    service: 'SERVICE',
    stage: 'ORDER IS',
    equipment: 'EQUIPMENT',
    state: 'STATE',
    detail: 'BECAUSE',
  },
};
