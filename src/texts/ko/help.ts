import type { Texts } from '../catalogue.ts';
import { ko } from './particles.ts';
import { stages } from './stages.ts';

export const help: Texts['help'] = {
  tagline: '터미널에서 하는 통신 사업자의 현장 운영.',
  usage: '사용법',
  commands: '명령',
  arguments: '인자',
  options: '옵션',
  optionsWord: '옵션',
  examples: '예',
  topics: '주제',
  aliases: '다른 이름',
  required: '필수',
  requiredUnless: (flags) => ko`${flags}이(가) 없으면 필수`,
  choices: '다음 중 하나:',
  byDefault: '기본값',
  repeatable: '여러 번 쓸 수 있음',
  command: '명령',
  nounLine: (program) => `"${program} <명령> --help"로 자세히 볼 수 있습니다.`,
  topicLine: (program) => `"${program} help <주제>"로 볼 수 있는 설명:`,
  customerReads: (stage, words) => `${stage}; 고객 화면: ${words}`,
  leadsTo: (words, to, counts) => `${words} -> ${stages.stage[to]}${counts ? ', 방문 횟수에 셈' : ''}`,
  commonOptions: (every, change, command) =>
    `그 밖의 공통 옵션${change === null ? '' : ` ${change},`} ${every} …: ${command}`,
  topicSummaries: {
    options: '모든 명령과 모든 변경의 공통 옵션',
    'exit-codes': '종료 코드의 뜻',
    environment: '설정과 그 환경 변수, 파일',
    output: '출력 형식, 스키마, 필드, 가림',
    stages: '청약의 단계와 각 사용자에게 보이는 것',
    'reason-codes': '취소, 반송, 재방문 사유 코드',
    batch: '여러 명령을 담은 파일',
  },
};
