import type { Texts } from '../catalogue.ts';

export const expected: Texts['expected'] = {
  integer: (min, max) => {
    if (min !== undefined && max !== undefined) return `${min}부터 ${max}까지의 정수`;
    if (min !== undefined) return `${min} 이상의 정수`;
    return max === undefined ? '정수' : `${max} 이하의 정수`;
  },
  number: (min, max) => {
    if (min !== undefined && max !== undefined) return `${min}부터 ${max}까지의 수`;
    if (min !== undefined) return `${min} 이상의 수`;
    return max === undefined ? '수' : `${max} 이하의 수`;
  },
  text: (max) => `한 줄로 된 1~${max}자의 글`,
  lines: (max) => `1~${max}자의 글`,
  name: '1~100자의 이름',
  phone: '010-1234-5678 같은 전화번호',
  time: '"2026-11-24 14:00", 14:00, "내일 14:00", +2d 같은 시각',
  date: '2026-11-24, 오늘, 내일, +2d 같은 날짜',
  timeGap: '있는 시각(시계가 건너뛰는 시각입니다)',
  dates: '2026-11-24..2026-11-26 같은 날짜나 기간',
  reversed: '시작일이 종료일보다 늦지 않은 기간',
  noSuchDate: '있는 날짜',
  duration: '90s, 5m, 2h, 1d 같은 시간',
  orderId: '42, ORD-000042 같은 청약 번호',
  id: '글자, 숫자와 - _ . : / #으로 된 100자 이하의 번호',
  technician: 'T-04 같은 작업자 번호나 이름',
  choice: (choices, meant) =>
    `다음 중 하나: ${choices.join(', ')}${meant === null ? '' : ` (${meant}인가요?)`}`,
  zone: 'Asia/Seoul 같은 시간대',
  actor: (roles) => `역할:이름, 역할은 ${roles.join(', ')} 중 하나`,
  yesNo: 'true 또는 false',
  noDashes: '-- 로 시작하지 않는 값',
  noBlank: '비어 있지 않은 값',
};
