import { bindDatabase } from '../../core/app/peers/bind-database.ts';
import type { Handler } from '../framework/run/context.ts';
import type { dbBind } from './bind.ts';
import { databaseResult } from './database.ts';

export const run: Handler<typeof dbBind> = async (ctx, { flags: { reason } }) => {
  const { services, t } = ctx;
  // Not the bound store: that one would refuse the very peers that are to be bound.
  const database = await services.database('write');
  const bound = await bindDatabase({ ...services, store: database }, services.binding, { reason });
  return databaseResult(ctx, database, bound === 'already' ? { notes: [t.db.boundAlready] } : {});
};
