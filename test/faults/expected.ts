import type { Ending } from './matrix-life.ts';
import type { Cell, FaultName, Operation } from './operations.ts';

/** What the table of outcomes (docs/domain.md) makes of an answer. */
export type OutcomeClass =
  | 'in doubt'
  | 'not sent'
  | 'turned away'
  | 'rejected'
  | 'accepted'
  | 'confirmed'
  | 'no look-up';

type Asks = Operation['asks'];

/** One fault as the peers live through it and the console may see it. */
type Fact = {
  readonly answer: OutcomeClass;
  /** How often the peer does what is asked although it answers so. */
  readonly effects: 0 | 1 | 2;
  /** The requests that it strikes; missing: every one. */
  readonly strikes?: readonly Asks[];
};

const CREATES: readonly Asks[] = ['create', 'call'];
const WRITES: readonly Asks[] = ['create', 'call', 'revert', 'change'];

const CHANGES: readonly Asks[] = ['revert', 'change'];

/** Answers that came and prove nothing: a change is read again at once. */
const UNREADABLE: ReadonlySet<FaultName> = new Set(['garbage', 'html', 'huge', 'wrong-key']);

/** Written from docs/simulators.md (what a fault does) and docs/domain.md (what may be thought of its answer). */
const FACTS: Readonly<Record<FaultName, Fact>> = {
  refuse: { answer: 'not sent', effects: 0 },
  'reset-before': { answer: 'in doubt', effects: 0 },
  'timeout-before': { answer: 'in doubt', effects: 0 },
  '500-before': { answer: 'in doubt', effects: 0 },
  '503': { answer: 'in doubt', effects: 0 },
  '503 with Retry-After': { answer: 'turned away', effects: 0 },
  '429': { answer: 'turned away', effects: 0 },
  redirect: { answer: 'in doubt', effects: 0 },
  unauthorized: { answer: 'turned away', effects: 0 },
  'no-lookup': { answer: 'no look-up', effects: 0, strikes: ['lookup'] },
  'revert-fails': { answer: 'in doubt', effects: 0, strikes: ['revert'] },
  'late-after': { answer: 'in doubt', effects: 1, strikes: WRITES },
  reject: { answer: 'rejected', effects: 0 },
  '202': { answer: 'accepted', effects: 1, strikes: ['create'] },
  'monitor-error': { answer: 'accepted', effects: 0, strikes: ['create'] },
  'no-idempotency': { answer: 'confirmed', effects: 1, strikes: CREATES },
  duplicate: { answer: 'confirmed', effects: 2, strikes: CREATES },
  'ignore-filter': { answer: 'in doubt', effects: 0, strikes: ['lookup'] },
  'reset-after': { answer: 'in doubt', effects: 1 },
  'timeout-after': { answer: 'in doubt', effects: 1 },
  '500-after': { answer: 'in doubt', effects: 1 },
  'slow-drip': { answer: 'in doubt', effects: 1 },
  truncate: { answer: 'in doubt', effects: 1 },
  garbage: { answer: 'in doubt', effects: 1 },
  html: { answer: 'in doubt', effects: 1 },
  huge: { answer: 'in doubt', effects: 1 },
  'wrong-key': { answer: 'in doubt', effects: 1 },
};

const UNTOUCHED: Fact = { answer: 'confirmed', effects: 1 };

/** What strikes the request that a cell is about. */
export const factOf = ({ fault, moment, operation: { asks } }: Cell): Fact => {
  const fact = FACTS[fault];
  if (fact.strikes !== undefined && !fact.strikes.includes(asks)) return UNTOUCHED;
  // The first revert of a service fails: on a retry, and after a crash, the console's request is the second one.
  if (fault === 'revert-fails' && moment !== 'first try') return UNTOUCHED;
  // A look-up that is refused as such cannot be had at all.
  if (fault === 'reject' && asks === 'lookup') return { answer: 'no look-up', effects: 0 };
  // A change names its appointment in the path: another key in the answer says nothing.
  if (fault === 'wrong-key' && asks === 'change') return UNTOUCHED;
  return fact;
};

/** How a step that got such an answer is settled: it is done with, or asked for again. */
const SETTLED: Readonly<Record<Asks, Readonly<Record<OutcomeClass, 'done' | 'again'>>>> = {
  // A create in doubt is done with: what is asked for next is its look-up.
  create: {
    'in doubt': 'done',
    'not sent': 'again',
    'turned away': 'again',
    rejected: 'done',
    accepted: 'done',
    confirmed: 'done',
    'no look-up': 'done',
  },
  call: {
    'in doubt': 'again',
    'not sent': 'again',
    'turned away': 'again',
    rejected: 'again',
    accepted: 'again',
    confirmed: 'done',
    'no look-up': 'done',
  },
  lookup: allBut('confirmed'),
  revert: allBut('confirmed'),
  // A refused search is a hold.
  search: { ...allBut('confirmed'), rejected: 'done' },
  change: allBut('confirmed'),
};

function allBut(done: OutcomeClass): Readonly<Record<OutcomeClass, 'done' | 'again'>> {
  const again = 'again' as const;
  const all = {
    'in doubt': again,
    'not sent': again,
    'turned away': again,
    rejected: again,
    accepted: again,
    confirmed: again,
    'no look-up': again,
  };
  return { ...all, [done]: 'done' };
}

/** How the struck step was settled; never: another step learnt of it; null: either may be. */
export const expectedSettling = (cell: Cell): 'done' | 'again' | 'never' | null => {
  const { operation, moment, fault } = cell;
  const { answer, effects } = factOf(cell);
  const isChange = CHANGES.includes(operation.asks);
  if (moment === 'after a crash' && effects > 0) {
    // Nobody saw the answer: it is looked up, and not asked for again.
    if (CREATES.includes(operation.asks)) return 'never';
    // It is read before it is asked for again: perhaps before the late change, perhaps after it.
    if (isChange) return fault === 'late-after' ? null : 'done';
  }
  if (isChange && effects > 0 && UNREADABLE.has(fault)) return 'done';
  // Whatever a revert is answered with, the look-up follows: perhaps before the late effect, perhaps after it.
  if (operation.asks === 'revert' && effects > 0) return fault === 'late-after' ? null : 'done';
  // A refused move is an answer, a refused cancel is tried for ever.
  if (operation.name === 'move' && answer === 'rejected') return 'done';
  return SETTLED[operation.asks][answer];
};

/** What reconcile finds in the end: what a peer did twice and told of once, unless an undo has found it before. */
export const expectedFindings = (
  fault: FaultName,
  ending: Ending,
  orders: readonly { readonly cell: Cell; readonly orderId: string }[],
): readonly string[] =>
  orders
    .flatMap(({ cell, orderId }) => {
      const { name } = cell.operation;
      if (fault !== 'duplicate' || cell.moment === 'after a crash') return [];
      if (name === 'call') return [`stray-appointment ${orderId}/call#1 fixed`];
      return name === 'create' && ending === 'completed'
        ? [`duplicate ${orderId}/internet.hsi#1/1 fixed`]
        : [];
    })
    .sort();
