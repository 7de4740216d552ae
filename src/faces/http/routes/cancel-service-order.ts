import {
  allCancels,
  assessCancel,
  cancelsOf,
  type ReadCancel,
  readCancel,
} from '../../../core/app/orders/cancel-task.ts';
import { selectFields } from '../../../core/values/json-fields.ts';
import { parseOrderId } from '../../../core/values/order-id.ts';
import { type Call, json, type Route } from '../route.ts';
import { asAsked, clientOf, keyOf, textsOf } from '../tmf641/call.ts';
import { CANCEL_DOCS as DOCS } from '../tmf641/cancel-docs.ts';
import { badField } from '../tmf641/fields.ts';
import { type CancelPrinting, printCancel } from '../tmf641/print-cancel.ts';
import { TMF641_BASE } from '../tmf641/profile.ts';
import { readCancelOrder } from '../tmf641/read-cancel.ts';
import { readFields } from '../tmf641/read-query.ts';

const PATH = `${TMF641_BASE}/cancelServiceOrder`;

const printingOf = (call: Call): CancelPrinting => ({
  publicUrl: call.house.publicUrl,
  denial: ({ denied }) => textsOf(call).http.cancelDenied(denied ?? ''),
});

const create: Route = {
  method: 'POST',
  path: PATH,
  may: 'order cancel',
  takes: ['application/json'],
  errors: 'tmf',
  weight: 'intake',
  doc: DOCS.create,
  handle: async (call) => {
    const { deps, client } = clientOf(call);
    const { orderId, ...wish } = readCancelOrder(call.body, deps.clock.now());
    const { task } = await assessCancel(deps, orderId, { ...wish, client, ...keyOf(call) });
    const document = printCancel(await readCancel(deps, task.taskId), printingOf(call));
    return json(201, document, { location: String(document.href) });
  },
};

const MOST_TASKS = 100;

const list: Route = {
  method: 'GET',
  path: PATH,
  may: 'order list',
  errors: 'tmf',
  weight: 'read',
  doc: DOCS.list,
  handle: async (call) => {
    const fields = readFields(call.query);
    const found = await tasksOf(call);
    const documents = found.map((one) => printCancel(one, printingOf(call)));
    return json(
      200,
      documents.map((document) => (fields === null ? document : selectFields(document, fields))),
      { 'x-total-count': String(documents.length), 'x-result-count': String(documents.length) },
    );
  },
};

/** Of the order that the query names, else the first of all. */
const tasksOf = async (call: Call): Promise<readonly ReadCancel[]> => {
  const { deps } = clientOf(call);
  for (const name of call.query.keys()) {
    if (name === 'fields' || name === 'serviceOrder.id') continue;
    throw badField(name.slice(0, 60), { code: 'NO_SUCH_FIELD', fields: ['serviceOrder.id', 'fields'] });
  }
  const named = call.query.get('serviceOrder.id');
  if (named === null) return allCancels(deps, MOST_TASKS);
  const orderId = parseOrderId(named);
  return orderId === null ? [] : cancelsOf(deps, orderId);
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
    const found = await readCancel(deps, call.params.id ?? '');
    return json(200, asAsked(call, printCancel(found, printingOf(call))));
  },
};

export const CANCEL_SERVICE_ORDER: readonly Route[] = [create, list, read];
