import type { AppointmentPage } from '../../core/ports/peers.ts';
import type { Answer, Reading } from './peer-client.ts';
import { appointmentOf } from './tm-reading.ts';
import { totalOf } from './total.ts';

type Page = { readonly offset: number; readonly limit: number };

export const appointmentsPath = (status: string, { offset, limit }: Page): string =>
  `/appointment?status=${status}&offset=${offset}&limit=${limit}`;

/**
 * One page of the appointments in one status; of a desk that ignores the filter, those of them that are in it. Without a
 * total the last page is the one that is not full. A page that is empty although more are announced would hide some, and
 * is refused.
 */
export const readAppointments =
  (status: string, { offset, limit }: Page) =>
  ({ json, headers }: Answer): Reading<AppointmentPage> => {
    if (!Array.isArray(json)) return { ok: false, cause: 'the body is not a list' };
    const total = totalOf(headers);
    const end = offset + json.length;
    const more = total === null ? json.length >= limit : end < total;
    if (more && json.length === 0)
      return { ok: false, cause: `the list ends at ${offset} of ${total ?? '?'}` };
    const appointments = json
      .map(appointmentOf)
      .filter((one) => one !== null)
      .filter((one) => one.status === status);
    return { ok: true, value: { appointments, nextOffset: more ? end : null } };
  };
