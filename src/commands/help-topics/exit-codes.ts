import { EXIT_MEANINGS } from '../framework/run/exit-codes.ts';
import type { TopicRow } from './topics.ts';

export const exitCodeRows = (): readonly TopicRow[] =>
  EXIT_MEANINGS.map(({ code, meaning }) => ({ group: 'exit code', name: String(code), meaning }));
