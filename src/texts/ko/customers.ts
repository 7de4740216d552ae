import type { Texts } from '../catalogue.ts';

export const customers = {
  name: '이름',
  phone: '전화',
  erased: (at) => `${at}에 삭제됨`,
  noOrders: '청약 없음',
  confirmErase: (id, name, orders) => `${id} (${name}, 청약 ${orders}건)의 개인정보를 영구히 지울까요?`,
  erasedAlready: '이미 삭제되었습니다',
  backups: '이전에 만든 백업에는 아직 남아 있습니다',
  columns: { stage: '상태', placed: '접수', address: '주소' },
} satisfies Texts['customers'];
