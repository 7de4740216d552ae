/** What people call what they want to do, in whatever tool they come from. */
const VERBS: Readonly<Record<string, readonly string[]>> = {
  new: [
    'new',
    'create',
    'add',
    'make',
    'place',
    'register',
    'insert',
    '접수',
    '등록',
    '생성',
    '추가',
    '신규',
  ],
  show: ['show', 'get', 'view', 'describe', 'display', 'info', 'cat', '보기', '상세'],
  list: ['list', 'ls', 'dir', 'all', '목록'],
  find: ['find', 'search', 'lookup', 'grep', 'query', '조회', '검색', '찾기'],
  cancel: ['cancel', 'delete', 'remove', 'rm', 'del', 'destroy', 'drop', 'abort', '취소', '삭제', '해지'],
  amend: ['amend', 'update', 'edit', 'change', 'modify', 'set', 'patch', '변경', '수정'],
  complete: ['complete', 'close', 'finish', 'done', 'resolve', 'end', '완료', '종료'],
  retry: ['retry', 'reopen', 'redo', 'again', '재시도', '재처리'],
  assign: ['assign', 'schedule', 'book', '배정', '예약'],
  move: ['move', 'reschedule', '이동', '옮기기'],
  call: ['call', 'phone', 'dial', '전화', '통화'],
  return: ['return', 'reject', '반송'],
  start: ['start', 'begin', '시작'],
  status: ['status', 'state', 'stat', '상태', '현황'],
};

const NOUNS: Readonly<Record<string, readonly string[]>> = {
  order: ['order', 'orders', '청약', '주문'],
  field: ['field', 'visit', 'visits', '방문', '현장'],
  schedule: ['schedule', 'schedules', 'desk', '일정', '데스크'],
  technician: ['technician', 'technicians', 'tech', '작업자', '기사'],
  customer: ['customer', 'customers', '고객'],
  batch: ['batch', 'batches', '일괄'],
  fallout: ['fallout', 'hold', 'holds', '보류'],
  config: ['config', 'settings', 'setting', '설정'],
  area: ['area', 'areas', '지역'],
  breaker: ['breaker', 'breakers', '차단기'],
};

/** What a verb means where the noun has another word for it; '' is without a noun. */
const ELSEWHERE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '': {
    new: 'order new',
    show: 'order show',
    list: 'order list',
    find: 'find',
    cancel: 'order cancel',
    amend: 'order amend',
    complete: 'field complete',
    retry: 'fallout retry',
    assign: 'schedule assign',
    move: 'schedule move',
    call: 'schedule call',
    return: 'field return',
    start: 'field start',
    status: 'status',
  },
  order: {
    find: 'find',
    complete: 'field complete',
    retry: 'fallout retry',
    assign: 'schedule assign',
    status: 'status',
  },
  field: {
    list: 'field today',
    new: 'schedule assign',
    cancel: 'field return',
    amend: 'field correct',
    move: 'schedule move',
  },
  schedule: {
    new: 'schedule assign',
    show: 'schedule board',
    list: 'schedule queue',
    cancel: 'schedule unassign',
    amend: 'schedule move',
  },
  technician: { new: 'technician import', cancel: 'technician off', find: 'technician list' },
  customer: { cancel: 'customer erase', find: 'find', list: 'find', amend: 'order amend' },
  batch: { new: 'batch run', start: 'batch run' },
  fallout: { complete: 'fallout done', find: 'fallout list' },
  config: { show: 'config get', amend: 'config set' },
  area: { new: 'area import', show: 'area list' },
  breaker: { show: 'breaker list', complete: 'breaker close' },
};

const keyOf = (table: Readonly<Record<string, readonly string[]>>, word: string): string | null =>
  Object.entries(table).find(([, words]) => words.includes(word))?.[0] ?? null;

/**
 * The command that is meant by what was typed, by the meaning of its words and not by their letters: `create order`, `주문 취소`. null: the
 * words mean nothing here. Only what is among `paths` is meant.
 */
export const meantByWords = (typed: readonly string[], paths: readonly string[]): string | null => {
  const words = typed.slice(0, 2).map((word) => word.normalize('NFC').toLowerCase());
  for (const [one = '', other] of [words, [...words].reverse()]) {
    const noun = other === undefined ? '' : keyOf(NOUNS, one);
    const verb = keyOf(VERBS, other ?? one);
    if (noun === null || verb === null) continue;
    const path = ELSEWHERE[noun]?.[verb] ?? `${noun} ${verb}`;
    if (paths.includes(path)) return path;
  }
  // What follows the verb is no noun: an id, a flag's value.
  const [first = ''] = words;
  const verb = words.length === 2 && keyOf(NOUNS, first) === null ? keyOf(VERBS, first) : null;
  const path = verb === null ? undefined : ELSEWHERE['']?.[verb];
  return path !== undefined && paths.includes(path) ? path : null;
};
