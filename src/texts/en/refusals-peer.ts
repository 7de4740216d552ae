import { inWords } from '../coded.ts';
import { insteadOfDone } from '../command-words.ts';
import type { RefusalTexts } from '../wording.ts';
import { causeWords } from './causes.ts';
import { databaseFaults } from './database-faults.ts';
import { db } from './db.ts';
import { found as foundWords } from './found.ts';

type Codes =
  | 'HOLD_NOT_FOUND'
  | 'HOLD_UNCLEAR'
  | 'NOT_BY_HAND'
  | 'STILL_PROVABLE'
  | 'NOT_TO_WAIVE'
  | 'NE_ID_REQUIRED'
  | 'WORKER_HANGS'
  | 'ORDER_UNREADABLE'
  | 'ORDER_BUSY'
  | 'NOT_VERIFIED'
  | 'BREAKER_NOT_FOUND'
  | 'PEER_UNAVAILABLE'
  | 'PEER_MISCONFIGURED'
  | 'DATABASE_BUSY'
  | 'DATABASE_UNREACHABLE'
  | 'COMMIT_IN_DOUBT'
  | 'DISK_FULL'
  | 'TOO_MANY_FILES';

/** What of a worker hangs. */
const HANGING = {
  orders: 'looking for orders that are due',
  order: 'a step of',
  compare: 'comparing the NE with the log',
  'look-after': 'looking after closed orders',
  heads: 'telling the head of the day',
};

export const peerRefusals: Pick<RefusalTexts, Codes> = {
  HOLD_NOT_FOUND: ({ orderId, hold, holds }) => ({
    what: hold === '' ? `${orderId} is not held` : `${orderId} is not held by ${hold}`,
    why: holds.length === 0 ? 'nothing holds it' : `it is held by ${holds.join(', ')}`,
    next: `$oss fallout show ${orderId}`,
  }),
  HOLD_UNCLEAR: ({ orderId, services }) => ({
    what: `several services of ${orderId} are held there: ${services.join(', ')}`,
    next: 'say which with --service',
  }),
  NOT_BY_HAND: (detail) => ({
    what: `the hold of ${detail.orderId} by ${detail.step} cannot be declared done`,
    why: 'only a service, which can be read at the NE, or a visit is done by hand',
    next: `$oss ${insteadOfDone(detail)}`,
  }),
  STILL_PROVABLE: ({ orderId, service }) => ({
    what: `${service} of ${orderId} can still be proven, and is not waived`,
    why: 'a request for it may still have an effect, and a look-up after that will tell',
    next: `$oss fallout show ${orderId}`,
  }),
  NOT_TO_WAIVE: ({ orderId, step }) => ({
    what: `the hold of ${orderId} by ${step} is not waived`,
    why: 'only what nobody can prove is: a service that cannot be looked up, or an appointment at a desk that is gone',
    next: `$oss fallout show ${orderId}`,
  }),
  NE_ID_REQUIRED: ({ orderId, step }) => ({
    what: `the hold of ${orderId} by ${step} is about a service`,
    why: 'what is said to be done is checked by reading that service at the NE',
    next: 'add --ne-id with the id that the NE gave it',
  }),
  WORKER_HANGS: ({ loop, orderId, seconds }) => ({
    what: `the worker hangs: ${HANGING[loop]}${orderId === null ? '' : ` ${orderId}`} gave no sign for ${seconds} s`,
    why: 'what it waits for never comes; it ends, so that another one goes on',
    next: 'start it again, if nothing does that by itself: no order is lost, and $oss worker status tells what is due',
  }),
  ORDER_UNREADABLE: ({ orderId, version, problem }) => ({
    what: `${orderId} cannot be read`,
    why: `event ${version}: ${db.problem(problem)}`,
    next: '$oss db verify; nothing was changed, and all other orders go on',
  }),
  ORDER_BUSY: ({ orderId }) => ({
    what: `${orderId} is being worked on now`,
    why: 'another process has its lease',
    next: 'try again in a moment; nothing was changed',
  }),
  NOT_VERIFIED: ({ orderId, service, found }) => ({
    what: `${service} of ${orderId} is not as said`,
    why: `the network answers: ${inWords(foundWords, found)}`,
    next: `$oss fallout show ${orderId}`,
  }),
  BREAKER_NOT_FOUND: ({ name, names }) => ({
    what: `there is no breaker ${name}`,
    ...(names.length === 0 ? {} : { why: `there are ${names.join(', ')}` }),
    next: '$oss breaker list',
  }),
  PEER_UNAVAILABLE: ({ peer, cause }) => ({
    what: `${peer} is not available now`,
    why: causeWords(cause),
    next: 'nothing is lost: $oss worker goes on by itself; see $oss breaker list',
  }),
  PEER_MISCONFIGURED: ({ peer, cause }) => ({
    what: `${peer} does not accept our requests`,
    why: causeWords(cause),
    next: '$oss doctor',
  }),
  DATABASE_BUSY: ({ database }) => ({
    what: 'the database is busy',
    why: `other processes write to ${database}`,
    next: 'try again',
  }),
  DATABASE_UNREACHABLE: ({ database, cause }) => ({
    what: 'the database cannot be reached',
    why: `${database}: ${inWords(databaseFaults, cause)}`,
    next: 'nothing was changed: try again; check --db and OSS_DB: $oss config list --origin',
  }),
  COMMIT_IN_DOUBT: ({ database }) => ({
    what: 'nobody can say whether this was kept',
    why: `the connection to ${database} was lost while it was being kept; it was kept whole, or not at all`,
    next: 'look before you say it again: $oss status, $oss events; with the same --key it is safe to say it again',
  }),
  DISK_FULL: ({ path }) => ({
    what: 'the disk is full',
    why: `${path} cannot be written (no space, or a quota or size limit is reached)`,
    next: 'nothing was changed: free some space and try again',
  }),
  TOO_MANY_FILES: ({ path }) => ({
    what: 'no more files can be opened',
    why: `${path} is needed, and a limit of open files is reached`,
    next: 'nothing was changed: raise the limit (ulimit -n) or end what holds files open, and try again',
  }),
};
