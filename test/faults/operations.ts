import type { StepName } from '../../src/core/rules/step.ts';

/** The methods of the ports that faults are aimed at. */
export type PortRequest =
  | 'create'
  | 'find'
  | 'revert'
  | 'searchSlots'
  | 'call'
  | 'findCall'
  | 'changeAppointment';

/** One thing that the console asks of a peer, and how a fault is aimed at it. `id` is the order's. */
export type Operation = {
  readonly name: string;
  readonly step: StepName;
  /** What is called at the port, and of which service; null: of the order. */
  readonly request: PortRequest;
  readonly of: 'internet.hsi' | null;
  /** What the simulators call it. */
  readonly asks: 'create' | 'lookup' | 'revert' | 'search' | 'call' | 'change';
  readonly scope: (id: string) => string;
  /** Faults that bring an order to the point where this is asked at all. */
  readonly first: (id: string) => readonly string[];
  /** The command after which it is asked; none: the worker asks by itself. */
  readonly after: 'place' | 'cancel' | 'move';
};

const none = (): readonly string[] => [];

export const OPERATIONS: readonly Operation[] = [
  {
    name: 'create',
    step: 'ActivateService',
    request: 'create',
    of: 'internet.hsi',
    asks: 'create',
    scope: (id) => `POST /service ${id}/internet.hsi`,
    first: none,
    after: 'place',
  },
  {
    name: 'look-up',
    step: 'CheckService',
    request: 'find',
    of: 'internet.hsi',
    asks: 'lookup',
    scope: (id) => `GET /service?name ${id}/internet.hsi`,
    first: (id) => [`reset-after:1@POST /service ${id}/internet.hsi`],
    after: 'place',
  },
  {
    name: 'revert',
    step: 'RevertService',
    request: 'revert',
    of: 'internet.hsi',
    asks: 'revert',
    scope: (id) => `PATCH /service/* ${id}/internet.hsi`,
    first: none,
    after: 'cancel',
  },
  {
    name: 'slot search',
    step: 'RequestScheduling',
    request: 'searchSlots',
    of: null,
    asks: 'search',
    scope: (id) => `POST /searchTimeSlot ${id}`,
    first: none,
    after: 'place',
  },
  {
    name: 'call',
    step: 'CallCustomer',
    request: 'call',
    of: null,
    asks: 'call',
    scope: (id) => `POST /appointment ${id}`,
    first: none,
    after: 'place',
  },
  {
    name: 'call look-up',
    step: 'CheckCall',
    request: 'findCall',
    of: null,
    asks: 'lookup',
    scope: (id) => `GET /appointment?externalId ${id}`,
    first: (id) => [`reset-after:1@POST /appointment ${id}`],
    after: 'place',
  },
  {
    name: 'move',
    step: 'MoveVisit',
    request: 'changeAppointment',
    of: null,
    asks: 'change',
    scope: (id) => `PATCH /appointment/* ${id}`,
    first: none,
    after: 'move',
  },
  {
    name: 'appointment cancel',
    step: 'CancelSchedule',
    request: 'changeAppointment',
    of: null,
    asks: 'change',
    scope: (id) => `PATCH /appointment/* ${id}`,
    first: none,
    after: 'cancel',
  },
];

export const MOMENTS = ['first try', 'retry', 'after a crash'] as const;
export type Moment = (typeof MOMENTS)[number];

/** The fault with what its rule needs; the late ones stay inside what rule 3 allows. */
export const FAULT_RULES = {
  /** No rule of a simulator: see `aim.ts`. */
  refuse: null,
  'reset-before': 'reset-before',
  'timeout-before': 'timeout-before',
  '500-before': '500-before',
  '503': '503:',
  '503 with Retry-After': '503:1',
  '429': '429:1',
  redirect: 'redirect',
  unauthorized: 'unauthorized',
  'no-lookup': 'no-lookup',
  'revert-fails': 'revert-fails:1',
  'late-after': 'late-after:120',
  reject: 'reject:NO_PORT',
  '202': '202:60',
  'monitor-error': 'monitor-error:NO_PORT',
  'no-idempotency': 'no-idempotency',
  duplicate: 'duplicate',
  'ignore-filter': 'ignore-filter',
  'reset-after': 'reset-after',
  'timeout-after': 'timeout-after',
  '500-after': '500-after',
  'slow-drip': 'slow-drip:20',
  truncate: 'truncate',
  garbage: 'garbage',
  html: 'html',
  huge: 'huge',
  'wrong-key': 'wrong-key',
} as const;
export type FaultName = keyof typeof FAULT_RULES;

export const FAULT_NAMES = Object.keys(FAULT_RULES) as readonly FaultName[];

/** One cell of the matrix. */
export type Cell = {
  readonly operation: Operation;
  readonly moment: Moment;
  readonly fault: FaultName;
};

/** The rules that strike this cell's order and no other. */
export const rulesOf = ({ operation, moment, fault }: Cell, id: string): readonly string[] => {
  const scope = operation.scope(id);
  const times = (rule: string, count: number): string => `${rule}:${count}@${scope}`;
  const before = fault === '500-before' ? 'reset-before' : '500-before';
  const rule = FAULT_RULES[fault];
  return [
    ...operation.first(id),
    ...(moment === 'retry' ? [times(before, 1)] : []),
    ...(rule === null ? [] : [times(rule, moment === 'after a crash' ? 2 : 1)]),
  ];
};

/** Which of the requests that a fault is aimed at it strikes, from 1. */
export const strikesAt = (moment: Moment, nth: number): boolean => {
  switch (moment) {
    case 'first try':
      return nth === 1;
    case 'retry':
      return nth === 2;
    case 'after a crash':
      return nth <= 2;
  }
};
