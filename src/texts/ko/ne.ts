import type { PartialTexts } from '../catalogue.ts';

export const ne = {
  nothing: '장비에 살아 있는 서비스가 없습니다',
  nobody: '주인 없음',
  even: '장비와 기록이 일치합니다: 고아 서비스 0건',
  summary: ({ services, orders, foreign, appointments }) =>
    `장비의 서비스 ${services}건과 TM의 예약 ${appointments}건을 청약 ${orders}건과 비교했습니다${foreign === 0 ? '' : `; 다른 시스템의 서비스 ${foreign}건은 제외`}`,
  unclear: (count) => `의심되는 ${count}건은 조회되지 않아 판단하지 않습니다`,
  deskUnread: (why) => `TM의 예약은 비교하지 못했습니다: ${why}`,
  howToFix: (program) => `고칠 수 있는 것을 고치려면: ${program} ne reconcile --fix`,
  byHand: (program) =>
    `'사람이 확인' 항목: ${program} events <청약> 과 비교한 뒤, 아무도 원하지 않는 것은 장비나 TM 담당자에게 그 번호로 해지를 요청하세요`,
  kinds: {
    orphan: '고아',
    unrecorded: '미기록',
    duplicate: '중복',
    drift: '설정 다름',
    ghost: '유령',
    'late-call': '늦은 통화',
    'stray-appointment': '주인 없는 예약',
  },
  states: { open: '고칠 것', fixed: '고침', 'by-hand': '사람이 확인' },
  columns: {
    kind: '구분',
    service: '서비스',
    stage: '청약 상태',
    equipment: '장비',
    state: '처리',
    detail: '이유',
  },
} satisfies PartialTexts['ne'];
