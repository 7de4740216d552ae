import type { FileFaultValues } from '../../core/codes/file-fault.ts';
import { weekdayName } from '../../core/time/weekday.ts';
import type { CodedWords } from '../coded.ts';
import { ko } from './particles.ts';

export const fileFaults: CodedWords<FileFaultValues> = {
  AS_TOLD: ({ text }) => text,

  NO_SUCH_FILE: () => '그런 파일이 없습니다',
  DIRECTORY: () => '폴더입니다',
  OTHER_OWNER: ({ uid }) => `다른 계정(번호 ${uid})의 파일입니다: 소유자를 바꾸세요(chown)`,
  OTHERS_WRITE: ({ mode }) => `다른 사람이 쓸 수 있습니다(권한 ${mode}): 쓰기 권한을 없애세요(chmod go-w)`,
  OTHERS_REPLACE: ({ folder, mode }) =>
    `누구나 ${folder}에서 바꿔 놓을 수 있습니다(권한 ${mode}): 쓰기 권한을 없애세요(chmod o-w)`,
  NOT_REGULAR: () => '보통 파일이 아닙니다',
  IS_DATABASE: () => '데이터베이스 파일입니다',
  EMPTY: () => '비어 있습니다',
  OTHER_FORMAT: ({ format, said }) => ko`${said}이(가) 아니라 ${format}입니다`,
  LARGER_THAN: ({ kib }) => `${kib} KiB보다 큽니다`,
  TOO_LARGE_FOR_YAML: () => 'YAML로는 너무 큽니다: CSV나 NDJSON을 쓰세요',
  NESTED_TOO_DEEPLY: () => '너무 깊이 중첩되었습니다',
  NOT_TEXT: () => '텍스트 파일이 아닙니다',
  NOT_UTF8: () => 'UTF-8 텍스트가 아닙니다',
  NOT_UTF8_NOR_CP949: () => '여기부터 UTF-8도 CP949도 아닙니다',
  NOT_IN_ENCODING: ({ encoding }) => `여기부터 ${encoding} 텍스트가 아닙니다`,

  NO_SETTINGS: () => '"tz: Asia/Seoul" 같은 설정이 있어야 합니다',
  ALIAS_AT: ({ line }) => `별칭은 쓸 수 없습니다(${line}행)`,
  SET_TWICE: ({ key, line }) => ko`${key}이(가) 두 번 있습니다(${line}행)`,
  KEY_NOT_TEXT: () => '키는 단순한 글자여야 합니다',

  NO_PASSWORD: () => '한 줄로 된 비밀번호가 들어 있지 않습니다',
  NO_TOKEN: () => '보이는 ASCII 글자로 된 토큰 하나가 들어 있지 않습니다',
  COMMAND_FAILED: ({ exit }) => `실패했습니다(종료 코드 ${exit})`,
  COMMAND_SILENT: ({ seconds }) => `실패했습니다(${seconds}초 안에 응답 없음)`,
  COMMAND_BROKEN: () => '실패했습니다(원인을 알 수 없음)',

  CELLS: ({ cells, columns }) => `칸이 ${cells}개인데 머리글은 ${columns}개입니다`,
  COLUMN_WITHOUT_NAME: ({ column }) => `${column}번째 열에 이름이 없습니다`,
  NO_COLUMN_NAME: () => '쓸 수 없는 이름입니다',
  COLUMN_TWICE: () => '머리글에 두 번 있습니다',
  ROW_TOO_LONG: ({ most }) => `${most}자보다 깁니다; 따옴표가 닫히지 않았나요?`,
  QUOTE_NOT_CLOSED: () => '이 행의 따옴표가 닫히지 않았습니다',
  QUOTE_WRONG: () => '따옴표는 칸 전체를 감싸고, 안에서는 두 번 써야 합니다',

  LINE_TOO_LONG: ({ most }) => `${most}자보다 깁니다`,
  NOT_JSON: () => 'JSON 객체가 아닙니다',
  NOT_JSON_FROM: ({ column }) => `JSON 객체가 아닙니다: ${column}번째 글자가 잘못되었습니다`,
  NO_VALUE_NAME: () => '쓸 수 없는 이름입니다',
  THERE_TWICE: () => '두 번 있습니다',
  IS_OBJECT: () => '객체가 아니라 단순한 값이어야 합니다',
  NOT_A_LIST_OF_TEXTS: () => '글자와 숫자의 목록이어야 합니다',
  NOT_PLAIN: () => '단순한 값이나 그 목록이어야 합니다',
  NOT_ROWS: () => '"- "로 시작하는 행의 목록이어야 합니다',
  ROW_NOT_ON_ITS_LINE: () => '행마다 새 줄에서 시작해야 합니다',
  NOT_A_ROW: () => '"이름: 값"으로 된 행이어야 합니다',
  NAME_NOT_TEXT: () => '이름은 단순한 글자여야 합니다',
  ALIAS: () => '별칭은 쓸 수 없습니다',

  NO_SUCH_COLUMN: ({ meant }) => `그런 열은 없습니다${meant === null ? '' : `; ${meant}인가요?`}`,
  MISSING: () => '값이 없습니다',
  SAME_AS: ({ line }) => `${line}행과 같습니다`,
  NOT_AN_ID: ({ text }) => `"${text}": 글자, 숫자와 . _ - 로 32자까지 쓰세요`,
  NOT_A_NAME: ({ text }) => `"${text}": 1~100자의 이름이 아닙니다`,
  NOT_A_PHONE: ({ text }) => `"${text}": 한국 전화번호가 아닙니다`,
  NOT_SKILLS: ({ text }) => `"${text}": internet, tv, internet|tv 중 하나가 아닙니다`,
  NOT_AREAS: ({ text }) => `"${text}": |로 나눈 지역 목록이 아닙니다`,
  NOT_DATES: ({ text }) => `"${text}": |로 나눈 날짜(YYYY-MM-DD) 목록이 아닙니다`,
  NOT_IN_RANGE: ({ text, min, max }) => `"${text}": ${min}부터 ${max}까지의 정수가 아닙니다`,
  NOT_TRUE_OR_FALSE: ({ text }) => `"${text}": true나 false가 아닙니다`,
  NOT_HOURS: ({ text }) => `"${text}": Mon-Sat 09:00-18:00 같은 모양이 아닙니다`,
  TOO_LONG: ({ most }) => `${most}자보다 깁니다`,
  DAY_TWICE: ({ weekday }) => ko`${weekdayName(weekday, 'ko')}이(가) 두 번 있습니다`,
  BASE_UNKNOWN: ({ text, meant }) =>
    `"${text}": 가져온 지역에 없습니다${meant === null ? '' : `; ${meant}인가요?`}`,
  BASE_AMBIGUOUS: ({ text, candidates }) =>
    `"${text}": ${candidates.join(', ')} 중 어느 곳인지 도시까지 적으세요`,

  NO_ROWS: () => '머리글 아래에 행이 없습니다',
  TOO_MANY_ROWS: ({ most }) => `행이 ${most}개보다 많습니다`,
  NOT_AN_AREA: ({ text }) => `"${text}": 1~50자의 지역 이름이 아닙니다`,
  NOT_LATITUDE: ({ text }) => `"${text}": -90~90도의 위도가 아닙니다`,
  NOT_LONGITUDE: ({ text }) => `"${text}": -180~180도의 경도가 아닙니다`,
  SWAPPED: ({ text }) => `"${text}": 위도일 수 없습니다. 위도와 경도가 뒤바뀐 듯합니다`,
  DISAGREES: ({ line }) => `${line}행과 값이 다릅니다`,
  HOLES: ({ areas }) => `${areas.join(', ')}까지의 시간이 없습니다`,
};
