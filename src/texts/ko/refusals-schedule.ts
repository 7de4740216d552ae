import type { HardRule } from '../../core/codes/hard-rule.ts';
import { whyNoneText } from '../why-none.ts';
import type { RefusalTexts } from '../wording.ts';
import { ko } from './particles.ts';
import { schedule } from './schedule.ts';

const ruleText = (rule: HardRule): string => schedule.rules[rule];
const freeNext = (starts: readonly string[]): string => `그 뒤의 빈 시간: ${starts.join(', ')}`;

export const scheduleRefusals = {
  TECHNICIAN_NOT_FOUND: ({ technicianId }) => ({
    what: ko`작업자 ${technicianId}이(가) 없습니다`,
    next: '$oss technician list',
  }),
  SEVERAL_TECHNICIANS: ({ typed, technicianIds }) => ({
    what: ko`${typed}(이)라는 작업자가 여럿입니다`,
    next: `번호로 말해 주세요: ${technicianIds.join(', ')}`,
  }),
  NO_TECHNICIANS: () => ({
    what: '등록된 작업자가 없습니다',
    next: '$oss technician import data/samples/technicians.csv',
  }),
  NO_SLOT: ({ orderId, why, next = [] }) => ({
    what: `${orderId}에 맞는 작업자와 시간이 없습니다`,
    ...(why.length === 0 ? {} : { why: why.map((code) => whyNoneText(code, schedule.whyNone)).join(', ') }),
    next:
      next.length > 0
        ? freeNext(next)
        : `$oss schedule slots ${orderId}, 또는 직접: $oss schedule assign ${orderId} --technician 번호 --at 시각`,
  }),
  NOTHING_HELD: ({ orderId }) => ({
    what: `${orderId}에는 고객이 동의할 가배정이 없습니다`,
    next: `시간을 주세요: $oss schedule call ${orderId} --outcome AGREED --at 시각`,
  }),
  SLOT_TAKEN: ({ technicianId, at, next }) => ({
    what: ko`${technicianId}은(는) ${at}에 이미 일정이 있습니다`,
    why: '한 작업자의 방문과 가배정은 겹칠 수 없습니다',
    next: next.length === 0 ? '다른 시간이나 작업자를 고르세요' : freeNext(next),
  }),
  HARD_RULE: ({ orderId, technicianId, at, rules }) => ({
    what: ko`${orderId}에 ${technicianId}, ${at}은(는) 허용되지 않습니다: ${rules.map(ruleText).join(', ')}`,
    next: '다른 것을 고르거나 --force --reason "이유"를 붙이세요',
  }),
  REASON_REQUIRED: ({ flag }) => ({
    what: `${flag}에는 이유가 필요합니다`,
    next: '--reason "이유"를 붙이세요',
  }),
  AGREEMENT_REQUIRED: ({ orderId }) => ({
    what: `${orderId}의 시간을 바꾸려면 고객의 동의가 필요합니다`,
    next: '고객에게 물은 뒤 --agreed를 붙이세요',
  }),
  VISIT_AGREED: ({ orderId }) => ({
    what: `${orderId}의 방문은 고객과 확정되었습니다`,
    next: `$oss schedule move ${orderId} --at 시각 --agreed --code CUSTOMER_RESCHEDULE`,
  }),
  CALL_RUNNING: ({ orderId, callKey }) => ({
    what: `지금 ${orderId} 고객과 통화 중입니다`,
    why: `통화 ${callKey}의 결과가 아직 없습니다`,
    next: `$oss status ${orderId} --watch`,
  }),
  MOVE_RUNNING: ({ orderId }) => ({
    what: `지금 ${orderId}의 방문을 변경하는 중입니다`,
    next: `$oss status ${orderId} --watch`,
  }),
  OUTSIDE_WINDOW: ({ orderId, at, from, until }) => ({
    what: ko`${at}은(는) ${orderId} 고객에게 약속한 도착 시간을 벗어납니다`,
    why: `${from}부터 ${until} 사이에 도착하기로 했습니다`,
    next: `$oss schedule move ${orderId} --at 시각 --agreed --code CUSTOMER_RESCHEDULE`,
  }),
  TIME_PASSED: ({ at }) => ({ what: ko`${at}은(는) 지난 시간입니다`, next: '앞으로의 시간을 고르세요' }),
} satisfies Partial<RefusalTexts>;
