import { defineCommand } from './framework/parse/descriptor.ts';
import { TOPICS } from './help-topics/topics.ts';

export const help = defineCommand({
  path: 'help',
  summary: 'explain a topic or a command',
  details: `Topics: ${TOPICS.join(', ')}. Any command's words work too: help order new.`,
  args: {
    topic: {
      type: 'text',
      repeat: true,
      placeholder: 'topic',
      summary: 'a topic, or the words of a command',
    },
  },
  examples: [{ line: 'help exit-codes' }, { line: 'help config set' }],
  output: { kind: 'list', schema: 'oss.help/1' },
  change: false,
  needs: 'nothing',
});
