import type { ClientPage, ClientWish } from '../../../core/app/orders/client-orders.ts';
import { CLIENT_PRIORITIES } from '../../../core/order/client-terms.ts';
import { STAGES } from '../../../core/rules/stage.ts';
import { iso } from '../../../core/time/iso.ts';
import { readFilter } from '../../../core/values/json-filter.ts';
import { parseOrderId } from '../../../core/values/order-id.ts';
import { tmfStateOf } from '../../../core/views/order-details.ts';
import { badField, momentOf, oneOfAt } from './fields.ts';
import { otherwise } from './profile.ts';

/** A list as a query asks for it. `fields` null: all of each order. */
export type ListQuery = {
  /** null: nothing can fit. */
  readonly wish: ClientWish | null;
  readonly page: ClientPage;
  readonly fields: readonly string[] | null;
};

const PAGE = 20;
const MOST_ITEMS = 100;
/** Who goes on further uses the cursor of the page before. */
const MOST_OFFSET = 10_000;

const PAGING = ['fields', 'offset', 'limit', 'cursor'] as const;

export const FILTERS = [
  'id',
  'externalId',
  'state',
  'orderDate',
  'category',
  'priority',
  'relatedParty.id',
] as const;

/** Reads the query of a list. Throws Refusal BAD_FIELD. */
export const readListQuery = (query: URLSearchParams, client: string): ListQuery => {
  const filters = [...query].filter(([name]) => !PAGING.some((one) => one === name));
  const wishes = filters.map(([name, value]) => wishOf(name, value, client));
  const known = wishes.filter((wish) => wish !== null);
  return {
    wish: known.length < wishes.length ? null : known.reduce(both, {}),
    page: {
      offset: wholeOf(query, 'offset', { fallback: 0, min: 0, max: MOST_OFFSET }),
      limit: wholeOf(query, 'limit', { fallback: PAGE, min: 1, max: MOST_ITEMS }),
      cursor: query.get('cursor') ?? undefined,
    },
    fields: readFields(query),
  };
};

/** The fields that are asked for; the id comes with them. */
export const readFields = (query: URLSearchParams): readonly string[] | null => {
  const fields = query.getAll('fields').flatMap((list) => list.split(','));
  return fields.length === 0 ? null : ['id', ...fields.map((field) => field.trim())];
};

const wholeOf = (
  query: URLSearchParams,
  name: 'offset' | 'limit',
  { fallback, min, max }: { readonly fallback: number; readonly min: number; readonly max: number },
): number => {
  const text = query.get(name);
  if (text === null) return fallback;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= min && number <= max)) {
    throw badField(name, { code: 'WHOLE_NUMBER', min, max, unit: 'none' });
  }
  return number;
};

/** What one filter asks for; null: nothing can fit it. */
const wishOf = (name: string, value: string, client: string): ClientWish | null => {
  const { path, operator, values } = readFilter(name, value);
  if (path === 'orderDate') return datesOf(operator, values);
  const field = FILTERS.find((one) => one === path);
  if (field === undefined || operator !== 'eq') {
    throw badField(name.slice(0, 60), { code: 'NO_SUCH_FIELD', fields: [...FILTERS, ...PAGING] });
  }
  if (field === 'state') {
    const stages = STAGES.filter((stage) => values.includes(tmfStateOf(stage)));
    return stages.length === 0 ? null : { stages };
  }
  const [only = '', ...others] = values;
  if (others.length > 0) throw badField(name, { code: 'ONCE' });
  switch (field) {
    case 'id': {
      const orderId = parseOrderId(only);
      return orderId === null ? null : { orderId };
    }
    case 'externalId':
      return { externalId: { client, id: only } };
    case 'category':
      return { category: only };
    case 'relatedParty.id':
      return { customerId: only };
    default: {
      const said = oneOfAt(only, name, CLIENT_PRIORITIES);
      return { clientPriority: { said, otherwise: otherwise(said) } };
    }
  }
};

/** Orders are dated to the millisecond. */
const datesOf = (
  operator: ReturnType<typeof readFilter>['operator'],
  values: readonly string[],
): ClientWish => {
  const [only = ''] = values;
  // A plus that is not escaped in a query is a space there.
  const at = momentOf(only.replace(' ', '+'));
  if (at === null || values.length > 1) throw badField('orderDate', { code: 'MOMENT' });
  switch (operator) {
    case 'eq':
      return { since: iso(at), until: iso(at + 1) };
    case 'gt':
      return { since: iso(at + 1) };
    case 'gte':
      return { since: iso(at) };
    case 'lt':
      return { until: iso(at) };
    case 'lte':
      return { until: iso(at + 1) };
  }
};

/** All of it: of two bounds the narrower one, of two lists of states what is in both. */
const both = (a: ClientWish, b: ClientWish): ClientWish => {
  const stages =
    a.stages !== undefined && b.stages !== undefined
      ? a.stages.filter((stage) => b.stages?.includes(stage))
      : (a.stages ?? b.stages);
  const since = [a.since, b.since]
    .filter((at) => at !== undefined)
    .sort()
    .at(-1);
  const until = [a.until, b.until]
    .filter((at) => at !== undefined)
    .sort()
    .at(0);
  return {
    ...a,
    ...b,
    ...(stages === undefined ? {} : { stages }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
};
