import type { Texts } from '../catalogue.ts';
import { ko } from './particles.ts';

const steps = {
  ActivateService: '서비스 개통',
  CheckService: '요청 결과 조회',
  RevertService: '서비스 원복',
  LostService: '장비에서 사라진 서비스 확인',
  RequestScheduling: '방문 가능 시간 조회',
  ScheduleVisit: '작업자 찾기',
  CallCustomer: '고객 통화',
  CheckCall: '통화 결과 조회',
  CancelSchedule: '데스크 예약 취소',
  CloseAppointment: '데스크 예약 종료',
  LostAppointment: 'TM에서 사라진 예약 확인',
  FieldVisit: '실패한 방문',
} as const;

/** The words of the step of a hold. */
export const stepWords = (step: string): string =>
  Object.hasOwn(steps, step) ? steps[step as keyof typeof steps] : step;

export const fallout = {
  steps,
  columns: {
    order: '청약',
    step: '단계',
    service: '서비스',
    cause: '원인',
    since: '보류 시작',
    stage: '상태',
    area: '지역',
    priority: '우선순위',
    orders: '건수',
    oldest: '가장 오래된 것',
    examples: '예',
  },
  empty: '보류된 청약이 없습니다',
  explained: {
    NO_PORT:
      '이 주소에 쓸 수 있는 포트가 모두 찼습니다: 포트를 비우거나 늘린 뒤 다시 시도하거나 청약을 취소하세요',
    NO_FACILITY: '이 주소까지 들어온 선로가 없습니다: 선로를 놓은 뒤 다시 시도하거나 청약을 취소하세요',
    ONT_NOT_SEEN: '장비에서 ONT가 보이지 않습니다: 전원과 광케이블을 확인한 뒤 다시 시도하세요',
    ACTIVATION_FAILED: '장비가 개통하다 멈췄습니다: 장비의 기록을 확인한 뒤 다시 시도하세요',
    REVERT_FAILED: '장비가 원복하지 못했습니다: 장비의 기록을 확인하고 다시 시도하거나 장비에서 직접 끄세요',
    LOCKED: '장비에서 누군가 작업 중입니다: 작업이 끝난 뒤 다시 시도하세요',
  },
  notHeld: '이 청약은 보류 상태가 아닙니다',
  labels: {
    step: '단계',
    cause: '원인',
    means: '뜻',
    said: '받은 응답',
    since: '보류 시작',
    service: '서비스',
    name: '장비의 이름',
    wanted: '필요',
    proof: '장비 상태',
    neId: 'NE ID',
    duplicates: '중복',
    tries: '요청',
    peer: '요청한 곳',
    next: '할 일',
    work: '작업',
    peers: '연동',
  },
  times: (n) => `${n}회`,
  todo: {
    retry: (command) => `다시 시도: ${command}`,
    done: (command) => `수작업 완료: ${command}`,
    cancel: (command) => `취소: ${command}`,
    assign: (command) => `작업자 배정: ${command}`,
    waive: (command) => `아무도 확인할 수 없다면: ${command}`,
  },
  waived: (what) => `${what} 확인을 포기했습니다(미확인). 청약은 종료될 수 있습니다`,
  waivedBefore: '이미 확인을 포기한 것입니다. 바뀐 것이 없습니다',
  confirmWaive: (what, orderId) =>
    ko`${orderId}의 ${what}이(가) 꺼졌는지 아무도 알 수 없게 됩니다. 확인을 포기할까요?`,
  retried: '다시 시도합니다',
  wentOn: (stage) => `다시 시도했습니다: ${stage}`,
  heldAgain: (causes) => `다시 시도했지만 또 보류되었습니다: ${causes}`,
  retriedBefore: '이미 다시 시도하게 되어 있습니다',
  wouldRetry: '다시 시도하게 됩니다',
  done: (service) => `${service}: 수작업 완료, 장비에서 확인했습니다`,
  doneVisit: '방문의 보류를 풀었습니다',
  doneBefore: '이미 처리되었습니다. 바뀐 것은 없습니다',
  wouldCheck: (service, neId) => ko`NE에서 ${neId}을(를) 읽어 ${service}을(를) 확인한 뒤 기록하게 됩니다`,
  which: '어느 청약입니까? 청약 번호나 --cause, --step을 쓰세요',
  nothingMeant: '해당하는 보류가 없습니다',
} satisfies Texts['fallout'];
