import type { DifferenceValues } from '../../core/codes/difference.ts';
import type { CodedWords } from '../coded.ts';

export const differences: CodedWords<DifferenceValues> = {
  AS_WRITTEN: ({ text }) => text,

  ORDER_UNKNOWN: () => 'the log does not know its order',
  NEVER_PLANNED: () => 'its order never planned it',
  WAS_SWITCHED_OFF: () => 'the log says it was switched off',
  NEVER_SWITCHED_ON: () => 'the log says it was never switched on',
  LEFT_UNPROVEN: () => 'it was left unproven',
  UNPROVEN_IS_ON: () => 'it was left unproven, and is on',
  OTHER_ID: ({ neId }) => `the log knows ${neId ?? 'no id'}`,
  OTHER_VALUES: ({ values }) =>
    values
      .map(
        ({ name, has, sent }) => `${name === null ? '' : `${name}: `}${has ?? 'missing'} instead of ${sent}`,
      )
      .join(', '),
  NOT_THERE: () => 'the NE does not have it',
  TERMINATED: () => 'the NE says it is terminated',
  SHOWN_AGAIN: () => 'the NE shows it again',
  OTHER_PEER: ({ asked }) => `it was switched on at ${asked}, which is another peer`,

  AT_DESK: ({ appointmentId, status }) => `the desk has ${appointmentId}, ${status}`,
  AGREED_BY_HAND: ({ appointmentId }) => `${appointmentId}: agreed by hand`,
  OTHER_APPOINTMENT: ({ appointmentId, known }) => `${appointmentId}: the log knows ${known ?? 'none'}`,
  ENDED_HERE: ({ appointmentId }) => `${appointmentId}: the log says it was ended`,
  ENDED_BY_DESK: ({ appointmentId, reason }) =>
    `the desk ended ${appointmentId}${reason === null ? '' : `: ${reason}`}`,
  MOVED_BY_DESK: ({ appointmentId, start, end }) => `the desk has ${appointmentId} from ${start} to ${end}`,
  UNKNOWN_TO_DESK: ({ appointmentId }) => `the desk does not know ${appointmentId} any more`,
  SHOWN_BY_DESK_AGAIN: ({ appointmentId }) => `the desk shows ${appointmentId} again`,
};
