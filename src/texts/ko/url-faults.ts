import type { UrlFaultValues } from '../../core/codes/url-fault.ts';
import type { CodedWords } from '../coded.ts';
import { ko } from './particles.ts';

export const urlFaults: CodedWords<UrlFaultValues> = {
  NOT_ABSOLUTE: () => '완전한 URL이 아닙니다',
  NOT_HTTP: ({ protocol }) => `"http:"나 "https:"로 시작해야 하는데 "${protocol}"입니다`,
  CREDENTIALS: ({ file, command }) =>
    ko`사용자 이름이나 비밀번호를 담을 수 없습니다; ${file}(이)나 ${command}을(를) 쓰세요`,
  QUERY: () => '?나 #을 쓸 수 없습니다',
  NOT_HTTPS: ({ lifts }) => ko`다른 컴퓨터에는 https를 써야 합니다(${lifts}(으)로 풀 수 있습니다)`,
  ONE_OF_BOTH: ({ set, missing }) =>
    ko`${set}만 있고 ${missing}이(가) 없습니다; 둘 다 정하거나 둘 다 비우세요`,
};
