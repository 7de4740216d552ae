import type { Flags } from '../framework/parse/descriptor.ts';

/** The order of a report; left out, it is the technician's own visit. */
export const VISIT_ARG = {
  id: {
    type: 'order-id',
    summary: 'the order (default: your visit that is going on, else your next one)',
  },
} as const satisfies Flags;

/** Flags that every report of the field takes. */
export const REPORT_FLAGS = {
  note: { type: 'lines', placeholder: 'TEXT', summary: 'what else there is to say' },
  at: {
    type: 'time',
    summary:
      'when it happened, back to the day of the visit (default: now); after 24 hours it is asked about',
  },
  visit: { type: 'integer', min: 1, summary: 'number of the visit that is meant: no other one is reported' },
} as const satisfies Flags;
