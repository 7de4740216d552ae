import { inWords } from '../coded.ts';
import type { RefusalTexts } from '../wording.ts';
import { field } from './field.ts';
import { stages } from './stages.ts';

type Codes =
  | 'EVIDENCE_MISSING'
  | 'NETWORK_NOT_AS_WANTED'
  | 'NO_VISIT'
  | 'OCCURRED_AT_RANGE'
  | 'LATE_ENTRY'
  | 'NO_CURRENT_VISIT'
  | 'OTHER_VISIT'
  | 'OTHER_RESULT';

export const fieldRefusals: Pick<RefusalTexts, Codes> = {
  EVIDENCE_MISSING: ({ orderId, missing, meant }) => ({
    what: `the evidence for ${orderId} is not complete: ${missing.map((fault) => inWords(field.faults, fault)).join('; ')}`,
    why: 'a completed visit needs an ONT serial, Rx power from -27 to -8 dBm, one STB serial a TV line, and a signer',
    next: meant === null ? 'add what is missing and do it again' : `did you mean --rx ${meant}?`,
  }),
  NETWORK_NOT_AS_WANTED: ({ orderId, services }) => ({
    what: `${orderId} cannot be completed yet`,
    why: `the network is not as ordered: ${services.join(', ')}`,
    next: `$oss order show ${orderId}; the NOC sees it under $oss fallout list`,
  }),
  NO_VISIT: ({ orderId, stage }) => ({
    what: `${orderId} has no agreed visit`,
    why: `its stage is ${stage} (${stages.stage[stage]})`,
    next: `$oss schedule assign ${orderId}`,
  }),
  OCCURRED_AT_RANGE: ({ at, earliest }) => ({
    what: `${at} cannot be when it happened`,
    why: `--at may be ${earliest} at the earliest, for that is the day of the visit, and not in the future`,
    next: 'leave --at out when it is now',
  }),
  LATE_ENTRY: ({ orderId, at, hours }) => ({
    what: `what happened with ${orderId} at ${at} is entered more than ${hours} hours later`,
    why: 'with -y it is recorded, and marked as entered late',
    next: 'add -y when the time is right',
  }),
  NO_CURRENT_VISIT: ({ actor }) => ({
    what: `${actor} has no visit now`,
    next: 'name the order, or see $oss field today',
  }),
  OTHER_VISIT: ({ orderId, visit, current }) => ({
    what: `visit ${visit} of ${orderId} is not the one that is going on`,
    why: `its next or present visit is number ${current}`,
    next: `$oss field show ${orderId}`,
  }),
  OTHER_RESULT: ({ orderId, at, differs }) => ({
    what: `${orderId} is completed already, with another result`,
    why: `it was completed at ${at}${differs.length === 0 ? '' : `; different: ${differs.join(', ')}`}`,
    next: `if it was mistyped: $oss field correct ${orderId}`,
  }),
};
