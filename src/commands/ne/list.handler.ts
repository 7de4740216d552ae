import { inventory } from '../../core/app/reconcile/inventory.ts';
import { ownerOf, readServiceKey, shownKey } from '../../core/values/keys.ts';
import { list } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import type { neList } from './list.ts';

/** An item of `oss.inventory/1`. */
type Item = {
  readonly neId: string;
  readonly key: string;
  readonly spec: string | null;
  /** null: no order of ours is named in its key. */
  readonly orderId: string | null;
  readonly stage: string | null;
  readonly equipmentId: string | null;
  readonly state: string;
};

const DEFAULT_LIMIT = 50;

export const run: Handler<typeof neList> = async (ctx, { flags }) => {
  const { t } = ctx;
  const everything = flags.all || (ctx.streaming && flags.limit === undefined);
  const limit = everything ? Number.POSITIVE_INFINITY : (flags.limit ?? DEFAULT_LIMIT);
  let cut: string | null = null;
  const { columns } = t.ne;
  return list<Item>({
    schema: 'oss.inventory/1',
    items: cutAt(items(ctx), limit, (next) => {
      cut = next.neId;
    }),
    id: ({ neId }) => neId,
    empty: t.ne.nothing,
    extra: { simulated: await ctx.services.simulated() },
    nextCursor: () => cut,
    columns: [
      { title: 'NE', drop: 0, cell: ({ neId }) => neId },
      {
        title: columns.service,
        drop: 0,
        cell: ({ key, orderId }) => (orderId === null ? key : shownKey(key)),
      },
      {
        title: columns.stage,
        drop: 0,
        cell: ({ stage }, view) =>
          stage === null ? { text: t.ne.nobody, tone: 'warn' } : stageWord(view.t, stage),
      },
      { title: columns.equipment, drop: 2, cell: ({ equipmentId }) => equipmentId ?? '' },
    ],
  });
};

const stageWord = (t: CommandContext['t'], stage: string): string => {
  const words: Readonly<Record<string, string>> = t.stages.stage;
  return words[stage] ?? stage;
};

async function* items(ctx: CommandContext): AsyncGenerator<Item> {
  const deps = await ctx.services.saga();
  const marks = await deps.store.read((tx) => tx.meta.keyMarks());
  for await (const page of inventory(deps, { signal: ctx.signal })) {
    const orderOf = (key: string): string | null => {
      const said = readServiceKey(key);
      return said === null || ownerOf(said.mark, marks) === 'foreign' ? null : said.orderId;
    };
    const orderIds = [...new Set(page.map(({ key }) => orderOf(key)))];
    const stages = await deps.store.read(async (tx) => {
      const found = new Map<string, string>();
      for (const orderId of orderIds) {
        const view = orderId === null ? null : await tx.views.get(orderId);
        if (view !== null) found.set(view.orderId, view.stage);
      }
      return found;
    });
    for (const { neId, key, spec, equipmentId, state } of page) {
      const orderId = orderOf(key);
      const stage = orderId === null ? null : (stages.get(orderId) ?? null);
      yield { neId, key, spec: spec ?? null, orderId, stage, equipmentId: equipmentId ?? null, state };
    }
  }
}

async function* cutAt(
  all: AsyncGenerator<Item>,
  limit: number,
  onCut: (next: Item) => void,
): AsyncGenerator<Item> {
  let count = 0;
  for await (const item of all) {
    if (count >= limit) return onCut(item);
    count += 1;
    yield item;
  }
}
