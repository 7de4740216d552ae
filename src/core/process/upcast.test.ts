import { describe, expect, test } from 'vitest';
import { isKnownSchema, upcast } from './upcast.ts';

describe('a payload of an older schema', () => {
  test.each(['ServiceInDoubt', 'ServiceNotFound', 'CallNotPlaced'] as const)(
    '%s: its words stay readable',
    (type) => {
      expect(upcast(type, 1, { cause: 'HTTP 503', key: 'K' })).toEqual({
        cause: { code: 'AS_WRITTEN', text: 'HTTP 503' },
        key: 'K',
      });
      expect(upcast(type, 1, { key: 'K' })).toEqual({ key: 'K' });
    },
  );

  test('of the schema of today it is left alone', () => {
    const data = { cause: { code: 'TOO_EARLY' } };
    expect(upcast('ServiceNotFound', 2, data)).toBe(data);
    expect(upcast('OrderHeld', 1, data)).toBe(data);
  });

  test('a schema of tomorrow is not known', () => {
    expect([0, 1, 2, 3].map((schema) => isKnownSchema('ServiceInDoubt', schema))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([0, 1, 2].map((schema) => isKnownSchema('OrderHeld', schema))).toEqual([false, true, false]);
  });
});
