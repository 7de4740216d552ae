import type { Services } from '../../adapters/compose.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import type { Handler } from '../framework/run/context.ts';
import { databaseResult } from './database.ts';
import type { dbInit } from './init.ts';

export const run: Handler<typeof dbInit> = async (ctx) => {
  const existed = await exists(ctx.services);
  const database = await ctx.services.database('write', { create: true });
  return databaseResult(ctx, database, existed ? { notes: [ctx.t.db.existed] } : {});
};

const exists = async (services: Services): Promise<boolean> => {
  try {
    await services.database('read');
    return true;
  } catch (error) {
    return !(error instanceof Refusal && error.code === 'DATABASE_MISSING');
  }
};
