import type { Texts } from '../catalogue.ts';
import { ko } from './particles.ts';

export const breaker = {
  states: { closed: '닫힘(정상)', halfOpen: '시험 중', due: '열림, 시험 예정' },
  open: (until, by) => `열림(차단)${until === '' ? '' : ` ${until}까지`}${by === null ? '' : `, ${by}`}`,
  waitsForPeer: (peer, until, because) =>
    ko`지금은 ${peer}에 요청하지 않습니다${because === '' ? '' : `: ${because}`}; ${until === null ? '곧 다시 시도합니다' : `${until}에 다시 시도합니다`}`,
  alreadyClosed: '이미 닫혀 있었습니다',
  sooner: '더 일찍 끝내려면',
  columns: { name: '차단기', state: '상태', failures: '실패', lastFailure: '마지막 실패', because: '이유' },
} satisfies Texts['breaker'];
