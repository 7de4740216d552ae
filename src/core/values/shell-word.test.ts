import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellWord } from './shell-word.ts';

const NASTY = [
  "it's",
  'a b',
  '$(touch x)',
  '`id`',
  'a;b',
  'a"b',
  '-rf *',
  '#x',
  '~',
  '가나',
  "'",
  '\\',
  'a\nb',
  '!x',
  '&',
];

it('a shell reads back the very word', () => {
  for (const word of NASTY) {
    const said = execFileSync('/bin/sh', ['-c', `printf %s ${shellWord(word)}`], { encoding: 'utf8' });
    expect(said).toBe(word);
  }
});
