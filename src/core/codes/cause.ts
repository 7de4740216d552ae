import type { Coded } from './coded.ts';

/**
 * Why a request came to nothing, or why a lane waits: every code, and of what kind its values are. Causes stand on the log
 * and in the database, so that a code or a value that was shipped is never taken away.
 */
export const CAUSES = {
  /** What was written in words before there were codes. */
  AS_WRITTEN: { text: 'text' },

  // nothing left this process, or no answer came
  ABORTED: {},
  ABORTED_WAITING: {},
  NO_TIME_LEFT: {},
  CLIENT_CLOSED: {},
  CONNECT_TIMEOUT: { ms: 'number' },
  NO_CONNECTION: { ms: 'number' },
  NO_ANSWER: { ms: 'number' },
  /** `error` is the operating system's own word. */
  CANNOT_CONNECT: { error: 'text' },
  ANSWER_LOST: { error: 'text' },
  NO_TOKEN: { ms: 'number' },
  TOKEN_UNFIT: {},
  TOKEN_UNREADABLE: {},

  // bulkhead and breaker
  IN_FLIGHT: { places: 'number' },
  /** `last`: what failed last. */
  BREAKER_OPEN: { last: 'cause?' },
  BREAKER_FORCED: { actor: 'text', reason: 'text' },
  BREAKER_HALF_OPEN: {},
  BREAKER_OPEN_HERE: {},
  BREAKER_PROBED: {},
  BREAKER_OPENED: {},

  // what the peer answered; `told` is the peer's own word, '' when there is none
  HTTP_STATUS: { status: 'number', told: 'text' },
  HTTP_BODY: { status: 'number', body: 'cause' },
  NO_MONITOR: {},
  /** Refused by the peer's own code. */
  REFUSED: { reason: 'text', told: 'text' },
  LIST_ACCEPTED: {},
  MONITOR_UNREADABLE: { reason: 'text' },
  MONITOR_BODY: { body: 'cause' },
  ANSWERED_STATE: { state: 'text' },

  // what is wrong with an answer's body
  BODY_EMPTY: {},
  BODY_ENCODED: { encoding: 'text' },
  /** `type` '': the peer gave none. */
  BODY_TYPE: { type: 'text' },
  BODY_NOT_JSON: {},
  BODY_NOT_UTF8: {},
  BODY_TOO_DEEP: { most: 'number' },
  BODY_PROTO: {},
  BODY_NAME_TWICE: {},
  BODY_TOO_LARGE: { most: 'number' },
  BODY_NOT_UNPACKED: { encoding: 'text' },
  NOT_A_SUCCESS: {},
  NOT_A_LIST: {},
  NOT_A_SERVICE: {},
  NOT_A_MONITOR: {},
  NOT_AN_APPOINTMENT: {},
  NOT_A_SEARCH: {},
  /** `key` '': the peer gave none. */
  OTHER_SERVICE: { key: 'text' },
  OTHER_ID: { id: 'text' },
  /** `callKey` '': the peer gave none. */
  OTHER_CALL: { callKey: 'text' },
  OTHER_APPOINTMENT: { appointmentId: 'text' },
  OTHER_SEARCH: {},
  /** `state` '': the peer gave none. */
  STATE: { state: 'text' },
  STATUS: { status: 'text' },
  TIME: { start: 'text' },
  ELEMENT_NOT_SERVICE: {},
  ELEMENT_NOT_APPOINTMENT: {},
  NAME_FILTER_IGNORED: {},
  CALL_FILTER_IGNORED: {},
  LIST_NOT_COMPLETE: { got: 'number', total: 'number' },
  /** So many that the peer shows by key or id are not in its list. */
  LIST_LACKS: { services: 'number' },
  LIST_ENDS: { offset: 'number', total: 'number' },
  LIST_GOES_ON: {},
  NEXT_ELSEWHERE: {},
  LINKS_BRING_NOTHING: {},
  LIST_TOO_LONG: { most: 'number' },
  OFFSET_IGNORED: {},
  PAGE_TOO_LARGE: {},
  NO_IDS: { elements: 'number' },
  FROM_CACHE: {},
  /** `cached`: the header that shows it. */
  PAGE_FROM_CACHE: { cached: 'text' },
  ABSENCE_FROM_CACHE: { cached: 'text' },
  READ_BY_ID: { cause: 'cause' },
  UNREADABLE: {},
  /** `status` '': the peer gave none. */
  SEARCH_NOT_DONE: { status: 'text' },
  SEARCH_WITHOUT_SLOTS: {},
  SLOTS_UNREADABLE: {},

  // why a step waits
  NE_BUSY: {},
  DESK_BUSY: {},
  PEER_BUSY: {},
  NOT_ADMITTED: {},
  NOT_FINISHED: {},
  MONITOR_RUNS: {},
  CALL_GOES_ON: {},
  CALL_IN_DOUBT: {},
  TOO_EARLY: {},
  NOT_SEEN_ONCE: {},
  NOT_SHOWN: { key: 'text' },
  STILL_AT_NE: { key: 'text' },
  ID_OF_SEVERAL: { neId: 'text' },
  STILL_AT_DESK: { appointmentId: 'text' },
  SEVERAL_SERVICES: { matches: 'number' },
  SEVERAL_APPOINTMENTS: {},
  REQUESTED_ELSEWHERE: { asked: 'text', here: 'text' },
  BOOKED_ELSEWHERE: { appointmentId: 'text', peer: 'text' },
  /** The order is held; `hold` is the code of the hold. */
  HELD: { hold: 'text' },
  NO_PHONE: {},
  LEASE_LOST: {},
  /** The order cannot be read: `problem` of its event `version`. */
  EVENT_UNREADABLE: { version: 'number', problem: 'text' },
  /** Its steps cannot be worked out. */
  STEPS_FAILED: { error: 'text' },
  NOT_POSSIBLE: { step: 'text' },

  // what a comparison did not see
  LOOK_UPS_UNANSWERED: { lookUps: 'number' },
  TOO_MANY_DIFFER: { most: 'number' },
  TOO_MANY_MISSING: { most: 'number' },
  TOLD_TO_END: {},
  ORDER_UNREADABLE: { orderId: 'text', version: 'number', problem: 'text' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Kind>>>>;

type Kind = 'text' | 'number' | 'cause' | 'cause?';

type ValueOf<K> = K extends 'text'
  ? string
  : K extends 'number'
    ? number
    : K extends 'cause'
      ? Cause
      : Cause | null;

/** The values of each code. */
export type CauseValues = {
  readonly [C in keyof typeof CAUSES]: {
    readonly [V in keyof (typeof CAUSES)[C]]: ValueOf<(typeof CAUSES)[C][V]>;
  };
};

export type CauseCode = keyof CauseValues;
export type Cause = Coded<CauseValues>;

/** A cause that is known in words alone. */
export const asWritten = (text: string): Cause => ({ code: 'AS_WRITTEN', text });

const isKind = (value: unknown, kind: Kind): boolean => {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'cause':
      return isCause(value);
    case 'cause?':
      return value === null || isCause(value);
  }
};

/** Whether something that was read from outside is a cause with all its values. */
export const isCause = (value: unknown): value is Cause => {
  if (typeof value !== 'object' || value === null) return false;
  const code: unknown = Reflect.get(value, 'code');
  if (typeof code !== 'string' || !Object.hasOwn(CAUSES, code)) return false;
  const kinds: Readonly<Record<string, Kind>> = CAUSES[code as CauseCode];
  return Object.entries(kinds).every(([name, kind]) => isKind(Reflect.get(value, name), kind));
};

/** A stored cause, whatever wrote it: an older program wrote a text, a newer one perhaps a code that is not known here. */
export const readCause = (stored: unknown): Cause => {
  if (isCause(stored)) return stored;
  return asWritten(typeof stored === 'string' ? stored : JSON.stringify(stored));
};

/** A cause in a column of text. */
export const causeToText = (cause: Cause): string => JSON.stringify(cause);

/** The cause in a column of text; words that an older program wrote there stay readable. */
export const causeOfText = (text: string): Cause => {
  if (!text.startsWith('{')) return asWritten(text);
  try {
    const value: unknown = JSON.parse(text);
    return isCause(value) ? value : asWritten(text);
  } catch {
    return asWritten(text);
  }
};

/** Whether two causes say the same. */
export const isSameCause = (a: Cause | null, b: Cause | null): boolean =>
  a === b || (a !== null && b !== null && JSON.stringify(a) === JSON.stringify(b));

/** The same cause with every text made fit to keep. */
export const cleanCause = (cause: Cause, clean: (text: string) => string): Cause => {
  const values = Object.entries(cause).map(([name, value]): readonly [string, unknown] => {
    if (name === 'code' || value === null) return [name, value];
    if (typeof value === 'string') return [name, clean(value)];
    return [name, typeof value === 'object' ? cleanCause(value, clean) : value];
  });
  // Each value keeps its kind.
  return Object.fromEntries(values) as Cause;
};
