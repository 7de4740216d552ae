import { deskSlots } from './desk-slots.ts';
import { type Answer, errorAnswer, fieldsOf, itemsOf, type SimRequest } from './request.ts';
import { readSlot } from './tm-body.ts';

export type SlotSearch = {
  readonly orderId: string;
  /** Epoch ms. */
  readonly at: number;
  /** The operator's time zone, in which the desk's day lies. */
  readonly tz: string;
  /** Path of the API. */
  readonly base: string;
  /** Notes the search down; the number it gets. */
  readonly note: () => number;
};

/** The desk's free slots in the spans of the request: TMF646 SearchTimeSlot. */
export const searchSlots = (request: SimRequest, { orderId, at, tz, base, note }: SlotSearch): Answer => {
  const requested = itemsOf(fieldsOf(request.body).requestedTimeSlot).map((item) =>
    readSlot(fieldsOf(item).validFor),
  );
  const spans = requested.filter((span) => span !== null);
  if (spans.length === 0 || spans.length < requested.length) {
    return errorAnswer(400, 'INVALID_BODY', 'requestedTimeSlot needs elements with a validFor');
  }
  const id = `TS-${String(note()).padStart(6, '0')}`;
  const slots = spans.flatMap(({ start, end }) => deskSlots(Date.parse(start), Date.parse(end), tz));
  const timeSlot = ({ start, end }: (typeof slots)[number]) => ({
    validFor: { startDateTime: start, endDateTime: end },
  });
  return {
    status: 201,
    headers: { Location: `${base}/searchTimeSlot/${id}` },
    body: {
      id,
      href: `${base}/searchTimeSlot/${id}`,
      status: 'done',
      searchDate: new Date(at).toISOString(),
      searchResult: slots.length === 0 ? 'No slot is free' : 'success',
      requestedTimeSlot: spans.map(timeSlot),
      availableTimeSlot: slots.map((slot, index) => ({ id: String(index + 1), ...timeSlot(slot) })),
      relatedEntity: [{ id: orderId, role: 'serviceOrder', '@referredType': 'ServiceOrder' }],
      '@type': 'SearchTimeSlot',
    },
  };
};
