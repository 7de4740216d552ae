import type { Appointment, NeService } from '../ports/peers.ts';
import type { Envelope } from '../process/events.ts';
import type { OrderProcess } from '../process/process.ts';
import { assertNever } from '../values/assert-never.ts';
import type { NameOwner } from '../values/keys.ts';

/**
 * How far something at a peer is this database's to judge. in-full: the log says all there is to say. by-hand: it may be
 * ours and the log does not know it, so that a person must look. none: it is another database's.
 */
export type Ownership = 'in-full' | 'by-hand' | 'none';

type OnLog = { readonly name: boolean; readonly id: boolean };

const ownershipOf = (owner: NameOwner, onLog: OnLog): Ownership => {
  switch (owner) {
    case 'ours':
      return 'in-full';
    case 'former':
      // No log has what was made between the backup and the restore any more.
      return onLog.name ? 'in-full' : 'by-hand';
    case 'unmarked':
      // Another database may have given the same name away: only the id tells.
      if (onLog.id) return 'in-full';
      return onLog.name ? 'by-hand' : 'none';
    case 'foreign':
      return 'none';
    default:
      return assertNever(owner);
  }
};

/** Of a live service, by its order and by who made its name. */
export const ownsService = (process: OrderProcess, live: NeService, owner: NameOwner): Ownership => {
  const service = process.activation.services.get(live.key);
  const ids = [service?.neId, ...(service?.duplicates ?? [])];
  return ownershipOf(owner, { name: service !== undefined, id: ids.includes(live.neId) });
};

/** Of an appointment at the desk, by the stream of its order and by who made the name of its call. */
export const ownsAppointment = (
  process: OrderProcess,
  events: readonly Envelope[],
  { appointment, owner }: { readonly appointment: Appointment; readonly owner: NameOwner },
): Ownership => {
  const { appointmentId, callKey } = appointment;
  const isNamed = events.some(
    ({ type, data }) => (type === 'CallRequested' || type === 'CustomerCalled') && data.callKey === callKey,
  );
  return ownershipOf(owner, { name: isNamed, id: process.scheduling.appointments.has(appointmentId) });
};
