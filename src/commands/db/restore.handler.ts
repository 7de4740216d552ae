import { resolve } from 'node:path';
import { textBlock } from '../../faces/cli/terminal/blocks.ts';
import type { Texts } from '../../texts/catalogue.ts';
import { confirmChange } from '../framework/ask/confirm.ts';
import { object } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import type { dbRestore } from './restore.ts';

export const run: Handler<typeof dbRestore> = async (ctx, { args }) => {
  const { services, t } = ctx;
  const { name: path } = services.settings.database;
  const file = resolve(args.file);
  // The operator confirms only what can be restored; with -y the restore itself looks first.
  if (!ctx.globals.yes) {
    const { orders, events } = await services.checkBackup(file);
    await confirmChange(ctx, t.db.confirmRestore({ file, path, orders, events }));
  }
  const restored = await services.restore(file);
  return object({
    schema: 'oss.restored/1',
    data: { path, file, ...restored },
    id: path,
    show: (data) => [textBlock(t.db.restored(data))],
    notes: [
      carriedOver(t, restored),
      ...(restored.setAside === null ? [] : [t.db.setAside(restored.setAside)]),
    ],
    hints: [{ command: 'ne reconcile', why: t.db.whyReconcile }],
  });
};

/** null: not known. */
type Carried = { readonly erasedAgain: number | null; readonly auditKept: number | null };

/** What became of the erasures and of the audit since the backup. */
const carriedOver = (t: Texts, { erasedAgain, auditKept }: Carried): string =>
  erasedAgain === null || auditKept === null
    ? t.db.notCarriedOver
    : t.db.carriedOver({ erasedAgain, auditKept });
