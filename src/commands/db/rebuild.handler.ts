import { rebuild } from '../../core/app/rebuild.ts';
import { textBlock } from '../../faces/cli/terminal/blocks.ts';
import { object } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { wordingOf } from '../framework/run/failure.ts';
import type { dbRebuild } from './rebuild.ts';

export const run: Handler<typeof dbRebuild> = async (ctx) => {
  const { t, services } = ctx;
  const startedAt = services.clock.monotonic();
  let toldAt = startedAt;
  // The rebuild sends nothing, so it does not matter which peers are configured.
  const store = await services.database('write');
  const result = await rebuild(
    { ...services, store },
    {
      signal: ctx.signal,
      onUnreadable: (refusal) => {
        const { what, why } = wordingOf(t, refusal);
        void ctx.warn(`${what}: ${why}`);
      },
      onProgress: (orders) => {
        const now = services.clock.monotonic();
        if (now - toldAt < (ctx.terminal.stderrTty ? 200 : 10_000)) return;
        toldAt = now;
        void ctx.progress(t.db.rebuilding(orders));
      },
    },
  );
  await ctx.progress(null);
  const data = { ...result, ms: Math.round(services.clock.monotonic() - startedAt) };
  return object({
    schema: 'oss.rebuilt/1',
    data,
    id: String(data.orders),
    exit: result.finished ? EXIT.done : EXIT.notFinished,
    show: (shown) => [textBlock(t.db.rebuilt(shown))],
  });
};
