import type { Copied } from '../../core/ports/maintenance.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { textBlock } from '../../faces/cli/terminal/blocks.ts';
import { confirmChange } from '../framework/ask/confirm.ts';
import { object } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import type { dbCopy } from './copy.ts';

/** `oss.copied/1`. */
type CopiedData = Pick<Copied, 'from' | 'to'> & {
  readonly state: 'copied' | 'unsealed';
  /** null: it was unsealed, and nobody counted. */
  readonly orders: number | null;
  readonly events: number | null;
};

export const run: Handler<typeof dbCopy> = async (ctx, { flags: { to, unseal } }) => {
  const { services, t } = ctx;
  const work = async (): Promise<CopiedData> => {
    if (unseal) return { ...(await services.unseal()), state: 'unsealed', orders: null, events: null };
    if (to === undefined) {
      throw new Refusal('MISSING_FLAGS', {
        command: 'db copy',
        needs: [{ code: 'ONE_OF', names: ['--to URL', '--unseal'] }],
        example: 'db copy --to postgres://oss@db1/oss',
      });
    }
    const target = services.settings.serverAt(to, '--to');
    await confirmChange(ctx, t.db.confirmCopy({ from: services.settings.database.name, to: target.name }));
    return { ...(await services.copyTo(target)), state: 'copied' };
  };
  if (unseal && to !== undefined)
    throw new Refusal('USAGE', {
      fault: { code: 'NOT_TOGETHER', flags: ['--to', '--unseal'] },
      example: 'db copy --unseal',
    });
  const data = await work();
  return object<CopiedData>({
    schema: 'oss.copied/1',
    data,
    id: data.to,
    show: (shown) => [textBlock(shown.state === 'copied' ? t.db.copied(shown) : t.db.unsealed(shown))],
    notes: data.state === 'copied' ? [t.db.nowUse(data.to)] : [],
  });
};
