/** What readers of files say is wrong with them, and the same in Korean; `$1` is the first thing that varies. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^has (\d+) cells, the header has (\d+)$/, '칸이 $1개인데 머리글은 $2개입니다'],
  [/^column (\d+) has no name$/, '$1번째 열에 이름이 없습니다'],
  [/^is named twice in the header$/, '머리글에 두 번 있습니다'],
  [/^is no name for a (?:column|value)$/, '쓸 수 없는 이름입니다'],
  [/^is there twice$/, '두 번 있습니다'],
  [/^it is empty$/, '비어 있습니다'],
  [/^is longer than (\d+) characters$/, '$1자보다 깁니다'],
  [
    /^is longer than (\d+) characters; is a quote not closed\?$/,
    '$1자보다 깁니다; 따옴표가 닫히지 않았나요?',
  ],
  [/^a quote in this row is never closed$/, '이 행의 따옴표가 닫히지 않았습니다'],
  [
    /^a quote must stand around a whole cell, and be doubled inside it$/,
    '따옴표는 칸 전체를 감싸고, 안에서는 두 번 써야 합니다',
  ],
  [/^it is not a text file$/, '텍스트 파일이 아닙니다'],
  [/^it is neither UTF-8 nor CP949 text from here on$/, '여기부터 UTF-8 도 CP949 도 아닙니다'],
  [/^it is not (\S+) text from here on$/, '여기부터 $1 텍스트가 아닙니다'],
  [/^it is a directory$/, '폴더입니다'],
  [/^it is not a regular file$/, '보통 파일이 아닙니다'],
  [/^it is not a file$/, '파일이 아닙니다'],
  [/^it is not an SQLite database$/, 'SQLite 데이터베이스가 아닙니다'],
  [/^another program made it$/, '다른 프로그램이 만들었습니다'],
  [/^its file system cannot keep a write-ahead log$/, '이 파일 시스템에는 WAL(선행 기록)을 둘 수 없습니다'],
  [/^it is larger than (\d+) KiB$/, '$1 KiB 보다 큽니다'],
  [/^it is not UTF-8 text$/, 'UTF-8 텍스트가 아닙니다'],
  [/^aliases are not allowed \(line (\d+)\)$/, '별칭(alias)은 쓸 수 없습니다($1행)'],
  [/^it must hold settings, such as "tz: Asia\/Seoul"$/, '"tz: Asia/Seoul" 같은 설정이 있어야 합니다'],
  [/^(\S+) is set twice \(line (\d+)\)$/, '$1 이(가) 두 번 있습니다($2행)'],
  [/^a key must be plain text$/, '키는 단순한 글자여야 합니다'],
  [/^it is not an absolute URL$/, '완전한 URL 이 아닙니다'],
  [/^it must begin with http: or https:, not (\S+)$/, '$1 이(가) 아니라 http: 나 https: 로 시작해야 합니다'],
  [
    /^it must not hold credentials; use (\S+) or (\S+)$/,
    '사용자 이름이나 비밀번호를 담을 수 없습니다; $1 이나 $2 을(를) 쓰세요',
  ],
  [/^it must not have a query or a fragment$/, '? 나 # 을 쓸 수 없습니다'],
  [
    /^https is required away from this machine \((\S+) lifts that\)$/,
    '다른 컴퓨터에는 https 를 써야 합니다($1 로 풀 수 있습니다)',
  ],
  [
    /^(\S+) is set and (\S+) is not; set both or neither$/,
    '$1 만 있고 $2 이(가) 없습니다; 둘 다 정하거나 둘 다 비우세요',
  ],
  [/^there is no such file$/, '그런 파일이 없습니다'],
  [/^it is the database$/, '데이터베이스 파일입니다'],
  [
    /^is no JSON object: unexpected text at column (\d+)$/,
    'JSON 객체가 아닙니다: $1번째 글자가 잘못되었습니다',
  ],
  [/^is no JSON object$/, 'JSON 객체가 아닙니다'],
  [/^must be a plain value, not an object$/, '객체가 아니라 단순한 값이어야 합니다'],
  [/^must be a list of texts and numbers$/, '글자와 숫자의 목록이어야 합니다'],
  [/^must be a plain value or a list of them$/, '단순한 값이나 그 목록이어야 합니다'],
  [/^is too large for YAML: use CSV or NDJSON$/, 'YAML 로는 너무 큽니다: CSV 나 NDJSON 을 쓰세요'],
  [/^it is nested too deeply$/, '너무 깊이 중첩되었습니다'],
  [/^must be a list of rows, each beginning with "- "$/, '"- " 로 시작하는 행의 목록이어야 합니다'],
  [/^each row must begin on a line of its own$/, '행마다 새 줄에서 시작해야 합니다'],
  [/^aliases are not allowed$/, '별칭(alias)은 쓸 수 없습니다'],
  [/^must be a row of "name: value"$/, '"이름: 값" 으로 된 행이어야 합니다'],
  [/^a name must be plain text$/, '이름은 단순한 글자여야 합니다'],
];

/** A reason in Korean; one that is not known stays as it is, with its facts. */
export const koreanReason = (reason: string): string => {
  const known = REASONS.find(([pattern]) => pattern.test(reason));
  return known === undefined ? reason : reason.replace(...known);
};
