import { expect, test } from 'vitest';
import { noteOfText, noteToText, type PaceNote } from './pace-note.ts';

test('a note comes back from its column', () => {
  const note: PaceNote = { code: 'flat', jobs: 4, rate: 110, stepMs: 63 };
  expect(noteOfText(noteToText(note))).toEqual(note);
  expect(noteOfText(noteToText(null))).toBeNull();
});

test.each(['auto: 4 at once (flat), 110 steps/s, 63 ms a step', '{"code":"flat"}', '{"code":"flat","jobs":'])(
  'what an older program wrote stays readable: %s',
  (text) => {
    expect(noteOfText(text)).toEqual({ code: 'AS_WRITTEN', text });
  },
);
