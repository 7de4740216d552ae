import type { HardRule } from '../../core/codes/hard-rule.ts';
import { whyNoneText } from '../why-none.ts';
import type { RefusalTexts } from '../wording.ts';
import { schedule } from './schedule.ts';

const ruleText = (rule: HardRule): string => schedule.rules[rule];

const freeNext = (starts: readonly string[]): string => `free from then on: ${starts.join(', ')}`;

type Codes =
  | 'TECHNICIAN_NOT_FOUND'
  | 'SEVERAL_TECHNICIANS'
  | 'NO_TECHNICIANS'
  | 'NO_SLOT'
  | 'NOTHING_HELD'
  | 'SLOT_TAKEN'
  | 'HARD_RULE'
  | 'REASON_REQUIRED'
  | 'AGREEMENT_REQUIRED'
  | 'NOTHING_TO_UNASSIGN'
  | 'VISIT_AGREED'
  | 'CALL_RUNNING'
  | 'MOVE_RUNNING'
  | 'OUTSIDE_WINDOW'
  | 'TIME_PASSED';

export const scheduleRefusals: Pick<RefusalTexts, Codes> = {
  TECHNICIAN_NOT_FOUND: ({ technicianId }) => ({
    what: `there is no technician ${technicianId}`,
    next: '$oss technician list',
  }),
  SEVERAL_TECHNICIANS: ({ typed, technicianIds }) => ({
    what: `more than one technician is called ${typed}`,
    next: `say which: ${technicianIds.join(', ')}`,
  }),
  NO_TECHNICIANS: () => ({
    what: 'no technicians are known yet',
    next: '$oss technician import data/samples/technicians.csv',
  }),
  NO_SLOT: ({ orderId, why, next = [] }) => ({
    what: `no technician and time fits ${orderId}`,
    ...(why.length === 0 ? {} : { why: why.map((code) => whyNoneText(code, schedule.whyNone)).join(', ') }),
    next:
      next.length > 0
        ? freeNext(next)
        : `$oss schedule slots ${orderId}, or choose by hand: $oss schedule assign ${orderId} --technician ID --at TIME`,
  }),
  NOTHING_HELD: ({ orderId }) => ({
    what: `no visit is held for ${orderId} that the customer could agree to`,
    next: `say when: $oss schedule call ${orderId} --outcome AGREED --at TIME`,
  }),
  SLOT_TAKEN: ({ technicianId, at, next }) => ({
    what: `${technicianId} is taken at ${at}`,
    why: 'visits and holds of one technician never overlap',
    next: next.length === 0 ? 'choose another time or technician' : freeNext(next),
  }),
  HARD_RULE: ({ orderId, technicianId, at, rules }) => ({
    what: `${technicianId} at ${at} is not allowed for ${orderId}: ${rules.map(ruleText).join(', ')}`,
    next: 'choose another, or add --force --reason "why"',
  }),
  REASON_REQUIRED: ({ flag }) => ({ what: `${flag} needs a reason`, next: 'add --reason "why"' }),
  AGREEMENT_REQUIRED: ({ orderId }) => ({
    what: `another time for ${orderId} needs the customer's word`,
    next: 'ask the customer, then add --agreed',
  }),
  NOTHING_TO_UNASSIGN: ({ orderId }) => ({
    what: `${orderId} holds no technician's time`,
    next: `$oss order show ${orderId}`,
  }),
  VISIT_AGREED: ({ orderId }) => ({
    what: `the visit of ${orderId} is agreed with the customer`,
    next: `$oss schedule move ${orderId} --at TIME --agreed --code CUSTOMER_RESCHEDULE`,
  }),
  CALL_RUNNING: ({ orderId, callKey }) => ({
    what: `the customer of ${orderId} is being called right now`,
    why: `the call ${callKey} has no outcome yet`,
    next: `$oss status ${orderId} --watch`,
  }),
  MOVE_RUNNING: ({ orderId }) => ({
    what: `the visit of ${orderId} is being moved right now`,
    next: `$oss status ${orderId} --watch`,
  }),
  OUTSIDE_WINDOW: ({ orderId, at, from, until }) => ({
    what: `${at} does not keep what the customer of ${orderId} was promised`,
    why: `somebody is to arrive between ${from} and ${until}`,
    next: `$oss schedule move ${orderId} --at TIME --agreed --code CUSTOMER_RESCHEDULE`,
  }),
  TIME_PASSED: ({ at }) => ({ what: `${at} is in the past`, next: 'choose a time to come' }),
};
