import type { FoundValues } from '../../core/codes/found.ts';
import type { CodedWords } from '../coded.ts';
import { causeWords } from './causes.ts';
import { ko } from './particles.ts';

/** What the NE says instead of what a person said is done. */
export const found: CodedWords<FoundValues> = {
  OTHER_KEY: ({ neId, key }) => ko`${neId}은(는) ${key}입니다`,
  STILL_ACTIVE: ({ neIds }) => ko`${neIds.join(', ')}이(가) 아직 켜져 있습니다`,
  TERMINATED: ({ neId }) => ko`${neId}은(는) 종료되어 있습니다`,
  NOT_KNOWN: ({ neId }) => ko`${neId}을(를) 알지 못합니다`,
  SEVERAL: ({ neId }) => `${neId}에 서비스가 여럿입니다`,
  UNREADABLE: ({ cause }) => `ID로 읽을 수 없습니다: ${causeWords(cause)}`,
  OTHERS_ACTIVE: ({ neIds }) => ko`${neIds.join(', ')}이(가) 같은 키로 켜져 있습니다; 먼저 종료하세요`,
  REQUESTED_ELSEWHERE: ({ asked, here }) => `${asked}에 요청했는데 여기는 ${here}입니다`,
};
