import { readPage } from './list-page.ts';
import { serviceOf } from './ne-reading.ts';

export const SERVICES = '/service';

/** A page of the services that are on or may come on. An NE that ignores the filter lists the terminated, too. */
export const readInventory = readPage(SERVICES, (element) => {
  const service = serviceOf(element);
  return service?.state === 'terminated' ? null : service;
});
