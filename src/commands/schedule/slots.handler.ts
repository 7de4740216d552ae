import { type OfferedSlot, rankSlots } from '../../core/app/desk/read-desk.ts';
import { reasonsText } from '../../texts/choice-reason.ts';
import { whyNoneText } from '../../texts/why-none.ts';
import { list } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import { slotCell } from '../order/words.ts';
import { whoText } from '../technician/words.ts';
import type { scheduleSlots } from './slots.ts';

export const run: Handler<typeof scheduleSlots> = async ({ services, t }, { args, flags }) => {
  const { columns, ...words } = t.schedule;
  const store = await services.store('read');
  const { slots, why } = await rankSlots({ store, policy: services.policy, clock: services.clock }, args.id, {
    top: flags.top,
    date: flags.date,
    prefer: flags.prefer,
    technicianId: flags.technician,
  });
  const rank = new Map(slots.map((slot, i) => [slot, i + 1]));
  const said = why.map((code) => whyNoneText(code, words.whyNone)).join(', ');
  const [best] = slots;
  return list<OfferedSlot>({
    schema: 'oss.slots/1',
    items: slots,
    id: ({ start }) => start,
    extra: { orderId: args.id, why },
    empty: words.slotsEmpty(said === '' ? words.noMore : said),
    columns: [
      { title: columns.rank, drop: 2, align: 'right', cell: (slot) => String(rank.get(slot) ?? '') },
      { title: columns.when, drop: 0, cell: slotCell },
      {
        title: columns.technician,
        drop: 0,
        cell: ({ technicianId, technicianName }) => whoText(technicianId, technicianName),
      },
      { title: columns.why, drop: 0, cell: ({ reasons }, view) => reasonsText(reasons, view.t) },
    ],
    ...(best === undefined ? {} : { hints: [{ command: `schedule assign ${args.id}` }] }),
  });
};
