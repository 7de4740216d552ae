import { test } from 'vitest';
import { expectKeptTwice } from './crash-pairs.ts';
import { LIVES } from './lives.ts';

/** Two first places of each life, and so many places after it. */
const PASSES = [1, 2].flatMap((pass) => LIVES.map((life) => ({ name: life.name, life, pass })));
const PAIRS = Number(process.env.OSS_LONG_PAIRS ?? 20);

test.each(PASSES)('killed twice: $name, pass $pass', ({ life, pass }) =>
  expectKeptTwice(life, { pass, most: PAIRS }),
);
