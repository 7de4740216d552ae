import type { Texts } from '../catalogue.ts';

export const audit: Texts['audit'] = {
  columns: {
    at: '시각',
    actor: '누가',
    account: '계정',
    action: '무엇을',
    subject: '대상',
    shown: '열람 건수',
    from: '어디서',
    purpose: '목적',
    readings: '열람',
    orders: '청약',
    customers: '고객',
    unusual: '시간 외',
    bulk: '대량',
    denied: '거부',
    changes: '기타',
  },
  empty: '조건에 맞는 감사 기록이 없습니다',
  month: '2026-11과 같은 연월',
  nobody: (month) => `${month}에는 감사 기록이 없습니다`,
  confirmPrune: (before) =>
    `${before} 이전의 감사 기록을 영구히 삭제할까요? (권한 변경 기록은 3년 동안 남습니다)`,
  pruned: (rows, anchors) =>
    rows === 0
      ? '삭제할 만큼 오래된 감사 기록이 없습니다'
      : `감사 기록 ${rows}건을 삭제하고 서명된 표식 ${anchors}개를 남겼습니다`,
  verdict: '감사 기록',
  whole: '온전함: 모든 줄이 기록된 그대로입니다',
};
