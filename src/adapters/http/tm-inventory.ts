import type { AppointmentPage } from '../../core/ports/peers.ts';
import { listPage, type Page } from './list-page.ts';
import type { Answer, Reading } from './peer-client.ts';
import { appointmentOf } from './tm-reading.ts';

export const appointmentsPath = (status: string, { offset, limit }: Page): string =>
  `/appointment?status=${status}&offset=${offset}&limit=${limit}`;

/** One page of the appointments in one status; of a desk that ignores the filter, those of them that are in it. */
export const readAppointments =
  (status: string, asked: Page) =>
  (answer: Answer): Reading<AppointmentPage> => {
    const page = listPage(answer, asked);
    if (!page.ok) return page;
    const { items, nextOffset } = page.value;
    const appointments = items
      .map(appointmentOf)
      .filter((one) => one !== null)
      .filter((one) => one.status === status);
    return { ok: true, value: { appointments, nextOffset } };
  };
