/** The rows of the help topics, by their English words. */
export const TOPICS: Readonly<Record<string, string>> = {
  NAME: '이름',
  OF: '구분',
  MEANING: '뜻',
  'exit code': '종료 코드',
  environment: '환경',
  format: '형식',
  rule: '규칙',
  schema: '스키마',
  stage: '상태',
  row: '행',
  op: '작업',

  'done, or already so': '완료, 또는 이미 되어 있음',
  'refused by a business rule or by a peer': '업무 규칙이나 연동 시스템이 거절함',
  'usage: bad or missing flag or value': '사용법: 옵션이나 값이 틀렸거나 없음',
  'not found': '찾을 수 없음',
  'conflict: illegal in this stage, slot taken, stale version, same key with other content':
    '충돌: 이 상태에서는 할 수 없음, 시간이 이미 참, 버전이 바뀜, 같은 키에 다른 내용',
  denied: '권한 없음',
  'you said no at a confirmation': '확인에서 아니요라고 답함',
  'some of many failed': '여럿 중 일부 실패',
  'accepted, not finished: a wait timed out, or the customer is not reached':
    '접수되었으나 끝나지 않음: 기다리는 시간이 지났거나 고객과 연락이 안 됨',
  'input file invalid, nothing was executed': '입력 파일에 오류가 있어 아무것도 실행하지 않음',
  'a bug in oss': 'oss의 버그',
  'try again later: breaker open, peer down or misconfigured, database busy':
    '나중에 다시: 차단기 열림, 연동 시스템이 내려갔거나 설정이 틀림, 데이터베이스 사용 중',
  'configuration, database or schema unusable': '설정이나 데이터베이스, 스키마를 쓸 수 없음',
  'interrupted by a hang-up; what was acknowledged is kept': '연결이 끊겨 중단됨; 접수된 것은 그대로 남음',
  'interrupted by Ctrl-C; what was acknowledged is kept': 'Ctrl-C로 중단됨; 접수된 것은 그대로 남음',
  'interrupted by SIGTERM; what was acknowledged is kept': 'SIGTERM으로 중단됨; 접수된 것은 그대로 남음',

  'folder of the configuration file, the database and the drafts':
    '설정 파일, 데이터베이스, 초안을 두는 폴더',
  'the configuration file, as --config': '설정 파일, --config와 같음',
  'no colour; FORCE_COLOR asks for it, --color wins over both':
    '색을 쓰지 않음; FORCE_COLOR는 쓰게 하고, --color가 둘보다 우선함',
  'the width to lay out for': '화면 너비',
  'set: never ask, as --no-input': '있으면 묻지 않음, --no-input과 같음',
  'the language of texts when none is set: Korean for ko, else English':
    '정하지 않았을 때의 언어: ko이면 한국어, 아니면 영어',

  'for people: tables, cards, times in the operator zone (the default)':
    '사람용: 표와 카드, 운영 시간대의 시각 (기본값)',
  'one JSON object with its schema; a list is {"schema":…,"items":[…],"nextCursor":…}':
    '스키마가 있는 JSON 객체 하나; 목록은 {"schema":…,"items":[…],"nextCursor":…}',
  'one JSON object a line': '한 줄에 JSON 객체 하나',
  'comma separated with a header; cells that a spreadsheet would run are neutralised':
    '머리글이 있는 쉼표 구분; 스프레드시트가 실행할 칸은 무해하게 바꿈',
  'ids only, one a line': '번호만 한 줄에 하나',
  'every command': '모든 명령',
  'every change': '모든 변경',
  'only these fields, by dotted name, in every format; services.key gives the key of every service':
    '점으로 이은 이름의 항목만, 모든 형식에서; services.key는 모든 서비스의 키',
  'data only; hints, notes, progress, prompts and errors go to stderr':
    '자료만 나옴; 안내, 참고, 진행, 질문, 오류는 표준 오류로 나옴',
  'of oss events alone: CloudEvents 1.0, one a line, as GET /events tells them':
    '"oss events"에서만: GET /events와 같은 CloudEvents 1.0, 한 줄에 하나',
  'csv, ndjson and id print everything unless it is given; a cut is said on stderr':
    'csv, ndjson, id는 이것이 없으면 모두 출력함; 자르면 표준 오류에 알림',
  'names and phones': '이름과 전화',
  'masked in lists; --show-pii shows them and is audited':
    '목록에서는 가림; --show-pii로 보이며 감사 기록에 남음',
  errors: '오류',
  'error: / why: / next: on stderr; with --json one {"error":{…}} object there':
    '표준 오류에 오류: / 이유: / 다음: 으로 나옴; --json이면 {"error":{…}} 객체 하나',

  file: '파일',
  'CSV (the header names the columns), NDJSON or YAML; one without rows needs the right header':
    'CSV(머리글이 열 이름), NDJSON, YAML; 행이 없어도 머리글은 맞아야 함',
  'as saved': '저장한 그대로',
  'by a spreadsheet: comma, semicolon or tab; UTF-8, UTF-16 or CP949; ="010…", 2.0 and wide digits mean what they show':
    '스프레드시트의 것: 쉼표, 쌍반점, 탭; UTF-8, UTF-16, CP949; ="010…", 2.0, 전각 숫자는 보이는 대로',
  'the command of a row; with --op for all rows': '행의 작업; --op로 모든 행에 정함',
  'name of the row: the same again is skipped, other content is a conflict':
    '행의 이름: 같은 것은 건너뛰고, 다른 내용이면 충돌',
  'an order by the key it was placed with, instead of its id': '번호 대신, 접수할 때 쓴 키로 지정한 청약',
  'key of a row that must be done before this one': '이 행보다 먼저 끝나야 하는 행의 키',
  'also records what happened in the field more than 24 hours ago': '24시간이 넘은 현장 결과도 기록함',
  'also runs the steps of the orders: a row about a visit then waits until its order is ready':
    '청약의 남은 단계까지 처리함: 방문에 관한 행은 청약이 준비될 때까지 기다림',
};
