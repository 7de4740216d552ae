import { defineConfig } from 'vitest/config';
import { stage } from '../stages.ts';

/** `npm run test:long`: the same files as every run has, and those that only this one has. */
export default defineConfig(stage({ endings: ['test', 'long'], longestMs: 1_800_000 }));
