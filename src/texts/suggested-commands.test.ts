import { expect, it } from 'vitest';
import { refusals as en } from './en/refusals.ts';
import { refusals as ko } from './ko/refusals.ts';

it.each([en, ko])('the command lines that refusals suggest are quoted for the shell', (words) => {
  const path = '/tmp/a b; touch x';
  expect(words.SECRET_READABLE({ path, mode: '0644' }).next).toBe(`chmod 600 '${path}'`);
  expect(words.FOLDER_MISSING({ folder: path }).next).toBe(`mkdir -p '${path}'`);
});
