import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyedHash } from './keyed-hash.ts';

test('is the HMAC that everybody knows, whatever the lengths', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({ unit: 'grapheme' }),
      (key, content) => {
        expect(keyedHash(key)(content)).toBe(createHmac('sha256', key).update(content).digest('hex'));
      },
    ),
  );
});
