import type { Cause, CauseValues } from '../../core/codes/cause.ts';
import { type CodedWords, inWords } from '../coded.ts';
import { changes } from './changes.ts';
import { orders } from './orders.ts';

export const causeWords = (cause: Cause): string => inWords(causes, cause);
const told = (text: string): string => (text === '' ? '' : `: ${text}`);

const STEPS: Readonly<Record<string, string>> = changes.steps;
const HOLDS: Readonly<Record<string, string | undefined>> = orders.causes ?? {};

export const causes: CodedWords<CauseValues> = {
  AS_WRITTEN: ({ text }) => text,

  ABORTED: () => '보내기 전에 중단됨',
  ABORTED_WAITING: () => '응답을 기다리다 중단됨',
  NO_TIME_LEFT: () => '보낼 시간이 남지 않음',
  CONNECT_TIMEOUT: ({ ms }) => `${ms} ms 안에 연결되지 않음`,
  NO_CONNECTION: ({ ms }) => `${ms} ms 안에 연결이 없음`,
  NO_ANSWER: ({ ms }) => `${ms} ms 안에 완전한 응답이 없음`,
  CANNOT_CONNECT: ({ error }) => `연결할 수 없음: ${error}`,
  ANSWER_LOST: ({ error }) => `응답을 받지 못함: ${error}`,
  NO_TOKEN: ({ ms }) => `${ms} ms 안에 토큰을 얻지 못함`,
  TOKEN_UNFIT: () => '보낼 수 없는 토큰',
  TOKEN_UNREADABLE: () => '토큰을 읽을 수 없음',

  IN_FLIGHT: ({ places }) => `요청 ${places}건이 진행 중`,
  BREAKER_OPEN: ({ last }) => `차단기 열림${last === null ? '' : `: ${causeWords(last)}`}`,
  BREAKER_FORCED: ({ actor, reason }) => `${actor} 이(가) 차단기를 열었음: ${reason}`,
  BREAKER_HALF_OPEN: () => '차단기 반열림: 다른 요청이 시험 중',
  BREAKER_OPEN_HERE: () => '차단기 열림: 이 프로세스에서 실패가 이어짐',
  BREAKER_PROBED: () => '차단기: 다른 프로세스가 시험 중',
  BREAKER_OPENED: () => '보내기 전에 차단기가 열림',

  HTTP_STATUS: ({ status, told: text }) => `HTTP ${status}${told(text)}`,
  HTTP_BODY: ({ status, body }) => `HTTP ${status}: ${causeWords(body)}`,
  NO_MONITOR: () => 'HTTP 202 인데 모니터가 없음',
  REFUSED: ({ reason, told: text }) => `${reason} ${text}`.trimEnd(),
  LIST_ACCEPTED: () => '목록 요청에 202 로 응답함',
  MONITOR_UNREADABLE: ({ reason }) => `모니터를 읽을 수 없음: ${reason}`,
  MONITOR_BODY: ({ body }) => `모니터는 끝났지만 ${causeWords(body)}`,
  ANSWERED_STATE: ({ state }) => `장비가 응답한 상태: ${state}`,

  BODY_EMPTY: () => '본문이 비어 있음',
  BODY_ENCODED: ({ encoding }) => `본문이 인코딩되어 있음: ${encoding}`,
  BODY_TYPE: ({ type }) => `본문이 JSON 이 아님(${type === '' ? '종류 없음' : type})`,
  BODY_NOT_JSON: () => '본문이 올바른 JSON 이 아님',
  BODY_NOT_UTF8: () => '본문이 올바른 UTF-8 이 아님',
  BODY_TOO_DEEP: ({ most }) => `본문이 ${most}단계보다 깊이 중첩됨`,
  BODY_PROTO: () => '본문에 __proto__ 가 있음',
  NOT_A_SUCCESS: () => '성공 응답이 아님',
  NOT_A_LIST: () => '본문이 목록이 아님',
  NOT_A_SERVICE: () => '본문이 서비스가 아님',
  NOT_A_MONITOR: () => '본문이 모니터가 아님',
  NOT_AN_APPOINTMENT: () => '본문이 예약이 아님',
  NOT_A_SEARCH: () => '본문이 시간 조회 결과가 아님',
  OTHER_SERVICE: ({ key }) => `본문이 다른 서비스임: ${key}`,
  OTHER_ID: ({ id }) => `본문의 ID가 다름: ${id}`,
  OTHER_CALL: ({ callKey }) => `본문이 다른 통화임: ${callKey === '' ? 'externalId 없음' : callKey}`,
  OTHER_APPOINTMENT: ({ appointmentId }) => `본문이 다른 예약임: ${appointmentId}`,
  OTHER_SEARCH: () => '본문이 다른 청약의 시간 조회 결과임',
  STATE: ({ state }) => `상태가 ${state} 임`,
  STATUS: ({ status }) => `예약 상태가 ${status} 임`,
  TIME: ({ start }) => `예약 시간이 ${start} 임`,
  ELEMENT_NOT_SERVICE: () => '목록에 서비스가 아닌 항목이 있음',
  ELEMENT_NOT_APPOINTMENT: () => '목록에 예약이 아닌 항목이 있음',
  NAME_FILTER_IGNORED: () => '장비가 이름 조건을 무시함(설정 오류)',
  CALL_FILTER_IGNORED: () => '데스크가 externalId 조건을 무시함(설정 오류)',
  LIST_NOT_COMPLETE: ({ got, total }) => `목록이 완전하지 않음: ${total}건 중 ${got}건`,
  LIST_ENDS: ({ offset, total }) => `목록이 ${total < 0 ? '?' : total}건 중 ${offset}건에서 끝남`,
  SEARCH_NOT_DONE: ({ status }) => `시간 조회가 끝나지 않음: ${status === '' ? '?' : status}`,
  SEARCH_WITHOUT_SLOTS: () => '시간 조회 결과에 시간 목록이 없음',
  SLOTS_UNREADABLE: () => '읽을 수 있는 시간이 없음',

  NE_BUSY: () => '장비가 지금은 요청을 더 받지 않음',
  DESK_BUSY: () => '데스크가 지금은 요청을 더 받지 않음',
  PEER_BUSY: () => '상대 시스템이 지금은 요청을 더 받지 않음',
  NOT_ADMITTED: () => '요청이 허용되지 않음',
  NOT_FINISHED: () => '접수되었으나 끝나지 않음',
  MONITOR_RUNS: () => '모니터가 아직 진행 중',
  CALL_GOES_ON: () => '통화가 아직 진행 중',
  CALL_IN_DOUBT: () => '통화 결과를 알 수 없음',
  TOO_EARLY: () => '없다고 믿기에는 조회가 너무 이름',
  STILL_AT_NE: ({ key }) => `장비에 아직 ${key} 이(가) 있음`,
  STILL_AT_DESK: ({ appointmentId }) => `데스크에 아직 ${appointmentId} 이(가) 있음`,
  SEVERAL_SERVICES: ({ matches }) => `한 키에 서비스 ${matches}개`,
  SEVERAL_APPOINTMENTS: () => '데스크가 예약을 둘 이상 응답함',
  REQUESTED_ELSEWHERE: ({ asked, here }) => `요청한 곳은 ${asked}, 조회한 곳은 ${here}`,
  BOOKED_ELSEWHERE: ({ appointmentId, peer }) => `${appointmentId} 은(는) ${peer} 에 예약됨`,
  HELD: ({ hold }) => (HOLDS[hold] === undefined ? hold : `${HOLDS[hold]} (${hold})`),
  NO_PHONE: () => '전화번호 없음',
  LEASE_LOST: () => '보내는 동안 작업 권한(lease)을 잃음',
  NOT_POSSIBLE: ({ step }) => `${STEPS[step] ?? step}: 지금은 할 수 없음`,
};
