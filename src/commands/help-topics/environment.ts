import type { CommandContext } from '../framework/run/context.ts';
import type { TopicRow } from './topics.ts';

const OTHERS: readonly TopicRow[] = [
  ['OSS_HOME', 'folder of the configuration file, the database and the drafts'],
  ['OSS_CONFIG', 'the configuration file, as --config'],
  ['NO_COLOR', 'no colour; FORCE_COLOR asks for it, --color wins over both'],
  ['COLUMNS', 'the width to lay out for'],
  ['CI', 'set: never ask, as --no-input'],
  ['LC_ALL, LC_MESSAGES, LANG', 'the language of texts when none is set: Korean for ko, else English'],
].map(([name = '', meaning = '']) => ({ group: 'environment', name, meaning }));

/** Every key of the configuration with its variable, then the variables that are no setting. */
export const environmentRows = async (ctx: CommandContext): Promise<readonly TopicRow[]> => {
  const keys = await ctx.configuration.keys();
  return [
    ...keys.map(({ key, env, summary }) => ({ group: key, name: env, meaning: summary })),
    ...OTHERS.filter((row) => !keys.some(({ env }) => env === row.name)),
  ];
};
