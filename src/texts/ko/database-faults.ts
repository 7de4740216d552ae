import type { DatabaseFaultValues, StoredDocument } from '../../core/codes/database-fault.ts';
import type { CodedWords } from '../coded.ts';
import { problemWords } from './db.ts';
import { ko } from './particles.ts';

const DOCUMENTS: Readonly<Record<StoredDocument, (of: string) => string>> = {
  travel: (of) => `가져온 지역 자료(${of})`,
  technician: (of) => `작업자 ${of}의 기록`,
  binding: () => '연동 시스템의 기록',
  'audit-detail': (of) => `감사 기록 ${of}의 내용`,
  breaker: (of) => `차단기 ${of}의 기록`,
  view: (of) => `${of}의 조회용 기록`,
  finding: (of) => `${of}의 비교 결과`,
  comparison: () => '마지막 비교의 기록',
  'key-marks': () => '이름 표식의 기록',
  epochs: () => '기록 세대표',
};

const SCHEMA = {
  missing: (object: string) => ko`${object}이(가) 없습니다`,
  foreign: (object: string) => ko`${object}은(는) 이 프로그램이 만든 것이 아닙니다`,
  changed: (object: string) => ko`${object}이(가) 만들어진 것과 다릅니다`,
} as const;

export const databaseFaults: CodedWords<DatabaseFaultValues> = {
  AS_TOLD: ({ text }) => text,
  NO_PASSWORD: () => '비밀번호를 요구하는데 알고 있는 비밀번호가 없습니다',
  NO_SCHEMA: () => 'search_path의 스키마가 없거나 이 역할에 사용 권한이 없습니다',
  NOT_VERIFIED: () => '상대를 확인하지 않거나, 중간에서 누구나 엿볼 수 있습니다',
  NO_TLS: () => '서버가 TLS를 지원하지 않습니다',
  CERTIFICATE: ({ text }) => `인증서를 믿을 수 없습니다: ${text}`,
  NOT_A_FILE: () => '파일이 아닙니다',
  NOT_SQLITE: () => 'SQLite 데이터베이스가 아닙니다',
  OTHER_PROGRAM: () => '다른 프로그램이 만들었습니다',
  NO_WRITE_AHEAD_LOG: () => '이 파일 시스템에는 WAL(선행 기록)을 둘 수 없습니다',
  PROBLEMS: ({ problems, first, at }) =>
    `문제 ${problems}건, 첫 번째: ${at === null ? '' : `${at.orderId}의 ${at.version}번째 이벤트, `}${problemWords(first)}`,
  NOT_JSON: ({ document, of }) => `${DOCUMENTS[document](of)}: JSON이 아닙니다`,
  NOT_AN_OBJECT: ({ document, of }) => `${DOCUMENTS[document](of)}: 객체가 아닙니다`,
  BATCH_STATE: ({ batchId, state }) => `일괄 작업 ${batchId}의 상태: ${state}`,
  BATCH_ROW_STATE: ({ batchId, line, state }) => `일괄 작업 ${batchId} ${line}행의 상태: ${state}`,
  NO_SEQUENCE: ({ name }) => ko`일련번호 ${name}이(가) 없습니다`,
  NO_SECRET: () => '지문을 만드는 비밀 값이 없습니다',
  SCHEMA_OTHER: ({ kind, object, more }) =>
    `${SCHEMA[kind](object)}${more === 0 ? '' : ` (그 밖에 ${more}건)`}. "oss db verify"가 모두 알려 줍니다`,
  AUDIT_MUTED: () =>
    '감사 기록에 쓴 내용이 남지 않습니다. 이 프로그램의 것이 아닌 트리거가 막고 있을 수 있으니 "oss db verify"로 확인하세요',
};
