import { lookUpOf, type MatchState } from '../../core/peers/look-up.ts';
import { outcomeOf } from '../../core/peers/outcome.ts';
import type { Appointment, ListPage, SlotOffer, TmDesk } from '../../core/ports/peers.ts';
import type { Clock } from '../../core/ports/runtime.ts';
import type { LedgerAppointment, LedgerCall, LedgerEffect, LedgerRequests } from '../simulators/ledger.ts';
import { memoryClock } from './memory-clock.ts';
import { type Answering, type ByItself, memoryDesk } from './memory-desk.ts';
import { type Gate, memoryWire, type PeerOptions, peersOwn } from './memory-peer.ts';
import { shownPage } from './shown-page.ts';

export type TmOperation = 'search' | 'readSearch' | 'call' | 'findCall' | 'inventory' | 'read' | 'change';

export type MemoryTmOptions = Partial<PeerOptions<TmOperation>> & {
  /** What customers say (default: they agree to the offered slot at once). */
  readonly answer?: Answering;
  /** false: every call that arrives makes the phone ring, whatever its key (default true). */
  readonly idempotent?: boolean;
  /** false: it cannot look up by call key (default true). */
  readonly lookup?: boolean;
  /** How long after a call its books know nothing of it, ms; drawn for each (default 0). */
  readonly recordsAfterMs?: () => number;
};

/** What the desk itself knows. */
export type MemoryTmLedger = {
  readonly appointments: readonly LedgerAppointment[];
  readonly calls: readonly LedgerCall[];
  readonly effects: readonly LedgerEffect[];
  readonly requests: readonly LedgerRequests[];
};

export type MemoryTm = TmDesk & {
  /** Everything that is due has happened in it. */
  readonly ledger: () => MemoryTmLedger;
  /** Permits given to this client and not used up: 0 when no step forgot one. */
  readonly outstanding: () => number;
  /** What the desk does by itself. */
  readonly byItself: (appointmentId: string, act: ByItself) => void;
  /** Another client of the same desk, as another process has it. `clock`: that process's own (default: the desk's). */
  readonly client: (clock?: Clock) => MemoryTm;
};

/** An appointment is there whatever became of it: the status is for the reader to judge. */
const stateOf = ({ status }: Appointment): MatchState => (status === 'unknown' ? { notYet: status } : 'live');

const foreignOf = ({ callKey }: Appointment) => ({ kind: 'foreign', callKey }) as const;

/** A TM desk in memory: works at once, and goes wrong only as `nextFault` and `answer` say. */
export const memoryTm = (options: MemoryTmOptions = {}): MemoryTm => {
  const { answer = () => ({ outcome: 'AGREED' }), idempotent = true, lookup = true } = options;
  const { recordsAfterMs = () => 0 } = options;
  const clock = options.clock ?? memoryClock();
  const wire = memoryWire<TmOperation>('tm', { ...options, clock: peersOwn(clock) });
  const desk = memoryDesk(wire, { answer, idempotent, recordsAfterMs });

  const ledger = (): MemoryTmLedger => {
    wire.catchUp();
    return {
      appointments: desk.appointments(),
      calls: desk.calls(),
      effects: [...wire.effects()],
      requests: wire.requests(),
    };
  };

  const client = (gate: Gate): MemoryTm => ({
    identity: options.identity ?? 'tm:simulated',
    admit: gate.admit,
    outstanding: gate.outstanding,
    client: (own) => client(wire.gate(own)),
    ledger,
    byItself: (appointmentId, act) => desk.byItself(appointmentId, act, clock.now()),
    searchSlots: async (search, sending) =>
      outcomeOf(
        await wire.send(gate, {
          operation: 'search',
          key: search.orderId,
          verb: 'POST',
          collection: true,
          sending,
          plays: ['monitor'],
          perform: (at, fault) => desk.search(search, at, fault),
        }),
      ),
    readSearch: async (taskId, orderId, sending) => {
      const observation = await wire.send<SlotOffer>(gate, {
        operation: 'readSearch',
        key: orderId,
        verb: 'GET',
        collection: false,
        sending,
        perform: () => desk.searched(taskId),
      });
      if (observation.seen !== 'response') return outcomeOf(observation);
      // A task is read with GET: that it still runs is what it says, not how it says it.
      if (observation.status === 202) return { kind: 'accepted', monitor: taskId };
      return observation.status === 404 ? { kind: 'gone' } : outcomeOf(observation);
    },
    call: async (request, sending) =>
      outcomeOf(
        await wire.send(gate, {
          operation: 'call',
          key: request.callKey,
          verb: 'POST',
          collection: true,
          sending,
          plays: ['duplicate', 'renamed'],
          perform: (at, fault) => desk.call(request, at, fault),
        }),
      ),
    findCall: async (callKey, sending) =>
      lookUpOf(
        await wire.send<readonly Appointment[]>(gate, {
          operation: 'findCall',
          key: callKey,
          verb: 'GET',
          collection: true,
          sending,
          plays: ['no-lookup', 'blank'],
          perform: (at, fault) =>
            lookup && fault?.fault !== 'no-lookup'
              ? { status: 200, value: fault?.fault === 'blank' ? [] : desk.byCallKey(callKey, at) }
              : { status: 501, code: 'NOT_IMPLEMENTED' },
        }),
        stateOf,
      ),
    inventory: async (status, page, sending) =>
      outcomeOf(
        await wire.send<ListPage<Appointment>>(gate, {
          operation: 'inventory',
          key: status,
          verb: 'GET',
          collection: true,
          sending,
          plays: ['blank', 'cut'],
          perform: (at, fault) => ({
            status: 200,
            value: shownPage(desk.inventory(status, page, at), fault),
          }),
        }),
      ),
    readAppointment: async (appointmentId, sending) =>
      lookUpOf(
        await wire.send<readonly Appointment[]>(gate, {
          operation: 'read',
          key: appointmentId,
          verb: 'GET',
          collection: false,
          sending,
          plays: ['blank'],
          perform: (at, fault) => {
            const appointment = fault?.fault === 'blank' ? undefined : desk.byId(appointmentId, at);
            return appointment === undefined
              ? { status: 404, code: 'NOT_FOUND' }
              : { status: 200, value: [appointment] };
          },
        }),
        stateOf,
      ),
    changeAppointment: async (appointmentId, change, askToSend) => {
      const sending = await askToSend();
      if (sending === null)
        return { kind: 'not-sent', cause: { code: 'PEER_BUSY' }, retryAt: null, breakerOpen: true };
      let foreign: Appointment | null = null;
      const observation = await wire.send<Appointment>(gate, {
        operation: 'change',
        key: appointmentId,
        verb: 'PATCH',
        collection: false,
        sending,
        // The comparison and the change are one here: nothing comes between them.
        perform: (at) => {
          const appointment = desk.byId(appointmentId, at);
          if (appointment === undefined || appointment.callKey === change.callKey)
            return desk.change(appointmentId, change, at);
          foreign = appointment;
          return { status: 404, code: 'FOREIGN' };
        },
      });
      const answered = observation.seen === 'response';
      if (answered && foreign !== null) return foreignOf(foreign);
      return answered && observation.status === 404 ? { kind: 'gone' } : outcomeOf(observation);
    },
  });
  return client(wire.gate());
};
