import { keepFields, keptDescription, PERSONAL_REFERENCE, REFERENCE, TYPES } from './kept-fields.ts';
import { fieldsOf, itemsOf, type SimRequest, textOf } from './request.ts';

/** The states that a service can be made in: switched on, or only looked at whether it could be. */
export type FirstState = 'active' | 'feasibilityChecked';

/** What the NE keeps of a TMF640 Service_Create: known fields only, so that no person's name can slip into the ledger. */
export type ServiceDraft = {
  /** Its name, or what stands for one. */
  readonly key: string;
  /** Whether the same request sent again would have the same key: by its name, or by its Idempotency-Key. */
  readonly isKeyed: boolean;
  readonly state: FirstState;
  readonly spec: string;
  readonly area: string;
  /** The fields to answer with later. */
  readonly doc: Readonly<Record<string, unknown>>;
};

/** Stands where a name would, of a service that has none. */
export const NAMELESS = '-';

/** The kept form of a create, or what is wrong with its body. */
export const readServiceDraft = ({
  body,
  idempotencyKey,
}: Pick<SimRequest, 'body' | 'idempotencyKey'>): ServiceDraft | { readonly wrong: string } => {
  const fields = fieldsOf(body);
  const { name, state } = fields;
  const named = textOf(name);
  const spec = textOf(fieldsOf(fields.serviceSpecification).id);
  const characteristics = itemsOf(fields.serviceCharacteristic).map(fieldsOf);
  const orderItems = itemsOf(fields.serviceOrderItem).map(fieldsOf);
  if (name !== undefined && (named === null || named.length > 200)) {
    return { wrong: 'name must be a text of at most 200 characters' };
  }
  if (state !== 'active' && state !== 'feasibilityChecked') {
    return { wrong: 'state must be active or feasibilityChecked' };
  }
  if (spec === null) return { wrong: 'serviceSpecification.id is required' };
  if (characteristics.some((one) => textOf(one.name) === null || one.value === undefined)) {
    return { wrong: 'every serviceCharacteristic needs a name and a value' };
  }
  if (orderItems.some((item) => textOf(item.itemId) === null || textOf(item.serviceOrderId) === null)) {
    return { wrong: 'every serviceOrderItem needs itemId and serviceOrderId' };
  }
  const area = textOf(characteristics.find((one) => one.name === 'area')?.value) ?? '-';
  const key = named ?? (idempotencyKey === null ? NAMELESS : `${NAMELESS}/${idempotencyKey}`);
  return { key, isKeyed: key !== NAMELESS, state, spec, area, doc: docOf(body) };
};

const KEPT = {
  name: 'text',
  category: 'text',
  serviceType: 'text',
  startDate: 'text',
  startMode: 'text',
  hasStarted: 'flag',
  isServiceEnabled: 'flag',
  isStateful: 'flag',
  isBundle: 'flag',
  serviceSpecification: { ...REFERENCE, version: 'text' },
  serviceCharacteristic: [{ id: 'text', name: 'text', valueType: 'text', value: 'any', ...TYPES }],
  serviceOrderItem: [
    { serviceOrderHref: 'text', serviceOrderId: 'text', itemId: 'text', itemAction: 'text', role: 'text' },
  ],
  serviceOrder: [{ ...REFERENCE, serviceOrderItemId: 'text' }],
  serviceRelationship: [{ relationshipType: 'text', service: REFERENCE, ...TYPES }],
  supportingService: [REFERENCE],
  supportingResource: [REFERENCE],
  relatedEntity: [PERSONAL_REFERENCE],
  relatedParty: [PERSONAL_REFERENCE],
  place: [PERSONAL_REFERENCE],
  ...TYPES,
} as const;

const docOf = (body: unknown): ServiceDraft['doc'] => ({
  category: 'RFS',
  serviceCharacteristic: [],
  ...keepFields(body, KEPT),
  ...keptDescription(body),
});

/** A create or a change with known fields only. */
export const scrubNeRequest = (request: SimRequest): SimRequest => {
  if (request.method !== 'POST') return { ...request, body: { state: fieldsOf(request.body).state } };
  const draft = readServiceDraft(request);
  return { ...request, body: 'wrong' in draft ? {} : { ...draft.doc, state: draft.state } };
};
