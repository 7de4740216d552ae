import type { Peers } from '../../src/adapters/http/peers.ts';
import type { SagaDeps } from '../../src/core/app/deps.ts';
import type { Sending } from '../../src/core/ports/peers.ts';
import { type Cell, type FaultName, type PortRequest, strikesAt } from './operations.ts';

/** The ports of one cell, with an eye on the requests that its fault is aimed at. */
export type Aimed = Pick<SagaDeps, 'ne' | 'tm'> & {
  /** How many requests the fault was aimed at so far. */
  readonly hits: () => number;
};

/** What is never answered is cut off sooner, to save the time: whatever is answered has the whole deadline. */
const SHORT_MS = 250;
const NEVER_ANSWERED: ReadonlySet<FaultName> = new Set(['timeout-before', 'timeout-after', 'slow-drip']);

/**
 * Counts the requests that a cell is about. A closed port knows nothing of the requests it refuses, so no simulator can
 * refuse a certain one: here the very requests that are to be refused go to the same peers at an address where nobody
 * listens, over the same client. `closed` null: none of them is refused.
 */
export const aimAt = (
  { operation, moment, fault }: Cell,
  { open, closed }: { readonly open: Peers; readonly closed: Peers | null },
): Aimed => {
  let hits = 0;
  const pass = async <T>(
    { request, subject, sending }: Passing,
    send: (peers: Peers, sending: Sending) => Promise<T>,
  ): Promise<T> => {
    const isAimed =
      request === operation.request && (operation.of === null || subject.includes(operation.of));
    if (!isAimed) return send(open, sending);
    hits += 1;
    if (!strikesAt(moment, hits)) return send(open, sending);
    if (NEVER_ANSWERED.has(fault)) return send(open, { ...sending, deadlineMs: SHORT_MS });
    if (closed === null) return send(open, sending);
    sending.permit.release();
    const peer = operation.of === null ? closed.tm : closed.ne;
    const admission = await peer.admit();
    if (!admission.admitted) throw new Error(admission.cause.code);
    return send(closed, { ...sending, permit: admission.permit });
  };
  return {
    hits: () => hits,
    ne: {
      ...open.ne,
      create: (body, sending) =>
        pass({ request: 'create', subject: body.service.key, sending }, ({ ne }, leave) =>
          ne.create(body, leave),
        ),
      find: (key, sending) =>
        pass({ request: 'find', subject: key, sending }, ({ ne }, leave) => ne.find(key, leave)),
      revert: async (neId, ours, leave) => {
        const sending = await leave();
        return sending === null
          ? { kind: 'not-sent', cause: { code: 'NOT_ADMITTED' }, retryAt: null, breakerOpen: true }
          : pass({ request: 'revert', subject: ours.key, sending }, ({ ne }, given) =>
              ne.revert(neId, ours, async () => given),
            );
      },
    },
    tm: {
      ...open.tm,
      searchSlots: (search, sending) =>
        pass({ request: 'searchSlots', subject: search.orderId, sending }, ({ tm }, leave) =>
          tm.searchSlots(search, leave),
        ),
      call: (body, sending) =>
        pass({ request: 'call', subject: body.callKey, sending }, ({ tm }, leave) => tm.call(body, leave)),
      findCall: (callKey, sending) =>
        pass({ request: 'findCall', subject: callKey, sending }, ({ tm }, leave) =>
          tm.findCall(callKey, leave),
        ),
      changeAppointment: (appointmentId, change, sending) =>
        pass({ request: 'changeAppointment', subject: appointmentId, sending }, ({ tm }, leave) =>
          tm.changeAppointment(appointmentId, change, leave),
        ),
    },
  };
};

type Passing = { readonly request: PortRequest; readonly subject: string; readonly sending: Sending };
