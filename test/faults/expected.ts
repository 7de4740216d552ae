import { type FaultWhat, faultShape, isFaultWhat } from '../../src/adapters/simulators/fault-kinds.ts';
import { type Cell, FAULT_RULES, type FaultName } from './operations.ts';

/** What the table of outcomes (domain.md) makes of an answer. */
export type OutcomeClass = 'in doubt' | 'not sent' | 'rejected' | 'accepted' | 'confirmed' | 'unclear';

const CLASSES: Readonly<Record<FaultName, OutcomeClass>> = {
  'reset-before': 'in doubt',
  'timeout-before': 'in doubt',
  '500-before': 'in doubt',
  '503': 'in doubt',
  '503 with Retry-After': 'not sent',
  '429': 'not sent',
  redirect: 'in doubt',
  unauthorized: 'not sent',
  'no-lookup': 'unclear',
  'revert-fails': 'in doubt',
  'late-after': 'in doubt',
  reject: 'rejected',
  '202': 'accepted',
  'monitor-error': 'accepted',
  'no-idempotency': 'confirmed',
  duplicate: 'confirmed',
  'ignore-filter': 'unclear',
  'reset-after': 'in doubt',
  'timeout-after': 'in doubt',
  '500-after': 'in doubt',
  'slow-drip': 'in doubt',
  truncate: 'in doubt',
  garbage: 'in doubt',
  html: 'in doubt',
  huge: 'in doubt',
  'wrong-key': 'in doubt',
};

/** How the step was settled, and what was appended about its key. */
export type Expected = { readonly settled: 'done' | 'again'; readonly event: string | null };

const CREATE: Readonly<Record<OutcomeClass, Expected>> = {
  'in doubt': { settled: 'done', event: 'ServiceInDoubt' },
  'not sent': { settled: 'again', event: 'ServiceNotFound(not-sent)' },
  rejected: { settled: 'done', event: 'ServiceRejected' },
  accepted: { settled: 'done', event: 'ServiceInDoubt' },
  confirmed: { settled: 'done', event: 'ServiceActivated' },
  unclear: { settled: 'done', event: 'ServiceActivated' },
};

/** A call in doubt appends nothing: the intent stands until a look-up answers it. */
const CALL: Readonly<Record<OutcomeClass, Expected>> = {
  'in doubt': { settled: 'again', event: null },
  'not sent': { settled: 'again', event: 'CallNotPlaced(not-sent)' },
  rejected: { settled: 'done', event: 'CallNotPlaced(rejected)' },
  accepted: { settled: 'again', event: null },
  confirmed: { settled: 'done', event: 'CustomerCalled' },
  unclear: { settled: 'done', event: 'CustomerCalled' },
};

/** null: this fault does not strike that request, or is not judged there. */
export const expectedOf = ({ operation, fault, moment }: Cell): Expected | null => {
  // The doomed request's answer is never seen, and which one the fault met then is told by the end alone.
  if (moment === 'after a crash' || !strikes(fault, operation.asks)) return null;
  // The console needs the first n failures of a service to itself: another fault before would use one up.
  if (fault === 'revert-fails' && moment === 'retry') return null;
  const outcome = CLASSES[fault];
  switch (operation.asks) {
    case 'create':
      return CREATE[outcome];
    case 'call':
      return CALL[outcome];
    case 'search':
      return { settled: outcome === 'rejected' ? 'done' : 'again', event: null };
    case 'change': {
      // A change names the appointment in its path; a refused move is an answer, a refused cancel is tried again.
      const isAnswered = fault === 'wrong-key' || (fault === 'reject' && operation.name === 'move');
      return { settled: isAnswered ? 'done' : 'again', event: null };
    }
    case 'lookup':
    case 'revert':
      return { settled: 'again', event: null };
  }
};

const strikes = (fault: FaultName, asks: Cell['operation']['asks']): boolean => {
  const what = FAULT_RULES[fault].split(':')[0] ?? '';
  if (!isFaultWhat(what)) throw new Error(`${what} is no fault`);
  const { operations } = faultShape(what satisfies FaultWhat);
  const scoped = what === 'reject';
  return operations === null || scoped || operations.includes(asks);
};
