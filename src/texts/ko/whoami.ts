import type { Texts } from '../catalogue.ts';
import { ko } from './particles.ts';

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
  access: '계정',
  advice: (account) =>
    `${account}; 역할은 참고일 뿐입니다. access.roles가 없어 누구나 아무 역할이나 쓸 수 있습니다`,
  held: (account, grants) =>
    ko`${account}; 이 설정 파일의 access.roles에 따라 ${grants.join(', ')}(으)로 일할 수 있습니다`,
  database: '데이터베이스',
  peers: '연동 시스템',
  clock: '시계',
  moved: 'OSS_NOW로 변경됨',
} satisfies Texts['whoami'];
