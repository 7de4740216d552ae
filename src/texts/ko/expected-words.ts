const VALUE = String.raw`^(\S+)\[:probability\|:count\]\[@scope\], with `;
const LEFT_OUT = String.raw`; to leave the value out write (\S+)$`;

/** The value of a fault rule, alone and with the hint how to leave it out. */
const value = (english: string, korean: string): readonly (readonly [RegExp, string])[] => [
  [new RegExp(`${VALUE}${english}$`), `$1[:확률|:횟수][@범위], 값은 ${korean}`],
  [
    new RegExp(`${VALUE}${english}${LEFT_OUT}`),
    `$1[:확률|:횟수][@범위], 값은 ${korean}; 값을 빼려면 $2 라고 쓰세요`,
  ],
];

/**
 * What settings, fault rules and stored cursors expect, which is told in English where they are read, and the same in
 * Korean; `$1` is the first thing that varies.
 */
const EXPECTED: readonly (readonly [RegExp, string])[] = [
  [/^a whole number from (-?\d+) to (\d+)$/, '$1부터 $2까지의 정수'],
  [/^a whole number of milliseconds from (-?\d+) to (\d+)$/, '$1부터 $2까지의 정수(ms)'],
  [/^a whole number of minutes from (-?\d+) to (\d+)$/, '$1부터 $2까지의 정수(분)'],
  [/^a whole number of hours from (-?\d+) to (\d+)$/, '$1부터 $2까지의 정수(시간)'],
  [/^a whole number of days from (-?\d+) to (\d+)$/, '$1부터 $2까지의 정수(일)'],
  [/^a whole number of percent from (-?\d+) to (\d+)$/, '$1부터 $2까지의 정수(%)'],
  [/^true or false$/, 'true 또는 false'],
  [
    /^an http or https URL without user name, password, query or fragment$/,
    '사용자 이름, 비밀번호, ?, # 이 없는 http 나 https URL',
  ],
  [/^hours of a day such as (\S+)$/, '$1 같은 하루의 시간대'],
  [/^a time zone such as (\S+) or (\S+)$/, '$1, $2 같은 시간대'],
  [/^role:name with one of the roles (.+)$/, '역할:이름, 역할은 $1 중 하나'],
  [/^a moment with its offset, such as (\S+) or (\S+)$/, '$1, $2 같이 시차가 있는 시각'],
  [/^a path or a sqlite: URL$/, '경로나 sqlite: URL'],
  [/^a database file, but it is a directory$/, '데이터베이스 파일(폴더입니다)'],
  [/^a database file, but it is not a regular file$/, '데이터베이스 파일(보통 파일이 아닙니다)'],
  [/^names of areas, comma separated$/, '쉼표로 나눈 지역 이름'],
  [/^a command line$/, '명령줄'],
  [/^nothing, because (\S+) is set too$/, '없음($1 도 정해져 있습니다)'],
  [/^not less than (\S+)$/, '$1 이상'],
  [/^at most (\d+) days$/, '$1일 이하'],
  [/^a cursor of the page before$/, '앞 쪽에서 받은 cursor'],
  [/^what oss db verify printed$/, 'oss db verify 가 출력한 값'],
  [/^auto, or 1 to (\d+)$/, 'auto, 또는 1부터 $1까지의 정수'],
  [/^fields of (.+)$/, '다음 중의 필드: $1'],
  [/^a port of (\S+) that is free and may be used \((\S+)\)$/, '$1 의 비어 있고 쓸 수 있는 포트($2)'],
  [/^a fault: (.+)$/, '다음 중 하나의 장애: $1'],
  [
    /^(\S+)\[:probability\|:count\]\[@scope\], where a count is a whole number from 1 and a probability is 0\.2 or 20%, at most 1\.0$/,
    '$1[:확률|:횟수][@범위]; 횟수는 1 이상의 정수, 확률은 0.2 나 20%, 최대 1.0',
  ],
  [/^(\S+)\[:probability\|:count\]\[@scope\]$/, '$1[:확률|:횟수][@범위]'],
  ...value(String.raw`milliseconds \(whole\)`, '밀리초(정수)'),
  ...value(String.raw`seconds \(whole\), or retry-after: a few`, '초(정수), 또는 retry-after(몇 초)'),
  ...value('a code such as NO_PORT', 'NO_PORT 같은 코드'),
  ...value('a number of times, from 1', '1 이상의 횟수'),
  [
    /^(\S+)\[:probability\|:count\]\[@scope\], with an answer: (.+)$/,
    '$1[:확률|:횟수][@범위], 값은 다음 중 하나의 대답: $2',
  ],
  [
    /^answer=weight, comma separated, e\.g\. (\S+); answers: (.+)$/,
    '쉼표로 나눈 대답=비중, 예: $1; 대답: $2',
  ],
  [/^shares such as (\S+)$/, '$1 같은 비중'],
  [/^a file that only its owner can read$/, '소유자만 읽을 수 있는 파일'],
  [/^fault rules(.*), comma separated$/, '쉼표로 나눈 장애 규칙$1'],
  [
    /^a scope of ne or tm, a method, a path and a part of the key, each at most once$/,
    'ne 나 tm, 메서드, 경로, 키의 일부로 된 범위, 각각 한 번까지',
  ],
  [
    /^refuse\[:ms\]\[@ne\|@tm\]: a closed port is closed for every request$/,
    'refuse[:ms][@ne|@tm]: 닫힌 포트는 모든 요청에 닫혀 있습니다',
  ],
];

/** What is expected, in Korean; what is not known, or is Korean already, stays as it is. */
export const koreanExpected = (expected: string): string => {
  const known = EXPECTED.find(([pattern]) => pattern.test(expected));
  return known === undefined ? expected : expected.replace(...known);
};
