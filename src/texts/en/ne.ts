import { count } from './count.ts';

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
    `${count(services, 'service', 'services')} of the NE and ${count(orders, 'order', 'orders')} compared`,
  summary: ({ services, orders, foreign, appointments }: Counts): string =>
    `${count(services, 'live service', 'live services')} against ${count(orders, 'order', 'orders')}, ${count(appointments, 'appointment', 'appointments')} at the desk${foreign === 0 ? '' : `; ${count(foreign, 'service', 'services')} of others left alone`}`,
  unclear: (n: number): string =>
    `${count(n, 'suspicion', 'suspicions')} could not be looked up: nothing is believed of that`,
  incomplete: (gaps: string): string => `incomplete, for not everything could be seen: ${gaps}`,
  gaps: {
    'ne-list': "the NE's list was not seen to its end",
    'desk-list': "the desk's list was not seen to its end",
    desk: 'the desk could not be read',
    'look-ups': 'look-ups were not answered',
    'too-many': 'too many suspicions for one time',
    orders: 'an order cannot be read',
    stopped: 'it was interrupted',
  },
  tooMany: {
    reverts: (n: number, most: number): string =>
      `${count(n, 'service is', 'services are')} to be switched off, and only ${most} are without asking: such a list is hardly ever right`,
    losses: (n: number, most: number): string =>
      `the NE does not show ${count(n, 'service', 'services')} of orders under way, and only ${most} are believed without asking`,
  },
  reallySo: 'Is that the true state of the network?',
  heldBack: (program: string): string =>
    `what is "held back" is too much at once. Look at the NE first; if it is true: ${program} ne reconcile --fix -y`,
  nothingKept: 'nothing is left to people',
  neverCompared: (program: string): string => `never compared; now: ${program} ne reconcile`,
  comparedAt: (at: string): string => `compared ${at}`,
  begunAt: (at: string): string => `a comparison was begun ${at} and has not ended`,
  failedAt: (at: string, why: string): string => `could not be compared ${at}: ${why}`,
  partlyAt: (at: string, gaps: string): string => `compared ${at}, incompletely: ${gaps}`,
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
    'moved-by-desk': 'moved by the desk',
    'cancelled-by-desk': 'cancelled by the desk',
    'lost-appointment': 'lost appointment',
  },
  states: { open: 'to be fixed', fixed: 'fixed', 'by-hand': 'by hand', 'held-back': 'held back' },
  columns: {
    kind: 'WHAT',
    service: 'SERVICE',
    stage: 'ORDER IS',
    equipment: 'EQUIPMENT',
    state: 'STATE',
    detail: 'BECAUSE',
  },
};
