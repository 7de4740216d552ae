import type { EvidenceFaultValues } from '../../core/codes/evidence-fault.ts';
import type { RevisitTo } from '../../core/rules/reason-codes.ts';
import type { Texts } from '../catalogue.ts';
import type { CodedWords } from '../coded.ts';
import { ko } from './particles.ts';

const GOES_TO: Readonly<Record<RevisitTo, string>> = {
  'tm-queue': 'TM 데스크에서 다시 일정을 잡습니다',
  held: '망 운용의 확인을 기다립니다',
  'customer-pending': '고객센터가 먼저 고객에게 연락합니다',
};

const faults: CodedWords<EvidenceFaultValues> = {
  ont: () => '--ont 일련번호가 없습니다',
  'ont-format': ({ serial }) => `--ont ${serial}: 영문·숫자 8~16자가 아닙니다`,
  rx: () => '--rx 광수신 레벨(dBm)이 없습니다',
  'rx-range': ({ dbm }) => `--rx ${dbm}: -27 ~ -8 dBm 범위가 아닙니다`,
  stb: ({ given, needed }) => `--stb 일련번호 수: ${given}/${needed}`,
  'stb-too-many': ({ given, needed }) => `--stb 일련번호가 TV 회선보다 많습니다: ${given}/${needed}`,
  'stb-format': ({ serial }) => `--stb ${serial}: 영문·숫자 4~24자가 아닙니다`,
  'stb-duplicate': ({ serial }) => `--stb ${serial}: 중복입니다`,
  signer: () => '--signed-by 서명자가 없습니다',
};

const EVIDENCE: Readonly<Record<string, string>> = {
  ontSerial: 'ONT 일련번호',
  rxPowerDbm: '광수신 레벨',
  stbSerials: 'STB 일련번호',
  signedBy: '서명자',
  note: '메모',
};

/** The words of a field of the result; one that a newer program wrote stays as it is. */
export const evidenceWords = (field: string): string => EVIDENCE[field] ?? field;

export const field = {
  faults,
  columns: {
    order: '청약',
    time: '시간',
    stage: '상태',
    customer: '고객',
    phone: '전화',
    address: '주소',
    lines: '회선',
    technician: '작업자',
  },
  noneOn: (date) => `${date} 방문이 없습니다`,
  expected: (slot, time) => `! ${slot}, ${time}경`,
  overdue: (time) => `! ${time}`,
  earlier: (when, words, code) => `${when}: ${words} (${code})`,
  confirmLate: (orderId, at) => `${orderId}: ${at}의 일이며 하루가 넘었습니다. 이대로 기록할까요?`,
  enteredLate: '하루가 지나 입력됨',
  overdueFoot: '! 지난 날짜의 방문인데 결과가 없습니다',
  none: '기다리는 방문이 없습니다',
  card: {
    visit: '방문',
    number: '방문 차수',
    customer: '고객',
    phone: '전화',
    address: '주소',
    lines: '회선',
    bring: '준비물',
    equipment: '장비',
    technician: '작업자',
    prefer: '희망 시간',
    started: '시작',
    notReady: '개통 미완료',
    notes: '메모',
    earlier: '이전 방문',
    result: '결과',
    stb: 'STB',
    returned: '반송',
    notDone: '미완료',
    next: '다음',
    undo: '원복',
    peers: '연동',
  },
  bring: (stb) => `ONT 1대${stb === 0 ? '' : `, STB ${stb}대`}`,
  prefer: { am: '오전', pm: '오후', evening: '저녁' },
  noVisit: '확정된 방문 없음',
  notAgreed: (when) => `${when} (고객 동의 전)`,
  undoProgress: (off, all) => `서비스 ${all}개 중 ${off}개`,
  started: (orderId) => `${orderId}: 현장 작업 시작`,
  completed: (orderId) => `${orderId}: 완료`,
  returning: (orderId) => `${orderId}: 반송 처리 중`,
  returned: (orderId) => `${orderId}: 반송 완료, 모두 원복되었습니다`,
  revisit: (orderId, to) => `${orderId}: 재방문 필요. ${GOES_TO[to]}`,
  revisitHeld: (orderId) => `${orderId}: 방문 횟수를 넘어 담당자가 결정합니다`,
  corrected: (orderId) => `${orderId}: 결과를 고쳤습니다`,
  dryRun: (sentence) => `${sentence} (미리보기)`,
  already: {
    start: '이미 시작되어 있습니다. 바뀐 것은 없습니다',
    complete: '이미 완료되어 있습니다. 바뀐 것은 없습니다',
    return: (code) => `이미 반송되어 있습니다(${code}). 바뀐 것은 없습니다`,
    revisit: '그 방문은 이미 그렇게 기록되어 있습니다. 바뀐 것은 없습니다',
    correct: '결과가 이미 그렇습니다. 바뀐 것은 없습니다',
  },
  takesCurrent: (order) => `${order}: 진행 중인 방문`,
  takesNext: (order) => `${order}: 다음 방문`,
  takesSame: (orderId) => `방금 ${orderId}에 같은 내용이 기록되었습니다. 다른 청약이면 청약 번호를 쓰세요`,
  which: '어느 방문입니까?',
  ask: {
    ont: 'ONT 일련번호',
    rx: '광수신 레벨 dBm (-27 ~ -8)',
    stb: (n) => `STB 일련번호 ${n}개, 쉼표로 구분`,
    signer: '서명자',
    returnCode: '설치할 수 없는 이유',
    revisitCode: '방문이 완료되지 않은 이유',
    text: '사유',
    rxMeant: (meant) => `-27 ~ -8이어야 합니다. ${meant}인가요?`,
    rxRange: '-27 ~ -8 사이의 수',
  },
  willSwitchOff: '다음 서비스가 원복됩니다:',
  switchOff: (service, neId) => `- ${service}, ${neId === null ? '결과 불명: 먼저 조회' : `NE ID ${neId}`}`,
  cancelVisit: (when, technicianId) => `${technicianId}의 ${when} 방문은 실패로 종료됩니다`,
  nothingToSwitchOff: '켜진 서비스가 없습니다',
  confirmReturn: (orderId, words, services) =>
    ko`${orderId}을(를) 반송할까요(${words})? 서비스 ${services}개가 원복되고 청약이 종료됩니다. 되돌릴 수 없습니다.`,
} satisfies Texts['field'];
