import type { Texts } from '../catalogue.ts';

const UNITS = { second: '초', minute: '분', hour: '시간', day: '일' } as const;

export const common: Texts['common'] = {
  error: '오류',
  why: '이유',
  next: '다음',
  warning: '주의',
  note: '참고',
  none: '없음',
  yes: '예',
  no: '아니요',
  empty: '해당 항목이 없습니다',
  noIds: '표준 입력에 청약 번호가 없습니다: 할 일이 없습니다',
  simulated: '모의',
  dryRun: '미리보기: 아무것도 바뀌지 않았습니다',
  declined: '아무것도 바뀌지 않았습니다',
  interrupted: '중단됨; 접수된 것은 그대로 남아 있습니다',
  stopping: '멈추는 중; 바로 끝내려면 Ctrl-C를 한 번 더 누르세요',
  bug: 'oss의 버그입니다',
  bugNext: '--debug를 붙여 다시 실행하고 출력된 내용을 알려 주세요',
  diskFull: (cause) => `출력을 쓸 수 없습니다: ${cause}`,
  kept: '변경은 저장되었습니다; 그 뒤의 일만 하거나 보여 주지 못했습니다',
  keptNext: '확인: $oss status; 나머지는 워커가 이어서 합니다',
  more: (shown) => `${shown}건 표시, 더 있습니다: --all 또는 --limit N`,
  retryIn: (ms) => `${Math.max(1, Math.ceil(ms / 1000))}초 후에 다시 시도하세요`,
  relative: ({ unit, n }) => {
    if (n === 0) return '지금';
    return n > 0 ? `${n}${UNITS[unit]} 후` : `${-n}${UNITS[unit]} 전`;
  },
  someFailed: (failed, all) => `${all}건 중 ${failed}건 실패`,
  resultStatus: { done: '완료', already: '이미 처리됨', held: '보류', failed: '실패' },
  columns: {
    order: '청약',
    status: '상태',
    code: '코드',
    message: '내용',
    key: '항목',
    value: '값',
    origin: '출처',
    meaning: '뜻',
  },
};
