import { fieldsOf, itemsOf, type SimRequest, textOf } from './request.ts';

/** What the NE keeps of a TMF640 Service_Create: known fields only, so that no person's name can slip into the ledger. */
export type ServiceDraft = {
  readonly key: string;
  readonly spec: string;
  readonly area: string;
  /** The fields to answer with later. */
  readonly doc: Readonly<Record<string, unknown>>;
};

/** The kept form of a create's body, or what is wrong with it. */
export const readServiceDraft = (body: unknown): ServiceDraft | { readonly wrong: string } => {
  const fields = fieldsOf(body);
  const key = textOf(fields.name);
  const spec = textOf(fieldsOf(fields.serviceSpecification).id);
  const characteristics = itemsOf(fields.serviceCharacteristic).map(fieldsOf);
  const orderItems = itemsOf(fields.serviceOrderItem).map(fieldsOf);
  if (key === null || key.length > 200) return { wrong: 'name is required, at most 200 characters' };
  if (fields.state !== 'active') return { wrong: 'state must be active' };
  if (spec === null) return { wrong: 'serviceSpecification.id is required' };
  if (characteristics.some(({ name, value }) => textOf(name) === null || value === undefined)) {
    return { wrong: 'every serviceCharacteristic needs a name and a value' };
  }
  if (orderItems.some((item) => textOf(item.itemId) === null || textOf(item.serviceOrderId) === null)) {
    return { wrong: 'every serviceOrderItem needs itemId and serviceOrderId' };
  }
  const area = textOf(characteristics.find(({ name }) => name === 'area')?.value) ?? '-';
  return { key, spec, area, doc: docOf(fields, key, spec, characteristics, orderItems) };
};

type Fields = Readonly<Record<string, unknown>>;

const docOf = (
  fields: Fields,
  key: string,
  spec: string,
  characteristics: readonly Fields[],
  orderItems: readonly Fields[],
): Fields => ({
  name: key,
  category: textOf(fields.category) ?? 'RFS',
  ...(textOf(fields.serviceType) === null ? {} : { serviceType: fields.serviceType }),
  serviceSpecification: { id: spec },
  serviceCharacteristic: characteristics.map(({ name, value }) => ({ name, value })),
  serviceOrderItem: orderItems.map(({ serviceOrderId, itemId, itemAction, role }) => ({
    serviceOrderId,
    itemId,
    ...(textOf(itemAction) === null ? {} : { itemAction }),
    ...(textOf(role) === null ? {} : { role }),
  })),
});

/** A create or a revert with known fields only. */
export const scrubNeRequest = (request: SimRequest): SimRequest => {
  if (request.method !== 'POST') return { ...request, body: { state: fieldsOf(request.body).state } };
  const draft = readServiceDraft(request.body);
  return { ...request, body: 'wrong' in draft ? {} : { ...draft.doc, state: 'active' } };
};
