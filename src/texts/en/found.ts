import type { FoundValues } from '../../core/codes/found.ts';
import type { CodedWords } from '../coded.ts';
import { causeWords } from './causes.ts';

/** What the NE says instead of what a person said is done. */
export const found: CodedWords<FoundValues> = {
  OTHER_KEY: ({ neId, key }) => `${neId} is ${key}`,
  STILL_ACTIVE: ({ neIds }) => `${neIds.join(', ')} is still active`,
  TERMINATED: ({ neId }) => `${neId} is terminated`,
  NOT_KNOWN: ({ neId }) => `${neId} is not known`,
  SEVERAL: ({ neId }) => `${neId} is several services`,
  UNREADABLE: ({ cause }) => `it cannot be read by id: ${causeWords(cause)}`,
  OTHERS_ACTIVE: ({ neIds }) => `${neIds.join(', ')} is active under the same key; terminate it first`,
  REQUESTED_ELSEWHERE: ({ asked, here }) => `it was requested at ${asked}, and this is ${here}`,
};
