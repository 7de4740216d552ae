import type { NeService } from '../ports/peers.ts';
import type { NewEvent } from '../process/events.ts';
import type { ServiceFound } from './events.ts';

/** What the log keeps of a service at the NE. */
type Live = Pick<NeService, 'neId' | 'equipmentId'>;

type Finding = {
  readonly key: string;
  readonly how: ServiceFound['data']['how'];
  /** NE ids of further live services of the key. */
  readonly duplicates?: readonly string[];
  /** The request that it answers; null: none. Left out where no request is open. */
  readonly request?: string | null;
};

/** The fact that the NE has a service, however the worker learnt it. The event leaves out what is not there. */
export const serviceFound = (
  { neId, equipmentId }: Live,
  { key, how, duplicates = [], request }: Finding,
): NewEvent => ({
  type: 'ServiceFound',
  data: {
    key,
    neId,
    how,
    ...(equipmentId === undefined ? {} : { equipmentId }),
    ...(duplicates.length === 0 ? {} : { duplicates }),
    ...(request === undefined ? {} : { request }),
  },
});
