import type { InventoryPage } from '../../core/ports/peers.ts';
import { listPage } from './list-page.ts';
import { serviceOf } from './ne-reading.ts';
import type { Answer, Reading } from './peer-client.ts';

export const inventoryPath = (offset: number, limit: number): string =>
  `/service?state=active&offset=${offset}&limit=${limit}`;

/** One page of the active services. Services without a name are not ours and are left out. */
export const readInventory =
  (offset: number, limit: number) =>
  (answer: Answer): Reading<InventoryPage> => {
    const page = listPage(answer, { offset, limit });
    if (!page.ok) return page;
    const { items, nextOffset } = page.value;
    const services = items.map(serviceOf).filter((service) => service !== null);
    return { ok: true, value: { services, nextOffset } };
  };
