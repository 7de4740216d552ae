import type { Texts } from '../catalogue.ts';
import { ko } from './particles.ts';

export const prompts: Texts['prompts'] = {
  homeLeave: '끝내기',
  summary: (command) => `${command}: 이대로 접수할까요?`,
  submit: '접수',
  edit: '값 고치기',
  leave: '나가기(초안 보관)',
  editWhich: '어느 값을 고칠까요?',
  whatToChange: '무엇을 바꿀까요?',
  whatElse: '더 바꿀 것이 있습니까?',
  noMore: '이것뿐입니다',
  skip: '(없음)',
  draftKept: (command) => `초안을 보관했습니다; 이어서 하려면: ${command}`,
  replaceDraft: (before, now) =>
    `답이 ${before}개 있는 초안이 이미 있고, 지금 것은 ${now}개입니다. 바꿀까요?`,
  draftStays: (command) => `답이 더 많은 초안을 그대로 둡니다; 이어서 하려면: ${command}`,
  draftUsed: '초안을 이어서 합니다',
  sameAs: '같은 명령',
  typeCount: (count) => ko`계속하려면 ${count}을(를) 입력하세요`,
  notPossible: '질문이 필요하지만 물어볼 터미널이 없습니다',
  confirmOffTerminal: '확인이 필요합니다',
  yesFlag: '-y를 붙이면 확인한 것으로 합니다',
  notAnswered: '질문에 답하지 않았습니다; 그 뒤로는 아무것도 하지 않았습니다',
  noMatch: '맞는 항목이 없습니다',
  keys: { navigate: '이동', select: '선택', back: '뒤로' },
  yesNo: '예/아니요, y/N',
  answerYesNo: '예 또는 아니요로 답하세요',
  yes: '예',
  no: '아니요',
  notUtf8: 'UTF-8 글자가 아닙니다: 터미널을 UTF-8로 바꾸세요',
  which: {
    order: '어느 청약입니까?',
    technician: '어느 작업자입니까?',
    customer: '어느 고객입니까?',
    'cancel-code': '취소 사유는 무엇입니까?',
  },
};
