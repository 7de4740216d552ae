import type { Peers } from '../../src/adapters/http/peers.ts';
import type { SagaDeps } from '../../src/core/app/deps.ts';
import type { AskToSend, Sending } from '../../src/core/ports/peers.ts';
import { type Cell, type FaultName, type PortRequest, strikesAt } from './operations.ts';

/** The ports of one cell, with an eye on the requests that its fault is aimed at. */
export type Aimed = Pick<SagaDeps, 'ne' | 'tm'> & {
  /** How many requests the fault was aimed at so far. */
  readonly hits: () => number;
};

/**
 * What is never answered is cut off sooner, to save the time: whatever is answered has the whole deadline. Long enough that
 * it is under way by then, however busy the machine is: what never left would be another fault.
 */
const SHORT_MS = 2_000;
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
  const isStruck = ({ request, subject }: Aim): boolean => {
    const isAimed =
      request === operation.request && (operation.of === null || subject.includes(operation.of));
    if (!isAimed) return false;
    hits += 1;
    return strikesAt(moment, hits);
  };
  const elsewhere = async ({ ne, tm }: Peers, sending: Sending): Promise<Sending> => {
    sending.permit.release();
    const admission = await (operation.of === null ? tm : ne).admit();
    if (!admission.admitted) throw new Error(admission.cause.code);
    return { ...sending, permit: admission.permit };
  };
  /** A port that asks before each of its requests. */
  const passEach = async <T>(
    { askToSend, ...aim }: Aim & { readonly askToSend: AskToSend },
    send: (peers: Peers, askToSend: AskToSend) => Promise<T>,
  ): Promise<T> => {
    if (!isStruck(aim)) return send(open, askToSend);
    let asked = 0;
    return send(closed ?? open, async () => {
      const sending = await askToSend();
      if (sending === null) return null;
      // Every other one is the change, which the fault is about; the rest are readings, and answered.
      asked += 1;
      if (NEVER_ANSWERED.has(fault)) return asked % 2 === 0 ? { ...sending, deadlineMs: SHORT_MS } : sending;
      return closed === null ? sending : elsewhere(closed, sending);
    });
  };
  const pass = async <T>(
    { sending, ...aim }: Aim & { readonly sending: Sending },
    send: (peers: Peers, sending: Sending) => Promise<T>,
  ): Promise<T> => {
    if (!isStruck(aim)) return send(open, sending);
    if (NEVER_ANSWERED.has(fault)) return send(open, { ...sending, deadlineMs: SHORT_MS });
    return closed === null ? send(open, sending) : send(closed, await elsewhere(closed, sending));
  };
  return {
    hits: () => hits,
    ne: {
      ...open.ne,
      create: (body, sending) =>
        pass({ request: 'create', subject: body.service.key, sending }, ({ ne }, askToSend) =>
          ne.create(body, askToSend),
        ),
      find: (key, sending) =>
        pass({ request: 'find', subject: key, sending }, ({ ne }, askToSend) => ne.find(key, askToSend)),
      revert: (neId, ours, askToSend) =>
        passEach({ request: 'revert', subject: ours.key, askToSend }, ({ ne }, askThere) =>
          ne.revert(neId, ours, askThere),
        ),
    },
    tm: {
      ...open.tm,
      searchSlots: (search, sending) =>
        pass({ request: 'searchSlots', subject: search.orderId, sending }, ({ tm }, askToSend) =>
          tm.searchSlots(search, askToSend),
        ),
      call: (body, sending) =>
        pass({ request: 'call', subject: body.callKey, sending }, ({ tm }, askToSend) =>
          tm.call(body, askToSend),
        ),
      findCall: (callKey, sending) =>
        pass({ request: 'findCall', subject: callKey, sending }, ({ tm }, askToSend) =>
          tm.findCall(callKey, askToSend),
        ),
      changeAppointment: (appointmentId, change, askToSend) =>
        passEach({ request: 'changeAppointment', subject: appointmentId, askToSend }, ({ tm }, askThere) =>
          tm.changeAppointment(appointmentId, change, askThere),
        ),
    },
  };
};

type Aim = { readonly request: PortRequest; readonly subject: string };
