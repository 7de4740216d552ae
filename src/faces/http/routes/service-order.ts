import { areaFor } from '../../../core/app/orders/area-for.ts';
import { amendOrder } from '../../../core/app/orders/change-terms.ts';
import { type ClientOrders, findClientOrders } from '../../../core/app/orders/client-orders.ts';
import { assembleOrder } from '../../../core/app/orders/order-asked.ts';
import { placeOrder } from '../../../core/app/orders/place-order.ts';
import { readClientOrder } from '../../../core/app/orders/read-details.ts';
import { selectFields } from '../../../core/values/json-fields.ts';
import { type Answer, type Call, json, type Route } from '../route.ts';
import {
  asAsked,
  type Client,
  clientOf,
  etagOf,
  keyOf,
  orderIdOf,
  printingOf,
  versionOf,
} from '../tmf641/call.ts';
import { orderHref, printOrder } from '../tmf641/print-order.ts';
import { TMF641_BASE } from '../tmf641/profile.ts';
import { readServiceOrder } from '../tmf641/read-order.ts';
import { readPatch } from '../tmf641/read-patch.ts';
import { FILTERS, type ListQuery, readListQuery } from '../tmf641/read-query.ts';
import { SERVICE_ORDER_DOCS as DOCS } from '../tmf641/service-order-docs.ts';

const PATH = `${TMF641_BASE}/serviceOrder`;

/** The order as it is now, for who placed or changed it: masked. */
const shown = async (call: Call, { deps }: Client, orderId: string, status: 200 | 201): Promise<Answer> => {
  const order = await readClientOrder(deps, orderId, { showPii: false });
  return json(status, printOrder(order, printingOf(call)), {
    etag: etagOf(order.view.version),
    ...(status === 201 ? { location: orderHref(call.house.publicUrl, orderId) } : {}),
  });
};

/** Acknowledged means durable; no peer is asked, so that orders are taken though both are down. */
const create: Route = {
  method: 'POST',
  path: PATH,
  may: 'order new',
  takes: ['application/json'],
  errors: 'tmf',
  weight: 'intake',
  doc: DOCS.create,
  handle: async (call) => {
    const client = clientOf(call);
    const key = keyOf(call);
    const { asked, terms } = readServiceOrder(call.body, client);
    const { order, givenArea } = await assembleOrder(client.deps, asked);
    const { address } = order;
    const area = await areaFor(client.deps, call.house.areas, { address, given: givenArea });
    const placed = await placeOrder(client.deps, { ...order, area, channel: 'api', terms }, key);
    return shown(call, client, placed.process.orderId, placed.status === 'done' ? 201 : 200);
  },
};

const list: Route = {
  method: 'GET',
  path: PATH,
  may: 'order list',
  errors: 'tmf',
  weight: 'read',
  doc: {
    ...DOCS.list,
    query: [
      ...FILTERS.map((name) => ({ name, summary: 'only orders of which this is so' })),
      { name: 'fields', summary: 'only these fields of each, comma separated, and the id' },
      { name: 'offset', summary: 'how many to leave out' },
      { name: 'limit', summary: 'how many at most' },
      { name: 'cursor', summary: 'goes on behind an earlier page, as its Link says' },
    ],
  },
  handle: async (call) => {
    const { deps, client } = clientOf(call);
    const asked = readListQuery(call.query, client);
    const found =
      asked.wish === null
        ? { items: [], total: 0, nextCursor: null }
        : await findClientOrders(deps, asked.wish, asked.page);
    const printing = printingOf(call);
    const orders = found.items.map((order) => {
      const printed = printOrder(order, printing);
      return asked.fields === null ? printed : selectFields(printed, asked.fields);
    });
    return json(found.items.length < found.total ? 206 : 200, orders, pageHeaders(call, asked, found));
  },
};

const pageHeaders = (
  { query, house }: Call,
  { page }: ListQuery,
  { items, total, nextCursor }: ClientOrders,
): Readonly<Record<string, string>> => {
  const next = new URLSearchParams(query);
  next.delete('offset');
  next.set('cursor', nextCursor ?? '');
  const isCounted = page.cursor === undefined && items.length > 0;
  return {
    'x-total-count': String(total),
    'x-result-count': String(items.length),
    ...(isCounted
      ? { 'content-range': `items ${page.offset}-${page.offset + items.length - 1}/${total}` }
      : {}),
    ...(nextCursor === null ? {} : { link: `<${house.publicUrl}${PATH}?${next}>; rel="next"` }),
  };
};

const read: Route = {
  method: 'GET',
  path: `${PATH}/:id`,
  may: 'order show',
  errors: 'tmf',
  weight: 'read',
  doc: DOCS.read,
  handle: async (call) => {
    const { deps } = clientOf(call);
    const order = await readClientOrder(deps, orderIdOf(call), { showPii: call.caller?.seesClear === true });
    const document = asAsked(call, printOrder(order, printingOf(call)));
    return json(200, document, { etag: etagOf(order.view.version) });
  },
};

const patch: Route = {
  method: 'PATCH',
  path: `${PATH}/:id`,
  may: 'order amend',
  takes: ['application/merge-patch+json', 'application/json'],
  errors: 'tmf',
  weight: 'intake',
  doc: DOCS.patch,
  handle: async (call) => {
    const client = clientOf(call);
    const orderId = orderIdOf(call);
    const amendment = readPatch(call.body, client);
    await amendOrder(client.deps, orderId, { amendment, ...keyOf(call), ...versionOf(call) });
    return shown(call, client, orderId, 200);
  },
};

export const SERVICE_ORDER: readonly Route[] = [create, list, read, patch];
