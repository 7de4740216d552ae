import { readBreakers } from '../../core/app/peers/read-breakers.ts';
import { list } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import type { breakerList } from './list.ts';
import { type BreakerItem, becauseText, breakerItem, stateCell } from './row.ts';

export const run: Handler<typeof breakerList> = async (ctx) => {
  const { services, t } = ctx;
  const store = await services.store('read');
  const rows = await readBreakers({ store }, services.breakers);
  const { columns } = t.breaker;
  return list<BreakerItem>({
    schema: 'oss.breakers/1',
    items: rows.map(breakerItem),
    id: ({ name }) => name,
    extra: { simulated: await services.simulated() },
    columns: [
      { title: columns.name, drop: 0, cell: ({ name }) => name },
      { title: columns.state, drop: 0, cell: stateCell },
      { title: columns.failures, drop: 3, align: 'right', cell: ({ failures }) => String(failures) },
      { title: columns.lastFailure, drop: 2, cell: ({ lastFailureAt }, view) => view.time(lastFailureAt) },
      {
        title: columns.because,
        drop: 1,
        cell: (item, view) => becauseText(item, view.t),
      },
    ],
  });
};
