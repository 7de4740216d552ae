import { type OfferedSlot, type OfferedSlots, readSlots } from '../../core/app/desk/read-slots.ts';
import { reasonsText } from '../../texts/choice-reason.ts';
import { whyNoneText } from '../../texts/why-none.ts';
import { list } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import type { Handler } from '../framework/run/context.ts';
import { slotCell } from '../order/words.ts';
import { whoText } from '../technician/words.ts';
import type { scheduleSlots } from './slots.ts';
import { slotsGrid } from './slots-grid.ts';
import { wouldText } from './why.handler.ts';

export const run: Handler<typeof scheduleSlots> = async ({ services, t, view }, { args, flags }) => {
  const { columns } = t.schedule;
  const { policy, clock } = services;
  const store = await services.store('read');
  const found = await readSlots({ store, policy, clock }, args.id, {
    top: flags.top,
    date: flags.date,
    prefer: flags.prefer,
    technicianId: flags.technician,
  });
  const { slots, why, would } = found;
  const rank = new Map(slots.map((slot, i) => [slot, i + 1]));
  return list<OfferedSlot>({
    schema: 'oss.slots/1',
    items: slots,
    id: ({ start }) => start,
    extra: { orderId: args.id, why, would },
    empty: emptyText(found, view),
    ...(flags.top === undefined ? { picture: (seen: View) => slotsGrid(slots, seen) } : {}),
    columns: [
      { title: columns.rank, drop: 2, align: 'right', cell: (slot) => String(rank.get(slot) ?? '') },
      { title: columns.when, drop: 0, cell: slotCell },
      {
        title: columns.technician,
        drop: 0,
        cell: ({ technicianId, technicianName }) => whoText(technicianId, technicianName),
      },
      { title: columns.why, drop: 0, cell: ({ reasons }, seen) => reasonsText(reasons, seen.t) },
    ],
    hints: [{ command: `schedule ${slots.length === 0 ? 'why' : 'assign'} ${args.id}` }],
  });
};

/** What stands in the way, and the least that alone would help. */
const emptyText = ({ why, would }: OfferedSlots, view: View): string => {
  const { slotsEmpty, slotsLeast, noMore, whyNone, why: words } = view.t.schedule;
  const said = why.map((code) => whyNoneText(code, whyNone)).join(', ');
  const [least] = would;
  return [
    slotsEmpty(said === '' ? noMore : said),
    least === undefined ? words.nothingAlone : slotsLeast(wouldText(least, view)),
  ].join('\n');
};
