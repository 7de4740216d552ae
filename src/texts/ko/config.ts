import type { Texts } from '../catalogue.ts';

export const config: Texts['config'] = {
  file: '설정 파일',
  database: '데이터베이스',
  noFile: '아직 없음',
  problem: '문제',
  valid: '설정이 올바릅니다',
  notRecorded: '아직 데이터베이스가 없어 이 변경은 감사 기록에 남지 않습니다',
  overruled: (origin) => `파일에 기록했지만 ${origin}의 값이 우선합니다`,
};
