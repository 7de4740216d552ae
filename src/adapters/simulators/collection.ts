import { type Answer, errorAnswer, type SimRequest, textOf, wholeOf } from './request.ts';

/** What a simulated peer keeps and shows under one path, e.g. `/service`. `Row`: one of them in the ledger. */
export type CollectionOptions<Row> = {
  /** Path of the API. */
  readonly base: string;
  readonly path: `/${string}`;
  /** The field of a query that the list is filtered by. */
  readonly filter: string;
  readonly idOf: (row: Row) => string;
  readonly etagOf: (row: Row) => string;
  readonly bodyOf: (row: Row) => unknown;
  /** `state` null: whatever its state. */
  readonly page: (state: string | null, offset: number, limit: number) => readonly Row[];
  readonly count: (state: string | null) => number;
};

/** How a peer shows one of its things, and the list of them. */
export type Collection<Row> = {
  /** `status` 201: it is new, and the answer tells its address. */
  readonly found: (row: Row, status?: 200 | 201) => Answer;
  readonly list: (rows: readonly Row[], total: number) => Answer;
  /** The page that a query with `limit` and `offset` asks for. */
  readonly page: (request: SimRequest) => Answer;
};

/** Items of a page unless the query says how many, and the most. */
const PAGE = 100;
const MOST = 1_000;

export const openCollection = <Row>(options: CollectionOptions<Row>): Collection<Row> => {
  const { base, path, filter, idOf, etagOf, bodyOf } = options;
  const list: Collection<Row>['list'] = (rows, total) => ({
    status: 200,
    headers: { 'X-Total-Count': String(total), 'X-Result-Count': String(rows.length) },
    body: rows.map(bodyOf),
  });
  return {
    found: (row, status = 200) => ({
      status,
      body: bodyOf(row),
      headers: {
        ETag: etagOf(row),
        ...(status === 201 ? { Location: `${base}${path}/${idOf(row)}` } : {}),
      },
    }),
    list,
    page: ({ query }) => {
      const state = textOf(query[filter]);
      const limit = Math.min(wholeOf(query.limit, PAGE), MOST);
      return list(options.page(state, wholeOf(query.offset, 0), limit), options.count(state));
    },
  };
};

/** The 405 of a method that a path does not take; `allow`: those that it does. */
export const wrongMethod = ({ method }: SimRequest, allow: string): Answer =>
  errorAnswer(405, 'METHOD_NOT_ALLOWED', `${method} is not possible here`, { Allow: allow });
