import type { InventoryPage } from '../../core/ports/peers.ts';
import { serviceOf } from './ne-reading.ts';
import type { Answer, Reading } from './peer-client.ts';
import { totalOf } from './total.ts';

export const inventoryPath = (offset: number, limit: number): string =>
  `/service?state=active&offset=${offset}&limit=${limit}`;

/**
 * One page of the active services. Without a total the last page is the one that is not full. Services without a name
 * are not ours and are left out; a page that is empty although more are announced would hide orphans, and is refused.
 */
export const readInventory =
  (offset: number, limit: number) =>
  ({ json, headers }: Answer): Reading<InventoryPage> => {
    if (!Array.isArray(json)) return { ok: false, cause: 'the body is not a list' };
    const total = totalOf(headers);
    const end = offset + json.length;
    const more = total === null ? json.length >= limit : end < total;
    if (more && json.length === 0)
      return { ok: false, cause: `the list ends at ${offset} of ${total ?? '?'}` };
    const services = json.map(serviceOf).filter((service) => service !== null);
    return { ok: true, value: { services, nextOffset: more ? end : null } };
  };
