import { type Cause, cleanCause } from '../../core/codes/cause.ts';
import type { HttpResult } from './http-client.ts';
import { retryAtOf } from './retry-after.ts';
import type { Verdict } from './row-breaker.ts';

/**
 * What a result says of the peer: only its own faults count (no connection, no complete answer in time, 5xx). Any other
 * answer proves that it lives, also a 501, which says "never" and not "not now". `clean` makes its texts fit to keep.
 */
export const verdictOf = (result: HttpResult, now: number, clean: (text: string) => string): Verdict => {
  switch (result.kind) {
    case 'never-sent':
      return result.peerFault
        ? { kind: 'fault', cause: cleanCause(result.cause, clean) }
        : { kind: 'unused' };
    case 'lost':
      return { kind: 'fault', cause: cleanCause(result.cause, clean) };
    case 'answer': {
      const { status, headers } = result;
      const retryAt = retryAtOf(headers['retry-after'], now);
      if (status === 429 || (status === 503 && retryAt !== null)) {
        return { kind: 'back-off', cause: answered(status), retryAt };
      }
      return status >= 500 && status !== 501 ? { kind: 'fault', cause: answered(status) } : { kind: 'alive' };
    }
  }
};

const answered = (status: number): Cause => ({ code: 'HTTP_STATUS', status, told: '' });
