import { type ListedArea, listAreas } from '../../core/app/technicians/areas.ts';
import { tone } from '../../faces/cli/terminal/blocks.ts';
import { list } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import type { areaList } from './list.ts';

export const run: Handler<typeof areaList> = async ({ services, t }, { flags }) => {
  const { columns, ...words } = t.areas;
  const store = await services.store('read');
  const { items, versions } = await listAreas({ store, policy: services.policy }, flags);
  const isNone = versions.places === null && versions.matrix === null;
  return list<ListedArea>({
    schema: 'oss.areas/1',
    items,
    id: ({ area }) => area,
    extra: { versions },
    empty: words.empty,
    notes: isNone ? [words.noneImported] : [],
    ...(isNone ? { hints: [{ command: 'area import data/samples/areas.csv' }] } : {}),
    columns: [
      { title: columns.area, drop: 0, cell: ({ area }) => area },
      {
        title: columns.place,
        drop: 0,
        cell: ({ lat, lon, inMatrix }) =>
          lat === null || lon === null
            ? tone(inMatrix ? 'plain' : 'warn', inMatrix ? words.matrixOnly : words.nowhere)
            : `${lat}, ${lon}`,
      },
      { title: columns.group, drop: 2, cell: ({ group }) => group ?? '' },
      { title: columns.technicians, drop: 1, max: 40, cell: ({ technicianIds }) => technicianIds.join(', ') },
    ],
  });
};
