import { assertNever } from '../../core/values/assert-never.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { batchRows } from './batch.ts';
import { environmentRows } from './environment.ts';
import { exitCodeRows } from './exit-codes.ts';
import { optionRows } from './options.ts';
import { outputRows } from './output.ts';
import { reasonCodeRows } from './reason-codes.ts';
import { stageRows } from './stages.ts';
import type { Topic, TopicRow } from './topics.ts';

/** Every topic is made from the table that the program itself works by. */
export const topicRows = async (topic: Topic, ctx: CommandContext): Promise<readonly TopicRow[]> => {
  switch (topic) {
    case 'options':
      return optionRows();
    case 'exit-codes':
      return exitCodeRows();
    case 'environment':
      return environmentRows(ctx);
    case 'output':
      return outputRows(ctx.tree);
    case 'stages':
      return stageRows(ctx.t);
    case 'reason-codes':
      return reasonCodeRows(ctx.view);
    case 'batch':
      return batchRows(ctx.tree);
    default:
      return assertNever(topic);
  }
};
