import { readAudit } from '../../core/app/audited/read-audit.ts';
import { actorDeps } from '../changing.ts';
import type { Handler } from '../framework/run/context.ts';
import { auditTable } from './audit-table.ts';
import type { auditList } from './list.ts';

export const run: Handler<typeof auditList> = async (ctx, { flags }) => {
  const deps = await actorDeps(ctx, 'write');
  return auditTable(await readAudit(deps, { ...flags, newestFirst: true }), ctx.t);
};
