import { readAudit } from '../../core/app/audited/read-audit.ts';
import { actorDeps } from '../changing.ts';
import type { Handler } from '../framework/run/context.ts';
import { auditTable } from './audit-table.ts';
import type { auditExport } from './export.ts';

export const run: Handler<typeof auditExport> = async (ctx, { flags }) => {
  const deps = await actorDeps(ctx, 'write');
  const asked = { ...flags, newestFirst: false, limit: Number.POSITIVE_INFINITY };
  return auditTable(await readAudit(deps, asked), ctx.t);
};
