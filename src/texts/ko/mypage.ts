import type { Texts } from '../catalogue.ts';

export const mypage: Texts['mypage'] = {
  fourDigits: '전화번호 끝 네 자리(예: 5678)',
  none: '이 전화번호로 접수된 청약이 없습니다',
  weCome: (when) => `${when}에 방문합니다`,
  weArrive: (when) => `${when} 사이에 도착합니다`,
  late: '방문이 늦어지고 있습니다. 죄송합니다',
  delayed: (about) => `앞선 작업이 길어져 ${about}경 방문할 예정입니다. 죄송합니다`,
  columns: { order: '청약', state: '진행 상태', visit: '방문', lines: '회선', placed: '신청' },
  labels: { visit: '방문 예정', lines: '신청 내용', placed: '접수', since: '최근 변경' },
};
