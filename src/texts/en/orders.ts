import type { OwnHoldCause } from '../../core/codes/hold-cause.ts';
import type { LateLevel } from '../../core/rules/policy.ts';
import type { Lines } from '../../core/values/lines.ts';
import { count } from './count.ts';

const lines = (n: number, what: string): string => (n === 0 ? '' : `${n} ${what}`);

/** Causes of a hold that oss itself names; a code of a peer stays as it is. */
const causes: Readonly<Record<OwnHoldCause, string>> = {
  PEER_CHANGED: 'the peer is not the one that was asked before',
  NO_LOOKUP: 'the peer cannot be asked what became of the request',
  NO_READ_BY_ID: 'the peer cannot be read by its own id, so nothing is changed there',
  AMBIGUOUS: 'the peer has several answers for one key',
  ANSWERED_AS_ANOTHER: 'the desk answered this call as another one, and what it booked is to be seen there',
  TOLD_OTHERWISE: 'the NE made it under another name, and does not show it under ours',
  NEVER_ANSWERED: 'asked for three times, never answered, and nothing is there',
  KEY_UNSHOWN: 'the NE has never shown such a service by its key, so not finding it proves nothing',
  NAME_UNKNOWN:
    'the NE told an id without a name, and another name stands there, so nothing is switched off by it',
  UNDO_FAILS: 'undoing or closing it fails again and again for one reason, and is tried on',
  MOVE_FAILS: 'the desk answers and does not move the visit, and it is tried on',
  MONITOR_NEVER_ENDS: 'the NE does not finish its own work',
  CALL_NEVER_ENDS: 'the desk does not finish the call',
  APPOINTMENT_GONE: 'the desk does not know the appointment any more',
  NO_PHONE: 'there is no phone number to call',
  NO_TECHNICIAN_AT_AGREED_SLOT: 'no technician is free at the time the customer agreed to',
  DESK_LOST_APPOINTMENT: 'the desk does not know the agreed appointment any more',
  NE_LOST_SERVICE: 'the NE does not show the service any more, and nobody switched it off',
  VISITS_MAX: 'too many visits without a result',
  NETWORK_FAULT: 'a fault in the network',
  LOW_OPTICAL_POWER: 'the optical power is too low',
};

/** What is waited for when it is not a step or a cause. */
const awaited: Readonly<Record<'closed' | 'visit' | 'contact' | 'assign', string>> = {
  closed: 'the order is closed',
  visit: 'the agreed visit',
  contact: 'the customer must be reached',
  assign: 'a technician and a time must be chosen',
};

const lateWord: Readonly<Record<Exclude<LateLevel, 'normal'>, string>> = {
  hazard: 'late',
  critical: 'very late',
};

export const orders = {
  placed: (orderId: string): string => `order ${orderId} is placed`,
  placedBefore: (orderId: string): string =>
    `${orderId} was placed with this key before; nothing was changed`,
  story: 'its story',
  inWords: 'The reason in words',
  chooseVisit: 'choose who goes, and when',
  wouldPlace: 'dry run: nothing was written, and no id was taken',
  sentence: {
    note: (orderId: string): string => `${orderId}: the note is added`,
    cancelled: 'cancelled',
    cancelling: 'is being cancelled',
    alreadyCancelled: 'was cancelled before',
    wouldCancel: (undo: string): string =>
      `would be cancelled: ${undo === '' ? 'there is nothing to undo' : undo}`,
    amended: (orderId: string, what: string): string => `${orderId}: amended: ${what}`,
    unchanged: (orderId: string): string => `${orderId}: was so before; nothing was changed`,
    confirmCancel: (orderId: string, undo: string): string =>
      `Cancel ${orderId}${undo === '' ? '' : ` (${undo})`}? This is final.`,
    confirmCancelMany: (n: number): string => `Cancel ${count(n, 'order', 'orders')}? This is final.`,
    undoServices: (n: number): string => `${n} ${n === 1 ? 'service is' : 'services are'} switched off`,
    undoUnknown: (n: number): string =>
      `${n} ${n === 1 ? 'service is' : 'services are'} looked up first, then switched off`,
    undoVisit: (when: string, technicianId: string): string =>
      `the visit of ${technicianId} at ${when} is cancelled`,
    undoRecall: (technicianId: string): string => `${technicianId} is called back`,
  },
  area: {
    which: 'Which area is the address in?',
    byHand: 'none of these: the visit is planned by hand',
    notKnown: 'no known area is in the address: the visit will be planned by hand',
    noneYet: 'no technicians are known yet: the area stays open, and the visit will be planned by hand',
    notServed: (area: string, meant: string | null): string =>
      `no technician works in ${area}${meant === null ? '' : `; did you mean ${meant}?`}`,
  },
  knownCustomer: (name: string, customerId: string): string => `known: ${name} (${customerId})`,
  forWhom: 'For whom is the order?',
  newCustomer: 'somebody else with this number',
  duplicate: (orderId: string): string =>
    `${orderId} is open for the same phone and address. Place another one?`,
  labels: {
    unproven: 'Unproven',
    stage: 'Stage',
    waitingFor: 'Waiting for',
    late: 'Late',
    lines: 'Lines',
    customer: 'Customer',
    phone: 'Phone',
    address: 'Address',
    area: 'Area',
    visit: 'Visit',
    chosen: 'Chosen',
    window: 'Arrival told',
    promise: 'First promise',
    placed: 'Placed',
    updated: 'Changed',
    priority: 'Priority',
    key: 'Key',
    equipment: 'Equipment',
    held: 'Held',
    calls: 'Calls',
    cancelled: 'Cancelled',
    returned: 'Returned',
    result: 'Result',
    visits: 'Visits made',
    tmfState: 'TMF641 state',
    version: 'Version',
    peers: 'Peers',
    services: 'Services',
    notes: 'Notes',
    history: 'History',
    work: 'Work',
  },
  amendedLabels: { lines: 'lines', name: 'name', phone: 'phone', address: 'address', area: 'area' },
  noArea: '(not known)',
  callOutcomes: {
    AGREED: 'the customer agreed',
    NO_ANSWER: 'no answer',
    BUSY: 'busy',
    CALLBACK: 'the customer asks to be called later',
    REFUSED: 'the customer refused the visit',
    WRONG_NUMBER: 'wrong number',
  },
  columns: {
    what: 'WHAT',
    order: 'ORDER',
    stage: 'STAGE',
    since: 'SINCE',
    next: 'NEXT',
    late: 'LATE',
    customer: 'CUSTOMER',
    phone: 'PHONE',
    area: 'AREA',
    lines: 'LINES',
    technician: 'TECHNICIAN',
    visit: 'VISIT',
    priority: 'PRIORITY',
    placed: 'PLACED',
    service: 'SERVICE',
    wanted: 'WANTED',
    proof: 'PROOF',
    tries: 'TRIES',
    neId: 'NE ID',
    lane: 'AT',
    due: 'DUE',
    error: 'LAST ERROR',
  },
  empty: 'there is no order like that',
  none: 'there is no order yet',
  erased: '(erased)',
  lines: ({ internet, tv }: Lines): string =>
    [lines(internet, 'Internet'), lines(tv, 'TV')].filter((text) => text !== '').join(' + '),
  since: (when: string): string => `since ${when}`,
  waiting: (who: string, what: string, next: string): string =>
    `${who}: ${what}${next === '' ? '' : `, next ${next}`}`,
  /** What codes mean that network elements are known to refuse with. */
  peerCodes: {
    NO_PORT: 'no free port',
    NO_FACILITY: 'no line there',
    ONT_NOT_SEEN: 'the ONT does not answer',
    ACTIVATION_FAILED: 'switching on failed',
    REVERT_FAILED: 'switching off failed',
    LOCKED: 'locked at the NE',
  },
  causes,
  awaited,
  lateWord,
  late: (word: string, due: string): string => `! ${word}, was due ${due}`,
  /** Times of day. */
  willBeLate: (planned: string, expected: string): string =>
    `! will be late: planned for ${planned}, will begin about ${expected}`,
  willBeLateWord: 'will be late',
  visitBy: (when: string, technicianId: string): string => `${when}, ${technicianId}`,
  held: (when: string): string => `${when} (held, not agreed yet)`,
  agreed: (when: string): string => `${when} (agreed)`,
  callsMade: (n: number, last: string | null, next: string): string =>
    [`${n}`, ...(last === null ? [] : [`last ${last}`]), ...(next === '' ? [] : [`next ${next}`])].join(', '),
  proof: { off: 'off', on: 'on', refused: 'refused', unknown: 'in doubt' },
  wanted: { yes: 'yes', no: 'no' },
  result: (ont: string, rx: number, signedBy: string): string =>
    `ONT ${ont}, ${rx} dBm${signedBy === '' ? '' : `, signed by ${signedBy}`}`,
  simulated: 'simulators, not a real network',
  unproven: (what: readonly string[]): string =>
    `${what.join(', ')}: nobody can prove that it is off, and it may be on`,
  real: 'real',
  undo: {
    switchingOff: 'switching off',
    switchedOff: 'switched off',
    visitCancelled: 'visit cancelled',
  },
};
