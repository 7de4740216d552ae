import type { OrderFilter, OrderView } from '../ports/order-view.ts';
import { NO_TECHNICIAN_HOLD } from '../scheduling/no-technician.ts';

/** Orders with which something can be done, as a filter of the read model and what else must be so of each. */
export type OrderChoice = { readonly filter: OrderFilter; readonly fits: (view: OrderView) => boolean };

const always = (): boolean => true;

/** Anything is left to do. */
export const OPEN: OrderChoice = { filter: { open: true }, fits: always };

/** A technician and a time can be chosen, or the customer phoned. */
export const AT_DESK: OrderChoice = {
  filter: { open: true, stages: ['tm-queue', 'customer-pending', 'held'] },
  fits: ({ stage, holds }) => stage !== 'held' || holds.some(({ step }) => step === NO_TECHNICIAN_HOLD),
};

/** A time is held that the customer has not agreed to. */
export const PROPOSED: OrderChoice = {
  filter: { open: true, stages: ['tm-queue', 'customer-pending'] },
  fits: ({ visit }) => visit?.status === 'held',
};

/** A visit is agreed that has not begun. */
export const AGREED: OrderChoice = {
  filter: { open: true, stages: ['scheduled', 'dispatched'] },
  fits: ({ visit }) => visit?.status === 'agreed',
};

/** Something waits for a person. */
export const HELD: OrderChoice = {
  filter: { open: true, stages: ['held', 'cancelling', 'returning', 'completed'] },
  fits: ({ holds }) => holds.length > 0,
};

/** The visit ended with the service working; closed or not. */
export const COMPLETED: OrderChoice = { filter: { stages: ['completed'] }, fits: always };
