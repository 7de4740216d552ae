import { defineConfig } from 'vitest/config';
import { stage } from './test/stages.ts';

/** `npm test`: one example of each kind. */
export default defineConfig(stage({ endings: ['test'] }));
