import type { Texts } from '../catalogue.ts';

export const access = {
  states: { valid: '유효', expired: '만료', revoked: '폐기' },
  columns: {
    id: '번호',
    token: '토큰',
    actor: '행위자',
    client: '호출자',
    state: '상태',
    clear: '개인정보 열람',
    expires: '만료일',
    used: '마지막 사용',
  },
  yes: '예',
  no: '아니요',
  none: '아직 만든 토큰이 없습니다',
  shownOnce: '토큰은 지금 한 번만 보여 줍니다. 그 프로그램만 읽을 수 있는 곳에 보관하세요',
  already: '전에 이미 폐기되었습니다',
} satisfies Texts['access'];
