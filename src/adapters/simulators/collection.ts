import { isJsonObject, selectFields } from '../../core/values/json-fields.ts';
import { type Filter, fits, readFilter } from '../../core/values/json-filter.ts';
import { type Answer, errorAnswer, type SimRequest, wholeOf } from './request.ts';

/** What a simulated peer keeps and shows under one path, e.g. `/service`. `Row`: one of them in the ledger. */
export type CollectionOptions<Row> = {
  /** Path of the API. */
  readonly base: string;
  readonly path: `/${string}`;
  /** The field that the ledger itself can choose by. */
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
  /** One of them as a query with `fields` asks for it. */
  readonly read: (request: SimRequest, row: Row) => Answer;
  /** Of these rows those that fit a query, all of them on one page. */
  readonly list: (request: SimRequest, rows: readonly Row[]) => Answer;
  /** The page that a query with filters, `limit`, `offset` and `fields` asks for. */
  readonly page: (request: SimRequest) => Answer;
};

/** Items of a page unless the query says how many, and the most. */
const PAGE = 100;
const MOST = 1_000;
/** SQLite's word for "without limit". */
const ALL = -1;

const NOT_FILTERS: readonly string[] = ['fields', 'offset', 'limit'];

type Query = SimRequest['query'];

const filtersOf = (query: Query): readonly Filter[] =>
  Object.entries(query)
    .filter(([name]) => !NOT_FILTERS.includes(name))
    .map(([name, value]) => readFilter(name, value));

export const openCollection = <Row>(options: CollectionOptions<Row>): Collection<Row> => {
  const { base, path, filter, idOf, etagOf, bodyOf } = options;

  const found: Collection<Row>['found'] = (row, status = 200) => ({
    status,
    body: bodyOf(row),
    headers: {
      ETag: etagOf(row),
      ...(status === 201 ? { Location: `${base}${path}/${idOf(row)}` } : {}),
    },
  });
  const answer = (query: Query, bodies: readonly unknown[], total: number): Answer => ({
    status: 200,
    headers: { 'X-Total-Count': String(total), 'X-Result-Count': String(bodies.length) },
    body: bodies.map((body) => chosen(query, body)),
  });
  const fitting = (rows: readonly Row[], filters: readonly Filter[]): readonly unknown[] =>
    rows.map(bodyOf).filter((body) => filters.every((one) => fits(body, one)));

  return {
    found,
    read: ({ query }, row) => {
      const whole = found(row);
      return { ...whole, body: chosen(query, whole.body) };
    },
    list: ({ query }, rows) => {
      const bodies = fitting(rows, filtersOf(query));
      return answer(query, bodies, bodies.length);
    },
    page: ({ query }) => {
      const filters = filtersOf(query);
      const state = stateAlone(filters, filter);
      const limit = Math.min(wholeOf(query.limit, PAGE), MOST);
      const offset = wholeOf(query.offset, 0);
      if (state !== undefined) {
        const rows = options.page(state, offset, limit);
        return answer(query, rows.map(bodyOf), options.count(state));
      }
      const bodies = fitting(options.page(null, 0, ALL), filters);
      return answer(query, bodies.slice(offset, offset + limit), bodies.length);
    },
  };
};

/** The one state, or null for any, where that is all that is asked; undefined: more is. */
const stateAlone = (filters: readonly Filter[], field: string): string | null | undefined => {
  const [first, second] = filters;
  if (first === undefined) return null;
  const [state, ...others] = first.values;
  const alone =
    second === undefined && others.length === 0 && first.operator === 'eq' && first.path === field;
  return alone ? state : undefined;
};

/** A body with the fields that the query chooses, and its id. */
const chosen = ({ fields }: Query, body: unknown): unknown =>
  fields === undefined || !isJsonObject(body)
    ? body
    : selectFields(body, ['id', ...fields.split(',').map((field) => field.trim())]);

/** The 405 of a method that a path does not take; `allow`: those that it does. */
export const wrongMethod = ({ method }: SimRequest, allow: string): Answer =>
  errorAnswer(405, 'METHOD_NOT_ALLOWED', `${method} is not possible here`, { Allow: allow });
