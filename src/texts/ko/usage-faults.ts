import type { NeedValues, UsageFaultValues } from '../../core/codes/usage-fault.ts';
import type { CodedWords } from '../coded.ts';
import { PLACEHOLDERS } from './help/placeholders.ts';
import { ko } from './particles.ts';

const meantText = (meant: string | null): string =>
  meant === null ? '' : ko`. "${meant}"을(를) 찾으셨나요?`;

export const usageFaults: CodedWords<UsageFaultValues> = {
  LINE: ({ told }) => told,
  NO_COMMAND: ({ words, meant }) => `"${words}" 명령은 없습니다${meantText(meant)}`,
  NO_HELP: ({ words, meant }) => `"${words}"에 대한 도움말은 없습니다${meantText(meant)}`,
  UNKNOWN_OPTION: ({ option, meant }) => `알 수 없는 옵션입니다: "${option}"${meantText(meant)}`,
  VALUE_MISSING: ({ flag }) => `${flag}에는 값이 필요합니다`,
  NEEDS_VALUE: ({ flag, found }) => ko`${flag}에는 값이 필요한데 ${found}은(는) 값이 아닙니다`,
  TOO_MANY_ARGUMENTS: ({ command, extra }) => `"${command}"에 인자가 너무 많습니다: ${extra}`,
  NOT_TOGETHER: ({ flags: [one, other] }) => ko`${one}와(과) ${other}은(는) 함께 쓸 수 없습니다`,
  GOES_WITH: ({ flag, partner }) => ko`${flag}은(는) ${partner}와(과) 함께 씁니다`,
  GOES_WITH_ONE_OF: ({ flag, partner, values: [one, other] }) =>
    ko`${flag}은(는) ${partner} ${one} 또는 ${other}와(과) 함께 씁니다`,
  TWO_FORMATS: ({ one, other }) => ko`${one}와(과) ${other}의 출력 형식이 서로 다릅니다`,
  NONE_GIVEN: ({ flags }) => `${flags.join(', ')} 중 하나 이상을 주세요`,
  ONE_ORDER: ({ flag, orNone }) =>
    orNone
      ? `${flag}에는 청약을 하나만 쓰거나 쓰지 않습니다`
      : ko`${flag}은(는) 청약 하나에만 쓸 수 있습니다. 청약을 하나만 쓰세요`,
  SINGLE_CHANGE: ({ flag }) => ko`${flag}은(는) 한 건을 바꿀 때만 씁니다. 일괄 작업에는 쓸 수 없습니다`,
  DAY_OR_RANGE: ({ day, from, to }) => ko`${day}은(는) 하루입니다. ${from}, ${to}와(과) 함께 쓸 수 없습니다`,
  SEVERAL_VISITS: ({ orderIds }) => `진행 중인 방문이 여럿입니다: ${orderIds.join(', ')}. 청약 번호를 쓰세요`,
  WHICH_TECHNICIAN: () => '--technician 번호를 쓰거나 작업자로 실행하세요: --actor technician:번호',
  PHONE_OR_PAIR: () => '--phone만 주거나, 청약 번호와 --phone-last4를 함께 주세요',
  NO_PIPE: () => '- 는 파이프에서 읽는데, 표준 입력이 터미널입니다',
  TOO_MANY_IDS: () => '표준 입력의 번호가 너무 많습니다. "oss batch run"을 쓰세요',
  NO_DRAFT: () => '이 명령의 초안이 없습니다',
};

/** `--name NAME` and `<id>`, with the name of the value in Korean. */
const inKorean = (part: string): string =>
  part.replace(/(?<= |^<)[^\s<>]+(?=>?$)/, (word) => PLACEHOLDERS[word] ?? word);

export const needs: CodedWords<NeedValues> = {
  PART: ({ name }) => inKorean(name),
  ONE_OF: ({ names }) => names.map(inKorean).join(' 또는 '),
  SOME_OF: ({ names }) => `${names.map(inKorean).join(', ')} 중 하나`,
  ORDER_OR_TECHNICIAN: ({ name }) =>
    `${inKorean(name)} (청약 번호를 쓰거나 작업자로 실행하세요: --actor technician:번호)`,
  PHONE_OR_PAIR: () => '--phone 전화번호, 또는 청약 번호와 --phone-last4 끝 네 자리',
};
