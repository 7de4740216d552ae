import { test } from 'vitest';
import { expectKeptTwice } from './crash-pairs.ts';
import { LIVES } from './lives.ts';

test.each(LIVES)('killed twice: $name', (life) =>
  expectKeptTwice(life, { pass: Number(process.env.OSS_LONG_SEED ?? 1) }),
);
