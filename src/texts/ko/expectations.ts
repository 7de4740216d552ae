import type { ExpectedValues, FaultValue, Unit } from '../../core/codes/expected.ts';
import { type CodedWords, inWords } from '../coded.ts';
import { fileFaults } from './file-faults.ts';

const UNITS: Readonly<Record<Unit, string>> = {
  none: '',
  milliseconds: '(ms)',
  minutes: '(분)',
  hours: '(시간)',
  days: '(일)',
  percent: '(%)',
};

const VALUES: Readonly<Record<FaultValue, string>> = {
  ms: '밀리초(정수)',
  seconds: '초(정수), 또는 retry-after(몇 초)',
  code: 'NO_PORT 같은 코드',
  times: '1 이상의 횟수',
};

/** The form of a rule comes in English words from where it is read. */
const inKorean = (form: string): string =>
  form.replace('[:probability|:count][@scope]', '[:확률|:횟수][@범위]');

const leftOut = (without: string | null): string =>
  without === null ? '' : `; 값을 빼려면 ${without}(이)라고 쓰세요`;

export const expectations: CodedWords<ExpectedValues> = {
  IN_WORDS: ({ text }) => text,

  DECIMAL: ({ min, max }) => `${min}부터 ${max}까지의 수(소수점 아래 두 자리까지)`,
  WHOLE_NUMBER: ({ min, max, unit }) => `${min}부터 ${max}까지의 정수${UNITS[unit]}`,
  TRUE_OR_FALSE: () => 'true 또는 false',
  ONE_OF: ({ choices }) => choices.join(' 또는 '),
  AREAS: () => '쉼표로 나눈 지역 이름',
  FAULT_RULES: () => '쉼표로 나눈 장애 규칙',
  HTTP_URL: () => '사용자 이름, 비밀번호, ?, #이 없는 http나 https URL',
  DAY_HOURS: () => '09:00-20:00 같은 하루의 시간대',
  LISTEN_ADDRESS: () => '127.0.0.1:8080, [::1]:8080 같은 호스트:포트; 포트 0은 비어 있는 것',
  NETWORKS: () => '10.0.0.5,192.168.0.0/16 같은 주소나 네트워크, 쉼표로 나눔',
  ZONE: () => 'Asia/Seoul, UTC 같은 시간대',
  ACTOR: ({ roles }) => `역할:이름, 역할은 ${roles.join(', ')} 중 하나`,
  ACCOUNT_RULES: ({ roles }) =>
    `쉼표로 나눈 계정=역할|역할 또는 @그룹=역할; 역할은 ${roles.join(', ')} 중 하나 또는 technician:ID`,
  IN_FILE_ONLY: () => '없음(설정 파일에 쓴 값만 인정됩니다)',
  REQUIRED: () => '반드시 있어야 하는 값',
  NOT_SETTABLE: () => '비워 둔 값(요청에서 정할 수 없는 항목)',
  NO_SUCH_FIELD: ({ fields }) => `다음 중 하나(그 밖의 항목은 없음): ${fields.join(', ')}`,
  TEXT: ({ most }) => `${most}자 이하의 글`,
  WELL_FORMED: () => '깨지지 않은 글자로 된 글',
  LIST: () => '하나 이상이 들어 있는 목록',
  OBJECT: () => '객체(여러 항목의 묶음)',
  ALL_THE_SAME: () => '모든 품목에서 같은 값(청약에는 하나뿐임)',
  ONCE: () => '겹치지 않는 값',
  NOT_LATER: () => '지금보다 늦지 않은 시각',
  MOMENT: () => '2026-11-24T09:00:00+09:00, 2026-11-24T00:00:00Z 같이 시차가 있는 시각',
  PATH: () => '경로, sqlite: URL 또는 postgres://사용자@호스트:포트/데이터베이스',
  SERVER_URL: () =>
    'postgres://사용자@호스트:포트/데이터베이스. ? 뒤에는 host, options, sslmode(verify-full, require, disable), sslrootcert, sslcert, sslkey, listen(on, off)만 쓸 수 있습니다',
  SHARES: () => 'agreed=7,no-answer=2,busy=1 같은 비중',
  PRIVATE_FILE: () => '소유자만 읽을 수 있는 파일',
  COMMAND_LINE: () => '명령줄',
  DATABASE_FILE: ({ fault }) => `데이터베이스 파일(${inWords(fileFaults, fault)})`,
  NOT_LESS_THAN: ({ key }) => `${key} 이상`,
  NOT_MORE_THAN: ({ key }) => `${key} 이하`,
  NOTHING_BESIDE: ({ key }) => `없음(${key}도 정해져 있습니다)`,

  AT_MOST_DAYS: ({ days }) => `${days}일 이하`,
  FIELDS: ({ fields }) => `다음 중의 필드: ${fields.join(', ')}`,
  JOBS: ({ most }) => `auto, 또는 1부터 ${most}까지의 정수`,
  CURSOR: () => '앞 결과가 알려 준 nextCursor',
  FEED_CURSOR: () => '이 데이터베이스의 이벤트가 알려 준 nextCursor(예: 1:42, 처음부터는 0)',
  ED25519_KEY: ({ which }) => `Ed25519 ${which === 'private' ? '개인 키' : '공개 키'}가 든 PEM 파일`,
  HEAD: () => '"oss db verify"가 출력한 값',
  FREE_PORT: ({ host, error }) => `${host}의 비어 있고 쓸 수 있는 포트(${error})`,

  FAULT: ({ faults }) => `다음 중 하나의 장애: ${faults.join(', ')}`,
  FAULT_FORM: ({ form }) => inKorean(form),
  FAULT_VALUE: ({ form, value, without }) => `${inKorean(form)}, 값은 ${VALUES[value]}${leftOut(without)}`,
  FAULT_ANSWER: ({ form, answers, without }) =>
    `${inKorean(form)}, 값은 다음 중 하나의 대답: ${answers.join(', ')}${leftOut(without)}`,
  FAULT_FREQUENCY: ({ form }) => `${inKorean(form)}; 횟수는 1 이상의 정수, 확률은 0.2나 20%, 최대 1.0`,
  FAULT_CLOSED: ({ form }) => `${form}: 닫힌 포트는 모든 요청에 닫혀 있습니다`,
  FAULT_SCOPE: () => 'ne나 tm, 메서드, 경로, 키의 일부로 된 범위, 각각 한 번까지',
  ANSWERS: ({ answers }) =>
    `쉼표로 나눈 대답=비중, 예: agreed=70,no-answer=20,busy=10; 대답: ${answers.join(', ')}`,
};
