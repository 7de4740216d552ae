import { describe, expect, it } from 'vitest';
import { failureInZone, withLocalTimes } from './local-times.ts';

describe('moments in a failure', () => {
  it('are told in the operator’s zone', () => {
    const text = 'T-01 is taken at 2026-11-24T15:30:00.000Z; free next: 2026-11-25T00:00:00.000Z';
    expect(withLocalTimes(text, 'Asia/Seoul')).toBe(
      'T-01 is taken at 2026-11-25 00:30; free next: 2026-11-25 09:00',
    );
    expect(withLocalTimes('no moment 2026-11-25', 'Asia/Seoul')).toBe('no moment 2026-11-25');
  });

  it('are told so in every part of every wording', () => {
    const at = '2026-11-24T05:00:00.000Z';
    const failure = { exit: 4, code: 'X', retryAfterMs: null, details: [], stack: null };
    expect(
      failureInZone({ ...failure, wordings: [{ what: at, why: at, next: at }, { what: at }] }, 'UTC'),
    ).toEqual({
      ...failure,
      wordings: [
        { what: '2026-11-24 05:00', why: '2026-11-24 05:00', next: '2026-11-24 05:00' },
        { what: '2026-11-24 05:00' },
      ],
    });
  });
});
