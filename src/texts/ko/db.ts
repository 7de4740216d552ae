import { shellWord } from '../../core/values/shell-word.ts';
import type { Texts } from '../catalogue.ts';
import { ko } from './particles.ts';

const PROBLEMS: Readonly<Record<string, string>> = {
  gap: '앞의 이벤트가 없거나 순서가 바뀌었습니다',
  hash: '이 이벤트나 앞의 이벤트가 기록된 것과 다릅니다',
  data: '내용을 읽을 수 없습니다',
  'no-order': '내용에서 청약의 상태가 나오지 않습니다',
  'unknown-type': '알지 못하는 이벤트입니다',
  'unknown-schema': '더 새로운 프로그램이 기록했습니다',
  head: '주어진 끝점까지의 기록이 다릅니다',
  against: '다른 데이터베이스에는 여기에 다른 이벤트가 있습니다',
  unheard: '이벤트를 이어서 읽는 쪽에는 이 이벤트가 전달되지 않습니다',
  'schema-missing': '스키마의 일부가 없습니다',
  'schema-foreign': '스키마에 이 프로그램이 만들지 않은 것이 있습니다',
  'schema-changed': '스키마의 일부가 만들어진 것과 다릅니다',
  'audit-gap': '이 앞의 감사 기록이 없습니다',
  'audit-hash': '이 감사 기록이나 앞의 감사 기록이 기록된 것과 다릅니다',
  'audit-anchor': '정리되었다고 표시된 감사 기록이 아직 있습니다',
  'audit-signature': '삭제된 감사 기록의 표식이 이 키로 서명되지 않았습니다',
  'audit-head': '보관된 끝점까지의 감사 기록이 없거나 다릅니다',
  'head-signature': '주어진 끝점이 이 키로 서명되지 않았습니다',
  view: '조회용 기록이 이벤트와 다릅니다',
  'no-view': '조회용 기록이 없습니다',
  'stray-views': '조회용 기록에 이벤트가 없는 청약이 있습니다',
  'no-work': '할 일이 있는데 어떤 워커도 찾지 못합니다',
  'no-customer': '고객이 개인정보 보관소에 없습니다',
  'no-address': '주소가 개인정보 보관소에 없습니다',
  'no-text': '이벤트가 가리키는 글이 개인정보 보관소에 없습니다',
  'no-binding': '청약이 어느 연동 시스템의 것인지 알 수 없습니다',
};

/** The words of a problem that `oss db verify` found; what is behind a colon says which, and stays as it is. */
export const problemWords = (kind: string): string => {
  const [, code = kind, which = ''] = /^([a-z-]+)(: .*)$/s.exec(kind) ?? [];
  return Object.hasOwn(PROBLEMS, code) ? `${PROBLEMS[code]}${which}` : kind;
};

export const db = {
  database: '데이터베이스',
  size: '크기',
  logFile: 'WAL',
  orders: '청약',
  events: '이벤트',
  lastEvent: '마지막 이벤트',
  peers: '연동 시스템',
  schema: '스키마',
  unbound: '아직 없음: 처음 쓸 때 정해집니다',
  since: (at) => `${at}부터`,
  existed: '데이터베이스가 이미 있습니다',
  boundAlready: '이미 이 대상에 연결되어 있습니다',
  backedUp: (file) => `${file}에 복사했습니다`,
  confirmRestore: ({ file, path, orders, events }) =>
    ko`${path}을(를) ${file}(청약 ${orders}건, 이벤트 ${events}건)(으)로 바꿀까요? 그 이후의 내용은 사라집니다.`,
  restored: ({ orders, events, openOrders }) =>
    `복원됨: 청약 ${orders}건, 이벤트 ${events}건` +
    (openOrders === 0 ? '' : `; 진행 중인 청약 ${openOrders}건은 장비부터 조회합니다`),
  whole: '온전함: 이벤트와 감사 기록이 기록된 그대로이고, 스키마와 조회용 기록도 맞습니다',
  problems: (count) => `손상됨: 문제 ${count}건`,
  head: '끝점',
  keepHead: '끝점을 다른 곳에 보관하세요: 나중에 잘려 나간 끝도 찾을 수 있습니다',
  carriedOver: ({ erasedAgain, auditKept }) =>
    `백업 이후의 감사 기록 ${auditKept}건을 이어받았고, 그 뒤에 삭제된 고객 ${erasedAgain}명을 다시 삭제했습니다`,
  notCarriedOver:
    '바꾸기 전 데이터베이스를 읽을 수 없어, 백업 이후에 삭제된 고객이 다시 나타나고 그 뒤의 감사 기록은 없습니다: 별도 기록을 보고 다시 삭제하세요',
  confirmCopy: ({ from, to }) =>
    ko`${from}을(를) 봉인하고 ${to}(으)로 옮길까요? 그동안에도, 그 뒤에도 아무도 여기에 쓸 수 없습니다.`,
  copied: ({ from, to, orders, events }) =>
    ko`${to}(으)로 옮겼습니다: 청약 ${orders ?? 0}건, 이벤트 ${events ?? 0}건. ${from}은(는) 완전히 봉인되었습니다`,
  unsealed: ({ from }) => `${from}에 전처럼 쓸 수 있습니다`,
  nowUse: (to) => ko`이 청약을 다루는 모든 컴퓨터에서 db를 바꾸세요: oss config set db ${shellWord(to)}`,
  setAside: (path) => ko`손상된 데이터베이스는 ${path}(으)로 보관했습니다`,
  whyReconcile: '백업 이후의 것이 장비에 남아 있을 수 있습니다',
  rebuilding: (orders) => `청약 ${orders}건 재구성`,
  rebuilt: ({ orders, events, changed, ms, finished }) =>
    `${finished ? '' : '중단됨: '}이벤트 ${events}건으로 청약 ${orders}건을 ${(ms / 1000).toFixed(1)}초 만에 재구성했습니다; ` +
    (changed === 0 ? '모두 기록과 같았습니다' : `${changed}건이 기록과 달랐습니다`),
  verdict: '기록',
  problem: problemWords,
  next: {
    restore:
      '이 프로그램 밖에서 기록이 바뀌었습니다. 나중에 조사할 수 있도록 파일을 그대로 보관하고, 온전한 마지막 백업을 복원하세요(oss db restore)',
    schema:
      '누가 스키마를 바꾸었는지 확인하세요. 그동안에는 어떤 명령도 데이터베이스를 열지 않습니다. 백업을 복원하면 바로잡히고 감사 기록은 남습니다(oss db restore)',
    audit:
      '이 프로그램 밖에서 감사 기록이 바뀌었습니다. 파일을 증거로 보관하고, 서명된 끝점이나 백업과 비교하고(--head, --against), 개인정보 책임자에게 알리세요',
    rebuild: '"oss db rebuild"가 조회용 기록과 작업 목록을 이벤트에서 다시 만듭니다',
    vault: '개인정보 보관소에서 사라진 것은 백업에만 있습니다. 그 백업을 "oss db verify"로 확인하세요',
  },
  moreProblems: (count) => `그 밖에 ${count}건`,
  columns: { version: '버전', problem: '문제' },
} satisfies Texts['db'];
