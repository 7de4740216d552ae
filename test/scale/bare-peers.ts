import type { NetworkElement, Permit, TmDesk } from '../../src/core/ports/peers.ts';

const PERMIT: Permit = { release: () => {} };

const unasked = (): never => {
  throw new Error('nothing but the straight road was to be asked for');
};

/** A network that says yes to every create at once, and remembers nothing: what grows is not its. */
export const bareNe = (): NetworkElement => {
  let created = 0;
  return {
    identity: 'ne:bare',
    admit: async () => ({ admitted: true, permit: PERMIT }),
    create: async ({ service: { key } }) => {
      created += 1;
      const value = { neId: `NE-${created}`, key, state: 'active', equipmentId: 'OLT-1/1/1/1' };
      return { kind: 'confirmed', value };
    },
    find: unasked,
    readMonitor: unasked,
    revert: unasked,
    read: unasked,
    inventory: unasked,
  };
};

/** A desk that offers one slot, and remembers nothing. */
export const bareTm = (slot: { readonly start: string; readonly end: string }): TmDesk => {
  let searched = 0;
  return {
    identity: 'tm:bare',
    admit: async () => ({ admitted: true, permit: PERMIT }),
    searchSlots: async () => {
      searched += 1;
      return { kind: 'confirmed', value: { taskId: `TS-${searched}`, slots: [slot] } };
    },
    readSearch: unasked,
    call: unasked,
    findCall: unasked,
    readAppointment: unasked,
    changeAppointment: unasked,
    inventory: unasked,
  };
};
