import type { Handler } from '../framework/run/context.ts';
import { databaseResult } from './database.ts';
import type { dbInfo } from './info.ts';

export const run: Handler<typeof dbInfo> = async (ctx) =>
  databaseResult(ctx, await ctx.services.database('read'));
