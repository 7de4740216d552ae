import type { OfferedSlot } from '../../core/app/desk/read-slots.ts';
import type { PartOfDay } from '../../core/order/events.ts';
import { type Block, type Cell, tone } from '../../faces/cli/terminal/blocks.ts';
import { RECORDS_UNDER } from '../../faces/cli/terminal/records.ts';
import { reasonsText } from '../../texts/choice-reason.ts';
import type { View } from '../framework/print/view.ts';
import { dayAndTime, slotCell } from '../order/words.ts';
import { whoText } from '../technician/words.ts';

const PARTS: readonly PartOfDay[] = ['am', 'pm', 'evening'];
/** Said of a part of a day in which nothing fits. */
const NOTHING = '-';
/** So wide a terminal has room for the minutes of driving in every cell. */
const MINUTES_FROM = 76;

/** The best of all with its reasons, then a line a day and a column a part of it. `slots`: best first. */
export const slotsGrid = (slots: readonly OfferedSlot[], view: View): readonly Block[] => {
  const { columns, part, slotsBest } = view.t.schedule;
  const [best] = slots;
  if (best === undefined) return [];
  // Where a record is a block of lines, a part without anything would only be one more of them.
  const isWide = view.width >= RECORDS_UNDER;
  const parts = PARTS.filter((one) => slots.some((slot) => slot.part === one));
  const dates = [...new Set(slots.map(({ date }) => date))].sort();
  const row = (date: string): readonly Cell[] => {
    const onDay = slots.filter((slot) => slot.date === date);
    const [first] = onDay;
    return [
      first === undefined ? date : dayOf(first, view),
      ...parts.map((one): Cell => {
        const slot = onDay.find((other) => other.part === one);
        if (slot === undefined) return isWide ? tone('dim', NOTHING) : '';
        return slot === best ? tone('good', `${cellOf(slot, view)} *`) : cellOf(slot, view);
      }),
    ];
  };
  return [
    {
      kind: 'text',
      lines: [
        tone('strong', slotsBest(slotCell(best, view), whoText(best.technicianId, best.technicianName))),
        reasonsText(best.reasons, view.t),
      ],
    },
    {
      kind: 'table',
      columns: [
        { title: columns.date, drop: 0 },
        ...parts.map((one) => ({ title: part[one].toUpperCase(), drop: 0 })),
      ],
      rows: dates.map(row),
    },
  ];
};

/** `2026-11-24 (Tue)` */
const dayOf = ({ start }: OfferedSlot, view: View): string => dayAndTime(start, view).replace(/ \S+$/, '');

/** `09:30 T-04, 12 min` */
const cellOf = ({ start, technicianId, travelMinutes }: OfferedSlot, view: View): string => {
  const [, time = ''] = view.clock(start).split(' ');
  const said = `${time} ${technicianId}`;
  return travelMinutes === null || (view.width < MINUTES_FROM && view.width >= RECORDS_UNDER)
    ? said
    : view.t.schedule.slotsCell(said, travelMinutes);
};
