import { Refusal } from '../core/rules/refusal.ts';
import { nearest } from '../core/values/nearest.ts';
import { type HelpWords, loadHelpWords } from '../texts/help-words.ts';
import { locate } from './framework/parse/locate.ts';
import { commandHelp, nounHelp, rootHelp } from './framework/print/help.ts';
import { type CommandResult, list, text } from './framework/print/result.ts';
import type { CommandContext, Handler } from './framework/run/context.ts';
import type { help } from './help.ts';
import { topicRows } from './help-topics/rows.ts';
import { TOPICS, type TopicRow } from './help-topics/topics.ts';

export const run: Handler<typeof help> = async (ctx, { args }) => {
  const words = await loadHelpWords(ctx.view.lang);
  const facts = { program: ctx.program, t: ctx.t, words, width: ctx.terminal.width };
  const asked = args.topic.join(' ');
  if (asked === '') return text(rootHelp(ctx.tree, facts));
  const topic = TOPICS.find((one) => one === asked);
  if (topic !== undefined) return topicResult(await topicRows(topic, ctx), words);
  const located = locate(args.topic, ctx.tree);
  if (located.kind === 'command') return text(commandHelp(located.command.spec, facts));
  if (located.kind === 'noun') return text(nounHelp(ctx.tree, located.noun, facts));
  throw unknownTopic(asked, ctx);
};

/** One table for every topic, so that it has every format. */
const topicResult = (rows: readonly TopicRow[], { say }: HelpWords): CommandResult =>
  list<TopicRow>({
    schema: 'oss.help/1',
    items: rows.map(({ group, name, meaning }) => ({
      group: say(group),
      name: say(name),
      meaning: say(meaning),
    })),
    id: (row) => row.name,
    columns: [
      { title: say('NAME'), drop: 0, cell: (row) => row.name },
      { title: say('OF'), drop: 2, cell: (row) => row.group },
      { title: say('MEANING'), drop: 0, cell: (row) => row.meaning },
    ],
  });

const unknownTopic = (words: string, ctx: CommandContext): Refusal => {
  const known = [...TOPICS, ...ctx.tree.commands.map((command) => command.spec.path)];
  const meant = nearest(words, known);
  return new Refusal('USAGE', {
    fault: { code: 'NO_HELP', words, meant },
    example: `help ${meant ?? TOPICS[0]}`,
  });
};
