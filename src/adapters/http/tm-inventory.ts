import { readPage } from './list-page.ts';
import { appointmentOf } from './tm-reading.ts';

export const APPOINTMENTS = '/appointment';

/** A page of the appointments in one status; of a desk that ignores the filter, those of them that are in it. */
export const readAppointments = (status: string) =>
  readPage(APPOINTMENTS, (element) => {
    const appointment = appointmentOf(element);
    return appointment?.status === status ? appointment : null;
  });
