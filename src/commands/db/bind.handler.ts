import { isMixed, samePeers } from '../../core/peers/binding.ts';
import { iso } from '../../core/time/iso.ts';
import type { Handler } from '../framework/run/context.ts';
import type { dbBind } from './bind.ts';
import { databaseResult } from './database.ts';

export const run: Handler<typeof dbBind> = async (ctx, { flags }) => {
  const { services, t } = ctx;
  // Not the bound store: that one would refuse the very peers that are to be bound.
  const database = await services.database('write');
  const { binding } = services;
  const already = await database.write(async ({ meta, audit }) => {
    const before = await meta.binding();
    // Peers that answered in two ways are bound anew, and what they are is learnt again.
    if (before !== null && samePeers(before, binding) && !isMixed(before)) return true;
    await meta.bind(binding);
    await audit.add({
      at: iso(services.clock.now()),
      actor: services.actor,
      action: 'db.bind',
      subject: 'database',
      detail: {
        reason: flags.reason,
        fromNe: before?.ne ?? '',
        fromTm: before?.tm ?? '',
        toNe: binding.ne,
        toTm: binding.tm,
      },
    });
    return false;
  });
  return databaseResult(ctx, database, already ? { notes: [t.db.boundAlready] } : {});
};
