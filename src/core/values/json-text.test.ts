import { expect, it } from 'vitest';
import { jsonText } from './json-text.ts';

const everything = Array.from({ length: 0x3000 }, (_, i) => String.fromCodePoint(i)).join('');

it('writes nothing that a terminal acts on, and reads back the same', () => {
  const text = jsonText({ everything });
  expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\u200b\ufeff]/);
  expect(JSON.parse(text)).toEqual({ everything });
});
