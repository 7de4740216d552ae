import type { DifferenceValues } from '../../core/codes/difference.ts';
import type { CodedWords } from '../coded.ts';
import { ko } from './particles.ts';

export const differences: CodedWords<DifferenceValues> = {
  AS_WRITTEN: ({ text }) => text,

  ORDER_UNKNOWN: () => '기록에 없는 청약',
  NEVER_PLANNED: () => '청약이 계획한 적 없음',
  WAS_SWITCHED_OFF: () => '기록에는 원복됨',
  NEVER_SWITCHED_ON: () => '기록에는 개통한 적 없음',
  LEFT_UNPROVEN: () => '확인하지 못한 채 종료함',
  UNPROVEN_IS_ON: () => '확인하지 못한 채 종료했는데 개통되어 있음',
  OTHER_ID: ({ neId }) => (neId === null ? '기록에는 ID 없음' : `기록에는 ${neId}`),
  OTHER_VALUES: ({ values }) =>
    values
      .map(({ name, has, sent }) => `${name === null ? '' : `${name}: `}${sent} 대신 ${has ?? '값 없음'}`)
      .join(', '),
  NOT_THERE: () => '장비에 없음',
  TERMINATED: () => '장비에서 종료됨',
  SHOWN_AGAIN: () => '장비에 다시 보임',
  OTHER_PEER: ({ asked }) => `다른 장비(${asked})에서 개통함`,

  AT_DESK: ({ appointmentId, status }) => `데스크에 ${appointmentId} 있음 (${status})`,
  AGREED_BY_HAND: ({ appointmentId }) => `${appointmentId}: 사람이 동의로 기록함`,
  OTHER_APPOINTMENT: ({ appointmentId, known }) =>
    `${appointmentId}: 기록에는 ${known === null ? '예약 없음' : known}`,
  ENDED_HERE: ({ appointmentId }) => `${appointmentId}: 기록에는 종료됨`,
  ENDED_BY_DESK: ({ appointmentId, reason }) =>
    `데스크가 ${appointmentId} 종료함${reason === null ? '' : `: ${reason}`}`,
  MOVED_BY_DESK: ({ appointmentId, start, end }) => `데스크의 ${appointmentId}: ${start} ~ ${end}`,
  UNKNOWN_TO_DESK: ({ appointmentId }) => ko`데스크가 ${appointmentId}을(를) 더는 알지 못함`,
  SHOWN_BY_DESK_AGAIN: ({ appointmentId }) => `데스크에 ${appointmentId} 다시 보임`,
};
