import { type Query, query, type Values } from './query.ts';
import type { Session } from './session.ts';

/** A row of a table that has one row an order. */
type OrderRow = Values & { readonly order_key: string };

type Columns<P extends OrderRow> = readonly (keyof P & string)[];

export type PutRow<P extends OrderRow> = {
  readonly table: 'order_view' | 'work';
  /** Columns that are set together, by what is indexed together: SQLite writes each index anew whose columns are set. */
  readonly groups: readonly Columns<P>[];
  /** Puts the whole row, whatever was there. */
  readonly whole: Query<P, unknown>;
};

/**
 * Puts rows. A caller that knows the row as it is now (`previous`) sets no group in which nothing differs; the statement for a
 * set of groups is built at its first use. A row that is not there is put whole.
 */
export const putRow = <P extends OrderRow>({ table, groups, whole }: PutRow<P>) => {
  const built = new Map<number, Query<P, unknown>>();
  const update = (columns: Columns<P>): Query<P, unknown> =>
    query((db, p: P) =>
      db
        .updateTable(table)
        .set(Object.fromEntries(columns.map((column) => [column, p[column]])))
        .where('order_key', '=', p.order_key),
    );
  /** null: nothing differs. */
  const change = (previous: P, next: P): Query<P, unknown> | null => {
    let set = 0;
    let bit = 1;
    for (const group of groups) {
      for (const column of group) if (previous[column] !== next[column]) set |= bit;
      bit <<= 1;
    }
    if (set === 0) return null;
    const known = built.get(set) ?? update(groups.filter((_, place) => (set & (1 << place)) !== 0).flat());
    built.set(set, known);
    return known;
  };
  return async (session: Session, next: P, previous?: P): Promise<void> => {
    const changed = previous === undefined ? null : change(previous, next);
    if (changed !== null && (await session.run(changed, next)) > 0) return;
    await session.run(whole, next);
  };
};
