import type { PartialTexts, Texts } from '../catalogue.ts';

export const expected: PartialTexts<Texts['expected']> = {
  integer: (min, max) => {
    if (min !== undefined && max !== undefined) return `${min}부터 ${max}까지의 정수`;
    return min === undefined ? '정수' : `${min} 이상의 정수`;
  },
  name: '1~100자의 이름',
  phone: '010-1234-5678 같은 전화번호',
  time: '"2026-11-24 14:00", 14:00, "내일 14:00", +2d 같은 시각',
  date: '2026-11-24, 오늘, 내일, +2d 같은 날짜',
  noSuchDate: '있는 날짜',
  duration: '90s, 5m, 2h, 1d 같은 시간',
  orderId: '42, ORD-000042 같은 청약 번호',
  choice: (choices, meant) =>
    `다음 중 하나: ${choices.join(', ')}${meant === null ? '' : ` (${meant}인가요?)`}`,
};
