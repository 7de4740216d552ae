import type { Query, Values } from './query.ts';

export type ChangedColumns<P extends Values> = {
  /** Columns that are set together, by what is indexed together: SQLite writes each index anew whose columns are set. */
  readonly groups: readonly (readonly (keyof P & string)[])[];
  /** The change that sets these columns. */
  readonly build: (columns: readonly (keyof P & string)[]) => Query<P, unknown>;
};

/**
 * Answers with the change that brings a row from `previous` to `next` and sets no group in which nothing differs; null:
 * they are the same. A query is built at the first use of its set of groups.
 */
export const changedColumns = <P extends Values>({
  groups,
  build,
}: ChangedColumns<P>): ((previous: P, next: P) => Query<P, unknown> | null) => {
  const built = new Map<number, Query<P, unknown>>();
  return (previous, next) => {
    let set = 0;
    let bit = 1;
    for (const group of groups) {
      for (const column of group) if (previous[column] !== next[column]) set |= bit;
      bit <<= 1;
    }
    if (set === 0) return null;
    const known = built.get(set);
    if (known !== undefined) return known;
    const made = build(groups.filter((_, place) => (set & (1 << place)) !== 0).flat());
    built.set(set, made);
    return made;
  };
};
