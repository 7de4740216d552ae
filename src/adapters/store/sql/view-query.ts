import { type Expression, type ExpressionBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { OrderFilter, OrderQuery } from '../../../core/ports/order-view.ts';
import type { LateBefore } from '../../../core/rules/late.ts';
import type { Stage } from '../../../core/rules/stage.ts';
import { syllablesOf } from '../../../core/values/initials.ts';
import { type SearchedPhone, searchedPhone } from '../../../core/values/phone.ts';
import { searchedAnywhere } from '../../../core/values/searched.ts';
import { decodeCursor } from './cursor.ts';
import { contains, hasSyllables, oneOf, textIn } from './dialect.ts';
import { idKey } from './id-key.ts';
import { type Builder, builder } from './query.ts';
import type { Schema } from './schema.ts';
import { NEVER, PRIORITY_RANK, SORTS, searchable } from './view-row.ts';

/** One stage of a list, with what makes an order late in it; null: late or not. */
export type StageFilter = { readonly stage: Stage; readonly late: LateBefore | null };

/** The stages a query asks for, each a query of its own (an index serves one stage in order, not several); null: all. */
export const stagesOf = ({ stages, lateBefore }: OrderFilter): readonly StageFilter[] | null => {
  if (lateBefore === undefined) {
    return stages === undefined ? null : [...new Set(stages)].map((stage) => ({ stage, late: null }));
  }
  return Object.entries(lateBefore).flatMap(([name, late]) => {
    // Object.entries forgets that the names are stages.
    const stage = name as Stage;
    return stages === undefined || stages.includes(stage) ? [{ stage, late }] : [];
  });
};

const isPhone = (digits: Expression<string>, phone: SearchedPhone) =>
  phone.part === 'end'
    ? sql<boolean>`${digits} like ${`%${phone.digits}`}`
    : oneOf(digits, JSON.stringify(phone.numbers));

/** Events that say what was installed. */
const INSTALLED = JSON.stringify(['FieldWorkCompleted', 'FieldResultCorrected']);

/** What may match besides, for who looks anywhere: each in a table of its own, and only where the text can be such a thing. */
const besides = (text: string, { addresses }: NonNullable<OrderFilter['anywhere']>) => {
  const { serial, equipment, address } = searchedAnywhere(text);
  return (eb: ExpressionBuilder<Schema & { found: Schema['order_view'] }, 'found'>) => [
    ...(equipment === null ? [] : [contains(sql<string>`lower(${textIn('equipmentId')})`, equipment)]),
    ...(serial === null
      ? []
      : [
          eb('found.order_id', 'in', (inner) =>
            inner
              .selectFrom('events')
              .select('events.order_id')
              .where((event) => oneOf(event.ref('events.type'), INSTALLED))
              .where((event) => contains(event.ref('events.data'), `"${serial}"`)),
          ),
        ]),
    ...(address === null || !addresses
      ? []
      : [
          eb('found.order_id', 'in', (inner) =>
            inner
              .selectFrom('addresses')
              .select('addresses.order_id')
              .where((home) => contains(sql<string>`${home.ref('addresses.address')}`, address)),
          ),
        ]),
  ];
};

/**
 * Keys of the orders whose id, key, customer name contains the text, or whose phone is that or ends so. Runs over an index that holds nothing
 * else, so that the documents are not read; `anywhere` reads more.
 */
const matching = (db: Builder, text: string, anywhere: OrderFilter['anywhere']) => {
  const phone = searchedPhone(text);
  const { initials, isShortNumber } =
    anywhere === undefined ? { initials: null, isShortNumber: false } : searchedAnywhere(text);
  return db
    .selectFrom('order_view as found')
    .select('found.order_key')
    .where((eb) =>
      eb.or([
        ...(isShortNumber ? [] : [contains(eb.ref('found.search'), searchable(text))]),
        eb('found.customer_id', 'in', (inner) =>
          inner
            .selectFrom('customers')
            .select('customer_id')
            .where((customer) => {
              const byName = contains(customer.ref('name_search'), searchable(text));
              return customer.or([
                byName,
                ...(phone === null ? [] : [isPhone(customer.ref('phone_digits'), phone)]),
                ...(initials === null ? [] : [hasSyllables(customer.ref('name'), syllablesOf(initials))]),
              ]);
            }),
        ),
        ...(anywhere === undefined ? [] : besides(text, anywhere)(eb)),
      ]),
    );
};

/** The document is read only where the columns say that the visit has begun and may be agreed. */
const isLate =
  ({ since, visitStart, visitEnd, expected }: LateBefore) =>
  (eb: ExpressionBuilder<Schema, 'order_view'>) => {
    const agreed = sql<boolean>`${textIn('visit', 'status')} = 'agreed'`;
    return eb.or([
      ...(since === null ? [] : [eb('stage_since', '<', since)]),
      ...(expected.length === 0 ? [] : [oneOf(eb.ref('order_key'), JSON.stringify(expected.map(idKey)))]),
      ...(visitStart === null ? [] : [eb.and([eb('visit_start', '<', visitStart), agreed])]),
      ...(visitEnd === null
        ? []
        : [
            eb.and([
              eb('visit_start', '<', visitEnd),
              sql<boolean>`${textIn('visit', 'end')} < ${visitEnd}`,
              agreed,
            ]),
          ]),
    ]);
  };

const hasPriority =
  ({ said, otherwise }: NonNullable<OrderFilter['clientPriority']>) =>
  (eb: ExpressionBuilder<Schema, 'order_view'>) =>
    eb.or([
      sql<boolean>`${textIn('terms', 'priority')} = ${said}`,
      ...(otherwise === null
        ? []
        : [
            eb.and([
              eb('priority_rank', '=', PRIORITY_RANK[otherwise]),
              sql<boolean>`${textIn('terms', 'priority')} is null`,
            ]),
          ]),
    ]);

/** Filters that each need no more than a column. */
const filtered = (asked: OrderFilter, stage: StageFilter | null) => {
  let rows = builder().selectFrom('order_view');
  if (stage !== null) rows = rows.where('stage', '=', stage.stage);
  if (stage !== null && stage.late !== null) rows = rows.where(isLate(stage.late));
  if (asked.area !== undefined) rows = rows.where('area', '=', asked.area);
  if (asked.technicianId !== undefined) rows = rows.where('technician_id', '=', asked.technicianId);
  if (asked.customerId !== undefined) rows = rows.where('customer_id', '=', asked.customerId);
  if (asked.since !== undefined) rows = rows.where('placed_at', '>=', asked.since);
  if (asked.until !== undefined) rows = rows.where('placed_at', '<', asked.until);
  if (asked.visitFrom !== undefined) rows = rows.where('visit_start', '>=', asked.visitFrom);
  if (asked.visitTo !== undefined) rows = rows.where('visit_start', '<', asked.visitTo);
  if (asked.visitFrom !== undefined || asked.visitTo !== undefined) {
    // As a literal, so that SQLite sees that the index on visits serves.
    rows = rows.where('visit_start', '<', sql.lit(NEVER));
  }
  // As a literal, so that SQLite sees that the index on open orders serves.
  if (asked.open !== undefined) rows = rows.where('open', '=', (eb) => eb.lit(asked.open === true ? 1 : 0));
  // As a literal, so that SQLite sees that the index on orders in doubt serves.
  if (asked.inDoubt === true) rows = rows.where('in_doubt', '>', (eb) => eb.lit(0));
  const { category, clientPriority } = asked;
  if (category !== undefined) rows = rows.where(sql<boolean>`${textIn('terms', 'category')} = ${category}`);
  if (clientPriority !== undefined) rows = rows.where(hasPriority(clientPriority));
  if (asked.text !== undefined)
    rows = rows.where('order_key', 'in', matching(builder(), asked.text, asked.anywhere));
  return rows;
};

const PAGE_COLUMNS = ['order_key', 'order_id', 'doc'] as const;

/** An index has the rows in order already; that of visits holds those that have one. */
const isIndexed = (column: string, { visitFrom, visitTo }: OrderFilter): boolean =>
  column === 'order_key' || (column === 'visit_start' && (visitFrom !== undefined || visitTo !== undefined));

/**
 * One page of a list, of one stage or of all, one row longer than the page. What has to be sorted is sorted by key
 * first, and then only the page's documents are read: sorting a million documents takes five times as long.
 */
export const pageOf = (asked: OrderQuery, stage: StageFilter | null) => {
  const { column, direction } = SORTS[asked.sort ?? '-id'];
  let rows = filtered(asked, stage);
  if (asked.cursor !== undefined) {
    const { value, key } = decodeCursor(asked.cursor);
    const after = direction === 'asc' ? '>' : '<';
    rows =
      column === 'order_key'
        ? rows.where('order_key', after, key)
        : rows.where((eb) => eb(eb.refTuple(column, 'order_key'), after, eb.tuple(value, key)));
  }
  const sorted = <O>(unsorted: SelectQueryBuilder<Schema, 'order_view', O>) => {
    const byColumn = unsorted.orderBy(column, direction);
    return column === 'order_key' ? byColumn : byColumn.orderBy('order_key', direction);
  };
  const page = isIndexed(column, asked)
    ? rows.limit(asked.limit + 1)
    : builder()
        .selectFrom('order_view')
        .where('order_key', 'in', sorted(rows.select('order_key')).limit(asked.limit + 1));
  return sorted(page.select([...PAGE_COLUMNS, (eb) => eb.ref(column).as('place')]));
};

/** How many orders there are in one stage or in all. */
export const countOf = (asked: OrderFilter, stage: StageFilter | null) =>
  filtered(asked, stage).select((eb) => eb.fn.countAll<number>().as('orders'));
