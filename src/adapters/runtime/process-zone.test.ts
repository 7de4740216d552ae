import { afterAll, describe, expect, it } from 'vitest';
import { offsetAt } from '../../core/time/offset.ts';
import { useProcessZone } from './process-zone.ts';

const { TZ } = process.env;
afterAll(() => {
  if (TZ !== undefined) process.env.TZ = TZ;
});

const HALF_A_MONTH_MS = 15 * 86_400_000;
const moments = Array.from({ length: 24 * 40 }, (_, i) => Date.UTC(2000, 0, 1, 11, 30) + i * HALF_A_MONTH_MS);

describe('the zone of the process', () => {
  it.each(['Asia/Seoul', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tehran', 'Africa/Casablanca'])(
    'tells the offsets of %s as Intl does',
    (tz) => {
      const intl = moments.map((at) => offsetAt(at, tz));
      expect(useProcessZone(tz)).toBe(true);
      expect(process.env.TZ).toBe(tz);
      expect(moments.map((at) => offsetAt(at, tz))).toEqual(intl);
    },
  );

  it.each(['asia/seoul', 'America/Los_angeles', 'Mars/Olympus', '+09:00', ''])('is not %s', (tz) => {
    const before = process.env.TZ;
    expect(useProcessZone(tz)).toBe(false);
    expect(process.env.TZ).toBe(before);
  });
});
