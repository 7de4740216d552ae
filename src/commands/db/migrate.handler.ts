import type { Handler } from '../framework/run/context.ts';
import { databaseResult } from './database.ts';
import type { dbMigrate } from './migrate.ts';

/** Opening to write brings an older schema to this one, in one transaction. */
export const run: Handler<typeof dbMigrate> = async (ctx) =>
  databaseResult(ctx, await ctx.services.database('write'));
