import type { Texts } from '../catalogue.ts';

export const whoami = {
  roles: {
    supervisor: '관리자: 모든 작업',
    cs: '고객센터: 청약 접수와 변경',
    dispatcher: '배차: 방문 계획',
    tm: 'TM: 고객 통화',
    technician: '작업자: 자신의 방문 보고',
    noc: '망 운용: 장비로 인한 보류 처리',
    batch: '일괄 처리',
    system: '프로그램',
  },
  role: '역할',
  database: '데이터베이스',
  peers: '연동 시스템',
  clock: '시계',
  moved: 'OSS_NOW로 변경됨',
} satisfies Texts['whoami'];
