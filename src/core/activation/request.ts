import type { PlannedService } from './service.ts';

/** What an ActivateService request carries. No name, phone or address of the customer. */
export type CreateService = {
  readonly orderId: string;
  readonly service: PlannedService;
  /** Value of the Idempotency-Key header: the service key, with a suffix after a person's retry. */
  readonly idempotencyKey: string;
};
