import { lookUpOf, type MatchState } from '../../core/peers/look-up.ts';
import { outcomeOf } from '../../core/peers/outcome.ts';
import type { ListPage, NeService, NetworkElement } from '../../core/ports/peers.ts';
import type { Clock } from '../../core/ports/runtime.ts';
import type { LedgerEffect, LedgerRequests } from '../simulators/ledger.ts';
import { memoryClock } from './memory-clock.ts';
import { type MadeService, memoryElements } from './memory-elements.ts';
import type { PeerFault } from './memory-faults.ts';
import { type Gate, memoryWire, type PeerOptions, peersOwn } from './memory-peer.ts';
import { shownPage } from './shown-page.ts';

export type NeOperation = 'create' | 'find' | 'readMonitor' | 'revert' | 'read' | 'inventory';

export type MemoryNeOptions = Partial<PeerOptions<NeOperation>> & {
  /** false: every create that arrives makes a service of its own (default true). */
  readonly idempotent?: boolean;
  /** false: it cannot look up by key (default true). */
  readonly lookup?: boolean;
  /** `delete` removes the service, and its answer proves nothing (default `patch`). */
  readonly revertVerb?: 'patch' | 'delete';
  /** Reads, and what is done by an id, show the state of so long ago; drawn for each request (default 0). */
  readonly lagMs?: number | (() => number);
  /** The id of a terminated service is given to the next one (default false). */
  readonly reusesIds?: boolean;
  /** How the NE writes a name down; null: it keeps none (by default as the request has it). */
  readonly nameOf?: (asked: string) => string | null;
};

/** What the NE itself knows. */
export type MemoryNeLedger = {
  readonly services: readonly MadeService[];
  readonly effects: readonly LedgerEffect[];
  readonly requests: readonly LedgerRequests[];
};

export type MemoryNe = NetworkElement & {
  /** Everything that is due has happened in it. */
  readonly ledger: () => MemoryNeLedger;
  /** Permits given to this client and not used up: 0 when no step forgot one. */
  readonly outstanding: () => number;
  /** What becomes of a service without any request of ours. */
  readonly byItself: (neId: string, state: 'active' | 'terminated') => void;
  /** Takes a backup of its services; the returned function restores it: ids begin again where they were. */
  readonly backup: () => () => void;
  /** Another client of the same NE, as another process has it. `clock`: that process's own (default: the NE's). */
  readonly client: (clock?: Clock) => MemoryNe;
};

const stateOf = ({ state }: NeService): MatchState =>
  state === 'active' ? 'live' : state === 'terminated' ? 'over' : { notYet: state };

/** A Network Element in memory: works at once, and goes wrong only as `nextFault` says. */
export const memoryNe = (options: MemoryNeOptions = {}): MemoryNe => {
  const { idempotent = true, lookup = true, revertVerb = 'patch', lagMs = 0 } = options;
  const { reusesIds = false, nameOf = (asked) => asked } = options;
  const clock = peersOwn(options.clock ?? memoryClock());
  const wire = memoryWire<NeOperation>('ne', { ...options, clock });
  const elements = memoryElements(wire, {
    idempotent,
    forgets: revertVerb === 'delete',
    reusesIds,
    nameOf,
  });
  /** The moment whose state one request shows. */
  const seenAt = (at: number, fault: PeerFault | null): number =>
    at - (fault?.fault === 'cached' ? fault.ageMs : typeof lagMs === 'number' ? lagMs : lagMs());

  const ledger = (): MemoryNeLedger => {
    wire.catchUp();
    return { services: elements.services(), effects: [...wire.effects()], requests: wire.requests() };
  };

  const client = (gate: Gate): MemoryNe => ({
    identity: options.identity ?? 'ne:simulated',
    admit: gate.admit,
    outstanding: gate.outstanding,
    client: (own) => client(wire.gate(own)),
    ledger,
    byItself: (neId, state) => elements.byItself(neId, state, clock.now()),
    backup: () => {
      wire.catchUp();
      const restore = elements.backup();
      return () => {
        wire.catchUp();
        restore(clock.now());
      };
    },
    create: async (request, sending) =>
      outcomeOf(
        await wire.send(gate, {
          operation: 'create',
          key: request.service.key,
          verb: 'POST',
          collection: true,
          sending,
          plays: ['monitor', 'duplicate', 'accepted', 'renamed'],
          perform: (at, fault) => elements.create(request, at, fault),
        }),
      ),
    find: async (key, sending) =>
      lookUpOf(
        await wire.send<readonly NeService[]>(gate, {
          operation: 'find',
          key,
          verb: 'GET',
          collection: true,
          sending,
          plays: ['no-lookup', 'blank', 'cached'],
          perform: (at, fault) =>
            lookup && fault?.fault !== 'no-lookup'
              ? { status: 200, value: fault?.fault === 'blank' ? [] : elements.named(key, seenAt(at, fault)) }
              : { status: 501, code: 'NOT_IMPLEMENTED' },
        }),
        stateOf,
      ),
    readMonitor: async (monitor, key, sending) => {
      const observation = await wire.send<NeService>(gate, {
        operation: 'readMonitor',
        key,
        verb: 'GET',
        collection: false,
        sending,
        perform: () => elements.readMonitor(monitor, key),
      });
      // A monitor is read with GET: that it still runs is what it says, not how it says it.
      const runs = observation.seen === 'response' && observation.status === 202;
      return runs ? { kind: 'accepted', monitor } : outcomeOf(observation);
    },
    revert: async (neId, { key, names }, askToSend) => {
      const sending = await askToSend();
      if (sending === null)
        return { kind: 'not-sent', cause: { code: 'PEER_BUSY' }, retryAt: null, breakerOpen: true };
      let foreign: string | null = null;
      const observation = await wire.send<NeService>(gate, {
        operation: 'revert',
        key,
        verb: revertVerb === 'delete' ? 'DELETE' : 'PATCH',
        collection: false,
        sending,
        // Read as a read shows it, and changed only if it is that still, as with a strong ETag.
        perform: (at) => {
          const read = seenAt(at, null);
          const name = elements.byId(neId, read)?.key;
          if (name === undefined || name === key || names.includes(name))
            return elements.revert(neId, at, read);
          foreign = name;
          return { status: 404, code: 'FOREIGN' };
        },
      });
      const answered = observation.seen === 'response';
      if (answered && foreign !== null) return { kind: 'foreign', name: foreign };
      const gone =
        answered && (observation.status === 404 || (revertVerb === 'delete' && observation.status === 200));
      return gone ? { kind: 'gone' } : outcomeOf(observation);
    },
    read: async (neId, sending) =>
      lookUpOf(
        await wire.send<readonly NeService[]>(gate, {
          operation: 'read',
          key: neId,
          verb: 'GET',
          collection: false,
          sending,
          plays: ['blank', 'cached'],
          perform: (at, fault) => {
            const service = fault?.fault === 'blank' ? undefined : elements.byId(neId, seenAt(at, fault));
            return service === undefined
              ? { status: 404, code: 'NOT_FOUND' }
              : { status: 200, value: [service] };
          },
        }),
        stateOf,
      ),
    inventory: async (page, sending) =>
      outcomeOf(
        await wire.send<ListPage<NeService>>(gate, {
          operation: 'inventory',
          key: '',
          verb: 'GET',
          collection: true,
          sending,
          plays: ['blank', 'cut', 'cached'],
          perform: (at, fault) => ({
            status: 200,
            value: shownPage(elements.inventory(page, seenAt(at, fault)), fault),
          }),
        }),
      ),
  });
  return client(wire.gate());
};
