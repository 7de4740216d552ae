import type { RefusalTexts } from '../wording.ts';

type Codes =
  | 'HOLD_NOT_FOUND'
  | 'NOT_VERIFIED'
  | 'BREAKER_NOT_FOUND'
  | 'PEER_UNAVAILABLE'
  | 'PEER_MISCONFIGURED'
  | 'DATABASE_BUSY'
  | 'DISK_FULL';

export const peerRefusals: Pick<RefusalTexts, Codes> = {
  HOLD_NOT_FOUND: ({ orderId, hold, holds }) => ({
    what: `${orderId} is not held by ${hold}`,
    why: holds.length === 0 ? 'nothing holds it' : `it is held by ${holds.join(', ')}`,
    next: `$oss fallout show ${orderId}`,
  }),
  NOT_VERIFIED: ({ orderId, service, found }) => ({
    what: `${service} of ${orderId} is not as said`,
    why: `the network answers: ${found}`,
    next: `$oss fallout show ${orderId}`,
  }),
  BREAKER_NOT_FOUND: ({ name, names }) => ({
    what: `there is no breaker ${name}`,
    ...(names.length === 0 ? {} : { why: `there are ${names.join(', ')}` }),
    next: '$oss breaker list',
  }),
  PEER_UNAVAILABLE: ({ peer, cause }) => ({
    what: `${peer} is not available now`,
    why: cause,
    next: 'nothing is lost: $oss worker goes on by itself; see $oss breaker list',
  }),
  PEER_MISCONFIGURED: ({ peer, cause }) => ({
    what: `${peer} does not accept our requests`,
    why: cause,
    next: '$oss doctor',
  }),
  DATABASE_BUSY: ({ path }) => ({
    what: 'the database is busy',
    why: `other processes write to ${path}`,
    next: 'try again',
  }),
  DISK_FULL: ({ path }) => ({
    what: 'the disk is full',
    why: `${path} cannot be written; nothing was changed`,
    next: 'free some space and try again',
  }),
};
