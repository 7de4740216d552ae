import type { Texts } from '../catalogue.ts';

export const find = {
  by: {
    id: '청약 번호',
    customer: '고객 번호',
    phone: '전화번호',
    name: '이름',
    key: '키',
    equipment: '장비',
    serial: '일련번호',
    address: '주소',
  },
  columns: { by: '찾은 것' },
  nothing: '찾은 청약이 없습니다',
  more: (n) => `${n}건보다 더 있습니다: 조금 더 적거나 --limit을 쓰세요`,
  lookThrough: '목록에서 찾으려면',
} satisfies Texts['find'];
