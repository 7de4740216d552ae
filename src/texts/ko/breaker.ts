import type { Texts } from '../catalogue.ts';

export const breaker = {
  states: { closed: '닫힘(정상)', halfOpen: '시험 중', due: '열림, 시험 예정' },
  open: (until, by) => `열림(차단)${until === '' ? '' : ` ${until}까지`}${by === null ? '' : `, ${by}`}`,
  alreadyClosed: '이미 닫혀 있었습니다',
  sooner: '더 일찍 끝내려면',
  columns: { name: '차단기', state: '상태', failures: '실패', lastFailure: '마지막 실패', because: '이유' },
} satisfies Texts['breaker'];
