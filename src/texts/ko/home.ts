import type { Texts } from '../catalogue.ts';

export const home = {
  heading: (role, name, now) => `${role} ${name}, ${now}. 찾거나 고르세요:`,
  nothingWaits: '(기다리는 일이 없습니다)',
  find: (text) => `"${text}" 찾기`,
  whatWith: (orderId) => `${orderId}, 무엇을 할까요?`,
  roles: {
    supervisor: '관리자',
    cs: '고객센터',
    dispatcher: '배차',
    tm: 'TM',
    technician: '작업자',
    noc: '망 운용',
    batch: '일괄 처리',
    system: '시스템',
  },
  waiting: {
    overdue: (n, more) => `결과가 없는 지난 방문 ${n}${more}건`,
    today: (n, more) => `오늘 내 방문 ${n}${more}건`,
    calls: (n, more) => `전화할 시간이 된 청약 ${n}${more}건`,
    plan: (n, more) => `방문을 배정할 청약 ${n}${more}건`,
    unreached: (n, more) => `먼저 연락해야 할 고객 ${n}${more}건`,
    held: (n, more) => `보류 ${n}${more}건`,
    late: (n, more) => `지연 ${n}${more}건`,
    doubt: (n, more) => `확인 중 ${n}${more}건`,
    open: (n, more) => `진행 중인 청약 ${n}${more}건`,
  },
} satisfies Texts['home'];
