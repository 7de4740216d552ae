/** Why an order is held, as far as oss itself says it. They stand on the log: none is ever taken away. */
export const OWN_HOLD_CAUSES = [
  'PEER_CHANGED',
  'NO_LOOKUP',
  'NO_READ_BY_ID',
  'AMBIGUOUS',
  'MONITOR_NEVER_ENDS',
  'CALL_NEVER_ENDS',
  'APPOINTMENT_GONE',
  'NO_PHONE',
  'NO_TECHNICIAN_AT_AGREED_SLOT',
  'DESK_LOST_APPOINTMENT',
  'NE_LOST_SERVICE',
  'VISITS_MAX',
  'NETWORK_FAULT',
  'LOW_OPTICAL_POWER',
  'KEY_UNSHOWN',
  'NAME_UNKNOWN',
  'TOLD_OTHERWISE',
  'ANSWERED_AS_ANOTHER',
  'NEVER_ANSWERED',
  'UNDO_FAILS',
  'MOVE_FAILS',
] as const;

export type OwnHoldCause = (typeof OWN_HOLD_CAUSES)[number];

/** A refusal of a peer has the peer's own code. */
export type HoldCause = OwnHoldCause | { readonly peer: string };

/** The cause as it stands on the log. */
export const holdCode = (cause: HoldCause): string => (typeof cause === 'string' ? cause : cause.peer);

export const isOwnHoldCause = (code: string): code is OwnHoldCause =>
  OWN_HOLD_CAUSES.some((own) => own === code);
