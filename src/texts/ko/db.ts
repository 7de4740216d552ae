import type { Texts } from '../catalogue.ts';

const PROBLEMS: Readonly<Record<string, string>> = {
  gap: '앞의 이벤트가 없거나 순서가 바뀌었습니다',
  hash: '이 이벤트나 앞의 이벤트가 기록된 것과 다릅니다',
  data: '내용을 읽을 수 없습니다',
  'no-order': '내용에서 청약의 상태가 나오지 않습니다',
  'unknown-type': '알지 못하는 이벤트입니다',
  'unknown-schema': '더 새로운 프로그램이 기록했습니다',
  head: '주어진 끝(head)까지의 기록이 다릅니다',
  against: '다른 데이터베이스에는 여기에 다른 이벤트가 있습니다',
};

/** The words of a problem that `oss db verify` found; a code that is not known stays as it is. */
export const problemWords = (kind: string): string => PROBLEMS[kind] ?? kind;

export const db = {
  file: '파일',
  size: '크기',
  logFile: 'WAL',
  orders: '청약',
  events: '이벤트',
  lastEvent: '마지막 이벤트',
  peers: '연결 대상',
  schema: '스키마',
  unbound: '아직 없음: 처음 쓸 때 정해집니다',
  since: (at) => `${at}부터`,
  existed: '데이터베이스가 이미 있습니다',
  boundAlready: '이미 이 대상에 연결되어 있습니다',
  backedUp: (file) => `${file}에 복사했습니다`,
  confirmRestore: ({ file, path, orders, events }) =>
    `${path}을(를) ${file}(청약 ${orders}건, 이벤트 ${events}건)(으)로 바꿀까요? 그 이후의 내용은 사라집니다.`,
  restored: ({ orders, events, openOrders }) =>
    `복원됨: 청약 ${orders}건, 이벤트 ${events}건` +
    (openOrders === 0 ? '' : `; 진행 중인 청약 ${openOrders}건은 장비부터 조회합니다`),
  whole: '온전함: 모든 이벤트가 기록된 그대로입니다',
  problems: (count) => `손상됨: 문제 ${count}건`,
  head: '끝(head)',
  keepHead: '끝(head)을 다른 곳에 보관하세요: 나중에 잘려 나간 끝도 찾을 수 있습니다',
  carriedOver: ({ erasedAgain, auditKept }) =>
    `백업 이후의 감사 기록 ${auditKept}건을 이어받았고, 그 뒤에 삭제된 고객 ${erasedAgain}명을 다시 삭제했습니다`,
  notCarriedOver:
    '바꾸기 전 데이터베이스를 읽을 수 없어, 백업 이후에 삭제된 고객이 다시 나타나고 그 뒤의 감사 기록은 없습니다: 별도 기록을 보고 다시 삭제하세요',
  setAside: (path) => `손상된 데이터베이스는 ${path}(으)로 보관했습니다`,
  whyReconcile: '백업 이후의 것이 장비에 남아 있을 수 있습니다',
  rebuilding: (orders) => `청약 ${orders}건 재구성`,
  rebuilt: ({ orders, events, changed, ms, finished }) =>
    `${finished ? '' : '중단됨: '}이벤트 ${events}건에서 청약 ${orders}건을 ${(ms / 1000).toFixed(1)}초에 재구성; ` +
    (changed === 0 ? '모두 기록과 같았습니다' : `${changed}건이 기록과 달랐습니다`),
  verdict: '기록',
  problem: problemWords,
  moreProblems: (count) => `그 밖에 ${count}건`,
  columns: { version: '버전', problem: '문제' },
} satisfies Texts['db'];
