import type { HelpWords } from '../../help-words.ts';
import { COMMANDS } from './commands.ts';
import { DETAILS } from './details.ts';
import { EXAMPLES } from './examples.ts';
import { FLAGS } from './flags.ts';
import { PLACEHOLDERS } from './placeholders.ts';
import { QUESTIONS } from './questions.ts';
import { SETTINGS } from './settings.ts';
import { TOPICS } from './topics.ts';

const WORDS: ReadonlyMap<string, string> = new Map(
  [QUESTIONS, COMMANDS, EXAMPLES, FLAGS, SETTINGS, TOPICS].flatMap((words) => Object.entries(words)),
);

/** The words of descriptors in Korean. A test holds them complete. */
export const koreanHelp: HelpWords = {
  say: (english) => WORDS.get(english) ?? english,
  placeholder: (word) => (Object.hasOwn(PLACEHOLDERS, word) ? (PLACEHOLDERS[word] ?? word) : word),
  details: (path, english) => (Object.hasOwn(DETAILS, path) ? (DETAILS[path] ?? english) : english),
};
