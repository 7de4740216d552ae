import { iso } from '../../core/time/iso.ts';
import { jsonText } from '../../core/values/json-text.ts';
import type { Answered } from './answered.ts';

/** One request as a line of JSON: nothing of what it asked or was answered, and not from where it came. */
export const requestLine = (
  { method, route, status, ms, tokenId, traceparent }: Answered,
  at: number,
): string =>
  jsonText({
    at: iso(at),
    method,
    route,
    status,
    ms: Math.round(ms * 10) / 10,
    ...(tokenId === null ? {} : { token: tokenId }),
    ...(traceparent === null ? {} : { traceparent }),
  });
