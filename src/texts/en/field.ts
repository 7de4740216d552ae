import type { EvidenceFaultValues } from '../../core/codes/evidence-fault.ts';
import type { RevisitTo } from '../../core/rules/reason-codes.ts';
import type { CodedWords } from '../coded.ts';
import { count } from './count.ts';

const GOES_TO: Readonly<Record<RevisitTo, string>> = {
  'tm-queue': 'the call desk agrees another visit',
  held: 'held for the NOC',
  'customer-pending': 'customer service reaches the customer first',
};

/** What is missing of the evidence, or wrong with it. */
const faults: CodedWords<EvidenceFaultValues> = {
  ont: () => '--ont SERIAL is missing',
  'ont-format': ({ serial }) => `--ont ${serial} is not 8 to 16 letters and digits`,
  rx: () => '--rx DBM is missing',
  'rx-range': ({ dbm }) => `--rx ${dbm} is not from -27 to -8 dBm`,
  stb: ({ given, needed }) => `--stb has ${given} of ${needed} serials`,
  'stb-too-many': ({ given, needed }) => `--stb has ${given} serials for ${needed} TV lines`,
  'stb-format': ({ serial }) => `--stb ${serial} is not 4 to 24 letters and digits`,
  'stb-duplicate': ({ serial }) => `--stb ${serial} is given twice`,
  signer: () => '--signed-by NAME is missing',
};

export const field = {
  faults,
  columns: {
    order: 'ORDER',
    time: 'TIME',
    stage: 'STAGE',
    customer: 'CUSTOMER',
    phone: 'PHONE',
    address: 'ADDRESS',
    lines: 'LINES',
    technician: 'TECHNICIAN',
  },
  noneOn: (date: string): string => `no visits on ${date}`,
  overdue: (time: string): string => `! ${time}`,
  /** Of a visit that will begin late: `! 14:00-15:30, about 14:25`. */
  expected: (slot: string, time: string): string => `! ${slot}, about ${time}`,
  confirmLate: (orderId: string, at: string): string =>
    `${orderId}: that was ${at}, more than a day ago. Record it so?`,
  enteredLate: 'entered more than a day later',
  overdueFoot: '! a visit of an earlier day, without a result yet',
  none: 'no visit is waiting',
  card: {
    visit: 'Visit',
    number: 'Visit no.',
    customer: 'Customer',
    phone: 'Phone',
    address: 'Address',
    lines: 'Lines',
    bring: 'Bring',
    equipment: 'Equipment',
    technician: 'Technician',
    prefer: 'Prefers',
    started: 'Started',
    notReady: 'Not ready',
    notes: 'Notes',
    earlier: 'Earlier visits',
    result: 'Result',
    stb: 'STB',
    returned: 'Returned',
    notDone: 'Not done',
    next: 'Next',
    undo: 'Switched off',
    peers: 'Peers',
  },
  bring: (stb: number): string => `1 ONT${stb === 0 ? '' : `, ${stb} STB`}`,
  prefer: { am: 'mornings', pm: 'afternoons', evening: 'evenings' },
  noVisit: 'none agreed',
  notAgreed: (when: string): string => `${when} (not agreed yet)`,
  earlier: (when: string, words: string, code: string): string => `${when}: ${words} (${code})`,
  undoProgress: (off: number, all: number): string => `${off} of ${count(all, 'service', 'services')}`,
  started: (orderId: string): string => `${orderId}: on site`,
  completed: (orderId: string): string => `${orderId}: completed`,
  returning: (orderId: string): string => `${orderId}: is being returned`,
  returned: (orderId: string): string => `${orderId}: returned, everything is switched off`,
  revisit: (orderId: string, to: RevisitTo): string => `${orderId}: not done; ${GOES_TO[to]}`,
  revisitHeld: (orderId: string): string => `${orderId}: not done; too many visits, a person decides`,
  corrected: (orderId: string): string => `${orderId}: the result is corrected`,
  dryRun: (sentence: string): string => `${sentence} (dry run)`,
  already: {
    start: 'it was started before; nothing was changed',
    complete: 'it was completed before; nothing was changed',
    return: (code: string): string => `it was returned before (${code}); nothing was changed`,
    revisit: 'that visit was reported so before; nothing was changed',
    correct: 'the result is so already; nothing was changed',
  },
  takesCurrent: (order: string): string => `${order}: the visit that is going on`,
  takesNext: (order: string): string => `${order}: the next visit`,
  takesSame: (orderId: string): string =>
    `the same was reported for ${orderId} just now; name the order when another one is meant`,
  which: 'Which visit?',
  ask: {
    ont: 'Serial of the ONT',
    rx: 'Rx power in dBm (-27 to -8)',
    stb: (n: number): string => `Serial of each set-top box, ${n} with commas between`,
    signer: 'Who signs?',
    returnCode: 'Why can it not be installed?',
    revisitCode: 'Why was it not done?',
    text: 'In words',
    rxMeant: (meant: string): string => `from -27 to -8; did you mean ${meant}?`,
    rxRange: 'a number from -27 to -8',
  },
  willSwitchOff: 'these services will be switched off:',
  switchOff: (service: string, neId: string | null): string =>
    `- ${service}, ${neId === null ? 'in doubt: looked up first' : `NE id ${neId}`}`,
  cancelVisit: (when: string, technicianId: string): string =>
    `the visit of ${technicianId} at ${when} ends as failed`,
  nothingToSwitchOff: 'nothing is switched on for it',
  confirmReturn: (orderId: string, words: string, services: number): string =>
    `Return ${orderId} (${words})? ${services} ${services === 1 ? 'service is' : 'services are'} switched off, and the order ends. This is final.`,
};
