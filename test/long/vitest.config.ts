import { defineConfig } from 'vitest/config';
import { stage } from '../stages.ts';

/** `npm run test:long`: the same files as the other runs have, and those that only this one has. */
export default defineConfig(stage({ endings: ['test', 'full', 'long'], longestMs: 1_800_000 }));
