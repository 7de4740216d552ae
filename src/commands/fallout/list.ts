import { HOLD_STEPS } from '../../core/views/fallout.ts';
import { defineCommand } from '../framework/parse/descriptor.ts';

export const falloutList = defineCommand({
  path: 'fallout list',
  summary: 'what is held for a person, the oldest first',
  details: 'Technical failures are not here: they are tried again by themselves, see `oss worker status`.',
  flags: {
    by: { type: 'choice', choices: ['cause'], summary: 'count by step and cause instead' },
    cause: { type: 'text', max: 60, placeholder: 'CODE', summary: 'only this cause' },
    step: { type: 'choice', choices: HOLD_STEPS, summary: 'only holds of this step' },
    area: { type: 'text', max: 60, summary: 'only orders of this area' },
    late: { type: 'boolean', summary: 'only orders that are too long in their stage' },
  },
  examples: [
    { line: 'fallout list' },
    { line: 'fallout list --by cause' },
    { line: 'fallout list --step ActivateService --cause PORT_FULL -o id' },
  ],
  output: { kind: 'list', schema: 'oss.fallout/1' },
  change: false,
});
