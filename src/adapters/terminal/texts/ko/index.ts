import type { PartialTexts } from '../catalogue.ts';
import { changes } from './changes.ts';
import { common } from './common.ts';
import { expected } from './expected.ts';
import { prompts } from './prompts.ts';
import { refusals } from './refusals.ts';
import { stages } from './stages.ts';

/** What is translated; the rest stays English. */
export const KOREAN: PartialTexts = { changes, common, expected, prompts, refusals, stages };
