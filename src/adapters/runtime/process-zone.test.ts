import { afterAll, describe, expect, it } from 'vitest';
import { lendOffsets, offsetAt } from '../../core/time/offset.ts';
import { processZone } from './process-zone.ts';

const { TZ } = process.env;
afterAll(() => {
  if (TZ !== undefined) process.env.TZ = TZ;
  lendOffsets(() => null);
});

const HALF_A_MONTH_MS = 15 * 86_400_000;
const moments = Array.from({ length: 24 * 40 }, (_, i) => Date.UTC(2000, 0, 1, 11, 30) + i * HALF_A_MONTH_MS);

describe('the zone of the process', () => {
  it.each(['Asia/Seoul', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tehran', 'Africa/Casablanca'])(
    'tells the offsets of %s as Intl does',
    (tz) => {
      lendOffsets(() => null);
      const intl = moments.map((at) => offsetAt(at, tz));
      const lent: string[] = [];
      lendOffsets((asked) => {
        lent.push(asked);
        return processZone(asked);
      });
      expect(moments.map((at) => offsetAt(at, tz))).toEqual(intl);
      expect(lent).toEqual([tz]);
      expect(process.env.TZ).toBe(tz);
    },
  );

  it.each(['asia/seoul', 'America/Los_angeles', 'Mars/Olympus', '+09:00', ''])('is not %s', (tz) => {
    const before = process.env.TZ;
    expect(processZone(tz)).toBeNull();
    expect(process.env.TZ).toBe(before);
  });
});
