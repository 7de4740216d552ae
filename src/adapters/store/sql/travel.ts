import type { TravelTable } from '../../../core/ports/store.ts';
import {
  type AreaPlace,
  type Leg,
  NO_TRAVEL_DATA,
  type TravelData,
} from '../../../core/travel/travel-data.ts';
import { parseDoc } from './json-column.ts';
import { query, type Values } from './query.ts';
import type { Session } from './session.ts';

type TravelRow = {
  readonly kind: string;
  readonly version: string;
  readonly imported_at: string;
  readonly doc: string;
};

/** What there is, without its rows: a matrix has many. */
const present = query((db, _: Values) =>
  db.selectFrom('travel').select(['kind', 'version', 'imported_at']).orderBy('kind'),
);
const allRows = query((db, _: Values) => db.selectFrom('travel').selectAll().orderBy('kind'));
const putRow = query((db, p: TravelRow) => {
  const rest = { version: p.version, imported_at: p.imported_at, doc: p.doc };
  return db
    .insertInto('travel')
    .values({ kind: p.kind, ...rest })
    .onConflict((conflict) => conflict.column('kind').doUpdateSet(rest));
});

/** What was read last, for as long as the table says the same. */
let last: { readonly key: string; readonly data: TravelData } | null = null;

export const sqlTravel = (session: Session): TravelTable => ({
  data: async () => {
    const heads = await session.all(present, {});
    if (heads.length === 0) return NO_TRAVEL_DATA;
    const key = JSON.stringify(heads);
    if (last?.key === key) return last.data;
    const rows = await session.all(allRows, {});
    const of = <Row>(kind: string) => {
      const row = rows.find((one) => one.kind === kind);
      if (row === undefined) return null;
      const parsed = parseDoc<readonly Row[]>(session, ['travel', kind], row.doc);
      return { version: row.version, importedAt: row.imported_at, rows: parsed };
    };
    const data = { places: of<AreaPlace>('places'), matrix: of<Leg>('matrix') };
    last = { key, data };
    return data;
  },
  put: async (kind, { version, importedAt, rows }) => {
    await session.run(putRow, { kind, version, imported_at: importedAt, doc: JSON.stringify(rows) });
  },
});
