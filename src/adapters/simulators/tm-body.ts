import type { Slot } from '../../core/time/slot.ts';
import { keepFields, keptDescription, PERSONAL_REFERENCE, REFERENCE, TYPES } from './kept-fields.ts';
import { fieldsOf, itemsOf, type SimRequest, textOf } from './request.ts';

export type AppointmentDraft = {
  readonly callKey: string;
  readonly category: 'outbound-call' | 'agreed';
  readonly slot: Slot;
  /** When the customer is told that somebody arrives; null: at the start of the slot. */
  readonly window: Slot | null;
  readonly technicianId: string | null;
  /** The last four digits: all that is kept of a phone number. */
  readonly phoneLast4: string | null;
  /** Other fields, to answer with later. */
  readonly details: Readonly<Record<string, unknown>>;
};

type Wrong = { readonly wrong: string };

/** A TimePeriod with both ends, as a slot; null when it is none or ends before it starts. */
export const readSlot = (value: unknown): Slot | null => {
  const { startDateTime, endDateTime } = fieldsOf(value);
  const start = instantOf(startDateTime);
  const end = instantOf(endDateTime);
  return start === null || end === null || end <= start
    ? null
    : { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
};

const instantOf = (value: unknown): number | null => {
  const text = textOf(value);
  const zoned = text !== null && /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/.test(text);
  const at = zoned ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : at;
};

/** The technician among the related parties; null when there is none. */
export const readTechnician = (body: unknown): string | null =>
  textOf(
    itemsOf(fieldsOf(body).relatedParty)
      .map(fieldsOf)
      .find(({ role }) => role === 'technician')?.id,
  );

/** The kept form of a TMF646 Appointment_Create, or what is wrong with it. */
export const readAppointmentDraft = (body: unknown): AppointmentDraft | Wrong => {
  const fields = fieldsOf(body);
  const callKey = textOf(fields.externalId);
  const slot = readSlot(fields.validFor);
  const { category, arrivalWindow } = fields;
  const window = arrivalWindow === undefined ? null : readSlot(arrivalWindow);
  if (callKey === null || callKey.length > 200) {
    return { wrong: 'externalId is required, at most 200 characters' };
  }
  if (category !== 'outbound-call' && category !== 'agreed') {
    return { wrong: 'category must be outbound-call or agreed' };
  }
  if (slot === null) return { wrong: 'validFor needs startDateTime and endDateTime, in order' };
  if (window === null && arrivalWindow !== undefined) {
    return { wrong: 'arrivalWindow needs startDateTime and endDateTime, in order' };
  }
  const phoneLast4 = lastFour(fields);
  if (category === 'outbound-call' && phoneLast4 === null) {
    return { wrong: 'contactMedium needs a phoneNumber to call' };
  }
  return {
    callKey,
    category,
    slot,
    window,
    technicianId: readTechnician(body),
    phoneLast4,
    details: detailsOf(body),
  };
};

const DETAILS = {
  calendarEvent: REFERENCE,
  relatedEntity: [PERSONAL_REFERENCE],
  relatedPlace: PERSONAL_REFERENCE,
  relatedParty: [PERSONAL_REFERENCE],
  ...TYPES,
} as const;

/** What is kept of the other fields. The technician is kept by itself: it changes. */
const detailsOf = (body: unknown): AppointmentDraft['details'] => {
  const { relatedParty, ...others } = keepFields(body, DETAILS);
  const parties = itemsOf(relatedParty).filter((party) => fieldsOf(party).role !== 'technician');
  return {
    ...others,
    ...(parties.length === 0 ? {} : { relatedParty: parties }),
    ...keptDescription(body),
  };
};

const lastFour = (fields: Readonly<Record<string, unknown>>): string | null => {
  const phone = itemsOf(fields.contactMedium)
    .map((medium) => textOf(fieldsOf(fieldsOf(medium).characteristic).phoneNumber))
    .find((number) => number !== null);
  const digits = phone?.replace(/\D/g, '') ?? '';
  return digits === '' ? null : digits.slice(-4);
};

/** A request to keep: known fields only, and of the phone number the last four digits. */
export const scrubTmRequest = (request: SimRequest): SimRequest => {
  const fields = fieldsOf(request.body);
  const technicianId = readTechnician(request.body);
  const phoneLast4 = lastFour(fields);
  const { relatedParty = [], ...details } = detailsOf(request.body);
  const technician = technicianId === null ? [] : [{ id: technicianId, role: 'technician' }];
  const parties = [...technician, ...itemsOf(relatedParty)];
  return {
    ...request,
    body: {
      ...details,
      ...(fields.externalId === undefined ? {} : { externalId: fields.externalId }),
      ...(fields.category === undefined ? {} : { category: fields.category }),
      ...(fields.status === undefined ? {} : { status: fields.status }),
      validFor: fields.validFor,
      ...(fields.arrivalWindow === undefined ? {} : { arrivalWindow: fields.arrivalWindow }),
      ...(parties.length === 0 ? {} : { relatedParty: parties }),
      ...(phoneLast4 === null ? {} : { contactMedium: [{ characteristic: { phoneNumber: phoneLast4 } }] }),
    },
  };
};
