import { resolve } from 'node:path';
import { pruneAudit, prunedBefore } from '../../core/app/audited/prune-audit.ts';
import { textBlock } from '../../faces/cli/terminal/blocks.ts';
import { actorDeps } from '../changing.ts';
import { confirmChange } from '../framework/ask/confirm.ts';
import { object } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import type { auditPrune } from './prune.ts';

export const run: Handler<typeof auditPrune> = async (ctx, { flags }) => {
  const { services, t } = ctx;
  const sign = await services.signer(resolve(flags.sign));
  await confirmChange(ctx, t.audit.confirmPrune(ctx.view.time(prunedBefore(services).before)));
  const data = await pruneAudit(await actorDeps(ctx, 'write'), sign);
  return object({
    schema: 'oss.audit-pruned/1',
    data,
    id: String(data.rows),
    show: (pruned) => [textBlock(t.audit.pruned(pruned.rows, pruned.anchors))],
  });
};
