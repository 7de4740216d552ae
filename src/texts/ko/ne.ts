import type { Texts } from '../catalogue.ts';

export const ne = {
  nothing: '장비에 살아 있는 서비스가 없습니다',
  progress: ({ services, orders }) => `장비의 서비스 ${services}건과 청약 ${orders}건 비교함`,
  nobody: '주인 없음',
  even: '장비와 기록이 일치합니다: 고아 서비스 0건',
  summary: ({ services, orders, foreign, appointments }) =>
    `장비의 서비스 ${services}건과 TM의 예약 ${appointments}건을 청약 ${orders}건과 비교했습니다${foreign === 0 ? '' : `; 다른 시스템의 서비스 ${foreign}건은 제외`}`,
  unclear: (count) => `의심되는 ${count}건은 조회되지 않아 판단하지 않습니다`,
  incomplete: (gaps) => `일부를 확인하지 못해 비교가 완전하지 않습니다: ${gaps}`,
  gaps: {
    'ne-list': '장비 목록을 끝까지 보지 못함',
    'desk-list': 'TM 목록을 끝까지 보지 못함',
    desk: 'TM을 읽지 못함',
    'look-ups': '조회에 응답이 없음',
    'too-many': '한 번에 확인하기에는 의심이 너무 많음',
    orders: '읽을 수 없는 청약이 있음',
    stopped: '중단됨',
  },
  tooMany: {
    reverts: (count, most) =>
      `서비스 ${count}건을 해지해야 하지만, 묻지 않고 해지하는 것은 ${most}건까지입니다. 이런 목록은 대개 잘못된 것입니다`,
    losses: (count, most) =>
      `진행 중인 청약의 서비스 ${count}건이 장비에 보이지 않지만, 묻지 않고 믿는 것은 ${most}건까지입니다`,
  },
  reallySo: '정말 네트워크가 이런 상태입니까?',
  heldBack: (program) =>
    `'확인 대기' 항목은 한 번에 바꾸기에 너무 많습니다. 먼저 장비를 확인하고, 사실이라면: ${program} ne reconcile --fix -y`,
  nothingKept: '사람이 처리할 것이 없습니다',
  neverCompared: (program) => `아직 비교한 적이 없습니다. 지금 비교: ${program} ne reconcile`,
  comparedAt: (at) => `${at}에 비교했습니다`,
  begunAt: (at) => `${at}에 시작한 비교가 끝나지 않았습니다`,
  failedAt: (at, why) => `${at}에 비교하지 못했습니다: ${why}`,
  partlyAt: (at, gaps) => `${at}에 비교했으나 완전하지 않습니다: ${gaps}`,
  deskUnread: (why) => `TM의 예약은 비교하지 못했습니다: ${why}`,
  howToFix: (program) => `고칠 수 있는 것을 고치려면: ${program} ne reconcile --fix`,
  byHand: (program) =>
    `'사람이 확인' 항목: ${program} events <청약>과 비교한 뒤, 아무도 원하지 않는 것은 장비나 TM 담당자에게 그 번호로 해지를 요청하세요`,
  kinds: {
    orphan: '고아',
    unrecorded: '미기록',
    duplicate: '중복',
    drift: '설정 다름',
    ghost: '유령',
    'late-call': '늦은 통화',
    'stray-appointment': '주인 없는 예약',
    'moved-by-desk': 'TM이 옮긴 방문',
    'cancelled-by-desk': 'TM이 취소한 방문',
    'lost-appointment': '사라진 예약',
  },
  states: { open: '고칠 것', fixed: '고침', 'by-hand': '사람이 확인', 'held-back': '확인 대기' },
  columns: {
    kind: '구분',
    service: '서비스',
    stage: '청약 상태',
    equipment: '장비',
    state: '처리',
    detail: '이유',
  },
} satisfies Texts['ne'];
