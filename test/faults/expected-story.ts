import { factOf } from './expected.ts';
import type { Ending } from './matrix-life.ts';
import type { Cell } from './operations.ts';

/** A stretch of an order's story, and the hold that it ended in. */
type Stretch = { readonly told: readonly string[]; readonly held?: string | undefined };

const REQUESTED = 'ServiceRequested internet.hsi';
const ACTIVATED = 'ServiceActivated internet.hsi';
const IN_DOUBT = 'ServiceInDoubt internet.hsi';
const FOUND = 'ServiceFound internet.hsi look-up';
const ABSENT = 'ServiceNotFound internet.hsi absent';
const NOT_SENT = 'ServiceNotFound internet.hsi not-sent';
const REJECTED = 'ServiceRejected internet.hsi NO_PORT';
const AGREED = 'CustomerCalled AGREED';

const offBy = (spec: string, ...between: readonly string[]): readonly string[] => [
  `RevertRequested ${spec}`,
  ...between,
  `ServiceReverted ${spec} reverted`,
];

/** A create that is struck, up to the end of what follows from its answer. */
const struckCreate = (cell: Cell): Stretch => {
  const { answer, effects } = factOf(cell);
  switch (answer) {
    case 'confirmed':
    case 'no look-up':
      return { told: [REQUESTED, ACTIVATED] };
    case 'not sent':
      return { told: [REQUESTED, NOT_SENT, REQUESTED, ACTIVATED] };
    // Whatever was answered, nothing is believed before it was looked up.
    case 'rejected':
      return { told: [REQUESTED, IN_DOUBT, REJECTED], held: 'ActivateService NO_PORT' };
    case 'accepted':
      return effects > 0
        ? { told: [REQUESTED, IN_DOUBT, FOUND] }
        : { told: [REQUESTED, IN_DOUBT, REJECTED], held: 'ActivateService NO_PORT' };
    case 'turned away':
    case 'in doubt':
      return effects > 0
        ? { told: [REQUESTED, IN_DOUBT, FOUND] }
        : { told: [REQUESTED, IN_DOUBT, ABSENT, REQUESTED, ACTIVATED] };
  }
};

const create = (cell: Cell, honoursKeys: boolean): Stretch => {
  if (cell.operation.name === 'look-up') return lookedUp(cell);
  if (cell.operation.name !== 'create') return { told: [REQUESTED, ACTIVATED] };
  switch (cell.moment) {
    case 'first try':
      return struckCreate(cell);
    case 'retry': {
      const struck = struckCreate(cell);
      return { ...struck, told: [REQUESTED, IN_DOUBT, ABSENT, ...struck.told] };
    }
    case 'after a crash': {
      const { effects } = factOf(cell);
      if (effects === 2) return { told: [REQUESTED], held: 'CheckService AMBIGUOUS' };
      if (effects === 1) return { told: [REQUESTED, FOUND] };
      // An NE that honours keys refuses what it has refused before, at once.
      const again: Stretch =
        cell.fault === 'monitor-error' && honoursKeys
          ? { told: [REQUESTED, IN_DOUBT, REJECTED], held: 'ActivateService NO_PORT' }
          : struckCreate(cell);
      return { ...again, told: [REQUESTED, ABSENT, ...again.told] };
    }
  }
};

/** The create before it lost its answer. A look-up that proves nothing leaves no trace. */
const lookedUp = (cell: Cell): Stretch =>
  factOf(cell).answer === 'no look-up'
    ? { told: [REQUESTED, IN_DOUBT], held: 'CheckService NO_LOOKUP' }
    : { told: [REQUESTED, IN_DOUBT, FOUND] };

/** A search that came to nothing leaves no trace; one that is refused waits for a person, and nothing is completed. */
const search = (cell: Cell): Stretch =>
  cell.operation.name === 'slot search' && factOf(cell).answer === 'rejected'
    ? { told: [], held: 'RequestScheduling NO_PORT' }
    : { told: ['ActivationCompleted', 'SchedulingRequested'] };

const REQUESTED_CALL = 'CallRequested';

const CALL_IN_DOUBT = 'CallInDoubt';
/** It is asked for once more before the customer is phoned again. */
const CALL_ABSENT = ['CallNotPlaced absent', 'CallNotSeen'];

/** A call that is struck: whatever was answered, nothing is believed before it was looked up. */
const struckCall = (cell: Cell): Stretch => {
  const { answer, effects } = factOf(cell);
  const agreed = [AGREED, 'Scheduled'];
  switch (answer) {
    case 'confirmed':
    case 'no look-up':
      return { told: [REQUESTED_CALL, ...agreed] };
    case 'not sent':
      return { told: [REQUESTED_CALL, 'CallNotPlaced not-sent', REQUESTED_CALL, ...agreed] };
    case 'rejected':
      return {
        told: [REQUESTED_CALL, CALL_IN_DOUBT, 'CallNotPlaced rejected'],
        held: 'CallCustomer NO_PORT',
      };
    case 'accepted':
    case 'turned away':
    case 'in doubt':
      return effects > 0
        ? { told: [REQUESTED_CALL, CALL_IN_DOUBT, ...agreed] }
        : { told: [REQUESTED_CALL, CALL_IN_DOUBT, ...CALL_ABSENT, REQUESTED_CALL, ...agreed] };
  }
};

const call = (cell: Cell): Stretch => {
  const { name } = cell.operation;
  const { answer, effects } = factOf(cell);
  const proposed = 'VisitProposed';
  if (name === 'call look-up' && answer === 'no look-up')
    return { told: [proposed, REQUESTED_CALL, CALL_IN_DOUBT], held: 'CheckCall NO_LOOKUP' };
  if (name === 'call look-up')
    return { told: [proposed, REQUESTED_CALL, CALL_IN_DOUBT, AGREED, 'Scheduled'] };
  if (name !== 'call') return { told: [proposed, REQUESTED_CALL, AGREED, 'Scheduled'] };
  const struck = struckCall(cell);
  switch (cell.moment) {
    case 'first try':
      return { ...struck, told: [proposed, ...struck.told] };
    case 'retry':
      return { ...struck, told: [proposed, REQUESTED_CALL, CALL_IN_DOUBT, ...CALL_ABSENT, ...struck.told] };
    case 'after a crash':
      if (effects === 2) return { told: [proposed, REQUESTED_CALL], held: 'CheckCall AMBIGUOUS' };
      return effects === 1
        ? { told: [proposed, REQUESTED_CALL, AGREED, 'Scheduled'] }
        : { ...struck, told: [proposed, REQUESTED_CALL, ...CALL_ABSENT, ...struck.told] };
  }
};

/** A change is compared and sent again until it is there; only a refusal is an answer. */
const move = (cell: Cell): Stretch => {
  if (cell.operation.name !== 'move') return { told: [] };
  const isRefused = factOf(cell).answer === 'rejected';
  return { told: ['MoveRequested', isRefused ? 'MoveRejected NO_PORT' : 'Scheduled'] };
};

/** What was placed, until it rests: each stretch needs the one before it. */
const road = (cell: Cell, honoursKeys: boolean): Stretch => {
  const told: string[] = [
    'OrderPlaced',
    'ActivationStarted',
    'ServiceRequested access.gpon',
    'ServiceActivated access.gpon',
  ];
  for (const stretch of [create(cell, honoursKeys), search(cell), call(cell), move(cell)]) {
    told.push(...stretch.told);
    if (stretch.held === undefined) continue;
    return { told: [...told, `OrderHeld ${stretch.held}`], held: stretch.held };
  }
  return { told };
};

/** What is learnt of what was held, now that all of it is to go anyway. */
const learnt = (held: string | undefined): readonly string[] => {
  switch (held) {
    case 'CheckService AMBIGUOUS':
    case 'CheckService NO_LOOKUP':
      return [FOUND];
    case 'CheckCall NO_LOOKUP':
      return [AGREED];
    case 'CheckCall AMBIGUOUS':
      return [AGREED, AGREED];
    default:
      return [];
  }
};

const network = (cell: Cell, told: readonly string[]): readonly string[] => {
  const { name } = cell.operation;
  const isOn = told.includes(ACTIVATED) || told.includes(FOUND);
  // What the NE made beside it comes to light by the look-up that proves a revert, if not before.
  const isTwin = name === 'create' && factOf(cell).effects === 2 && cell.moment !== 'after a crash';
  const isRefused = name === 'revert' && factOf(cell).answer === 'rejected';
  const between = [
    ...(isTwin ? [FOUND] : []),
    ...(isRefused ? ['RevertRejected internet.hsi NO_PORT', 'OrderHeld RevertService NO_PORT'] : []),
  ];
  return [
    ...(isOn ? offBy('internet.hsi', ...between) : []),
    ...(isRefused ? ['HoldReleased RevertService'] : []),
    ...offBy('access.gpon'),
    'ActivationCancelled',
  ];
};

const schedule = (cell: Cell, told: readonly string[]): readonly string[] => {
  if (!told.includes('SchedulingRequested')) return [];
  return cell.operation.name === 'appointment cancel' && factOf(cell).answer === 'rejected'
    ? ['OrderHeld CancelSchedule NO_PORT', 'ScheduleCancelled', 'HoldReleased CancelSchedule']
    : ['ScheduleCancelled'];
};

/** The visit is today, so that it is handed over at once; a move calls the technician back before it is asked for. */
const visits = (told: readonly string[]): readonly string[] => {
  const visit = ['FieldWorkDispatched', 'FieldWorkRecalled'];
  if (!told.includes('Scheduled')) return [];
  return told.includes('MoveRejected NO_PORT') ? [...visit, ...visit] : visit;
};

/** What reconcile finds out in the end: of what was made twice nobody has told the second one. */
const afterwards = (cell: Cell, ending: Ending): readonly string[] => {
  const { name } = cell.operation;
  if (factOf(cell).effects !== 2 || cell.moment === 'after a crash') return [];
  if (name === 'call') {
    const closed = ending === 'cancelled' ? 'ScheduleCancelled' : 'AppointmentClosed cancelled';
    return ['AppointmentFound', closed, `OrderClosed ${ending}`];
  }
  if (name !== 'create' || ending === 'cancelled') return [];
  return [
    'ServiceFound internet.hsi reconcile',
    'RevertRequested internet.hsi',
    'DuplicatesReverted internet.hsi',
    'OrderClosed completed',
  ];
};

/**
 * Every event of the order that lives through a cell, from its placing to its end. Events of one context (order,
 * activation, scheduling, fieldwork) are in this order; those of different ones may lie between each other.
 */
export const expectedStory = (
  cell: Cell,
  { honoursKeys, ending }: { readonly honoursKeys: boolean; readonly ending: Ending },
): readonly string[] => {
  const { told, held } = road(cell, honoursKeys);
  const undone = ending === 'cancelled' ? undoing(cell, { told, held }) : COMPLETING;
  return [...told, ...undone, `OrderClosed ${ending}`, ...afterwards(cell, ending)];
};

const COMPLETING: readonly string[] = [
  'FieldWorkDispatched',
  'FieldWorkStarted',
  'FieldWorkCompleted',
  'AppointmentClosed completed',
];

const undoing = (cell: Cell, { told, held }: Stretch): readonly string[] => {
  const known = [...told, ...learnt(held)];
  return [
    'OrderCancelled',
    ...(held === undefined ? [] : [`HoldReleased ${held.split(' ')[0]}`]),
    ...learnt(held),
    ...visits(told),
    ...network(cell, known),
    ...schedule(cell, known),
  ];
};
