import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { BUGS } from './bug.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

// Else the long run learns of it only when it comes to that bug.
test.each(BUGS)('there is one place to sow: $name', ({ file, find }) => {
  expect(readFileSync(`${root}${file}`, 'utf8').split(find)).toHaveLength(2);
});
