import type { UrlFaultValues } from '../../core/codes/url-fault.ts';
import type { CodedWords } from '../coded.ts';

export const urlFaults: CodedWords<UrlFaultValues> = {
  NOT_ABSOLUTE: () => 'it is not an absolute URL',
  NOT_HTTP: ({ protocol }) => `it must begin with http: or https:, not ${protocol}`,
  CREDENTIALS: ({ file, command }) => `it must not hold credentials; use ${file} or ${command}`,
  QUERY: () => 'it must not have a query or a fragment',
  NOT_HTTPS: ({ lifts }) => `https is required away from this machine (${lifts} lifts that)`,
  ONE_OF_BOTH: ({ set, missing }) => `${set} is set and ${missing} is not; set both or neither`,
};
