import { type ListedTechnician, listTechnicians } from '../../core/app/technicians/read-technicians.ts';
import { actorDeps } from '../changing.ts';
import { list } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import type { technicianList } from './list.ts';
import { daysOffText, skillsText, todayCell } from './words.ts';

export const run: Handler<typeof technicianList> = async (ctx, { flags }) => {
  const { t, globals } = ctx;
  const { columns, ...words } = t.technicians;
  const { showPii } = globals;
  // A clear reading leaves a row in the audit log, which is a write.
  const all = await listTechnicians(await actorDeps(ctx, showPii ? 'write' : 'read'), { ...flags, showPii });
  const isFiltered = flags.area !== undefined || flags.skill !== undefined;
  return list<ListedTechnician>({
    schema: 'oss.technicians/1',
    items: all,
    id: ({ technicianId }) => technicianId,
    empty: isFiltered ? words.noneFit : words.empty,
    ...(all.length === 0 && !isFiltered
      ? { hints: [{ command: 'technician import data/samples/technicians.csv' }] }
      : {}),
    columns: [
      { title: columns.technician, drop: 0, cell: ({ technicianId }) => technicianId },
      { title: columns.name, drop: 0, cell: ({ name }) => name },
      { title: columns.skills, drop: 3, cell: skillsText },
      { title: columns.areas, drop: 1, max: 40, cell: ({ areas }) => areas.join(', ') },
      { title: columns.hours, drop: 2, max: 30, cell: ({ hours }) => hours },
      { title: columns.today, drop: 0, cell: todayCell },
      { title: columns.daysOff, drop: 4, max: 40, cell: ({ daysOff }, view) => daysOffText(daysOff, view) },
      { title: columns.phone, drop: 5, cell: ({ phone }) => phone },
    ],
  });
};
