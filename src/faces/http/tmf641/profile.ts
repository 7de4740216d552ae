import type { ClientPriority } from '../../../core/order/client-terms.ts';
import { CLIENT_PRIORITIES } from '../../../core/order/client-terms.ts';
import type { Priority } from '../../../core/order/events.ts';

/** Where the API is served. */
export const TMF641_BASE = '/tmf-api/serviceOrdering/v4';

/** The specifications of services that can be ordered. */
export const SPECIFICATIONS = ['internet', 'tv'] as const;

export const CUSTOMER_ROLE = 'customer';
export const PLACE_ROLE = 'installationAddress';

/** What the API's priorities mean here. */
const MEANING: Readonly<Record<ClientPriority, Priority>> = {
  '0': 'urgent',
  '1': 'high',
  '2': 'normal',
  '3': 'normal',
  '4': 'low',
};

export const priorityOf = (said: ClientPriority): Priority => MEANING[said];

/** As an order is shown whose client said none. */
export const saidPriority = (priority: Priority): ClientPriority =>
  CLIENT_PRIORITIES.find((said) => MEANING[said] === priority) ?? '2';

/** The priority of an order that has this one without its client having said so; null: none has. */
export const otherwise = (said: ClientPriority): Priority | null => {
  const meant = priorityOf(said);
  return saidPriority(meant) === said ? meant : null;
};

/** The longest texts that are taken. */
export const MOST = { id: 100, words: 60, text: 1_000 } as const;
