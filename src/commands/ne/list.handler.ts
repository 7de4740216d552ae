import { listServices, type ServiceItem } from '../../core/app/reconcile/list-services.ts';
import { list } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import type { neList } from './list.ts';

const DEFAULT_LIMIT = 50;

export const run: Handler<typeof neList> = async (ctx, { flags }) => {
  const { t } = ctx;
  const everything = flags.all || (ctx.streaming && flags.limit === undefined);
  const limit = everything ? Number.POSITIVE_INFINITY : (flags.limit ?? DEFAULT_LIMIT);
  let cut: string | null = null;
  const { columns } = t.ne;
  const saga = await ctx.services.saga();
  return list<ServiceItem>({
    schema: 'oss.inventory/1',
    items: cutAt(listServices(saga, { signal: ctx.signal }), limit, (next) => {
      cut = next.neId;
    }),
    id: ({ neId }) => neId,
    empty: t.ne.nothing,
    extra: { simulated: await ctx.services.simulated() },
    nextCursor: () => cut,
    columns: [
      { title: 'NE', drop: 0, cell: ({ neId }) => neId },
      { title: columns.service, drop: 0, cell: ({ key }) => key },
      {
        title: columns.stage,
        drop: 0,
        cell: ({ stage }, view) =>
          stage === null ? { text: t.ne.nobody, tone: 'warn' } : view.t.stages.stage[stage],
      },
      { title: columns.equipment, drop: 2, cell: ({ equipmentId }) => equipmentId ?? '' },
    ],
  });
};

async function* cutAt(
  all: AsyncGenerator<ServiceItem>,
  limit: number,
  onCut: (next: ServiceItem) => void,
): AsyncGenerator<ServiceItem> {
  let count = 0;
  for await (const item of all) {
    if (count >= limit) return onCut(item);
    count += 1;
    yield item;
  }
}
