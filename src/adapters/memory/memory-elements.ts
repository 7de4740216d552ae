import type { CreateService } from '../../core/activation/request.ts';
import type { ListPage, NeService, PageAsked } from '../../core/ports/peers.ts';
import { iso } from '../../core/time/iso.ts';
import type { LedgerService } from '../simulators/ledger.ts';
import { type KeepOptions, type KeptService, keptServices, stateAt } from './kept-services.ts';
import type { PeerFault } from './memory-faults.ts';
import { memoryPage } from './memory-page.ts';
import type { Happenings, Reply } from './memory-peer.ts';

/** `key`: what the NE calls it; `asked`: the key in the request that made it. */
export type MadeService = LedgerService & { readonly asked: string };

/** The NE's own state. `seenAt`: the moment whose state is shown (epoch ms), which may be before the request. */
export type MemoryElements = {
  readonly create: (request: CreateService, at: number, fault: PeerFault | null) => Reply<NeService>;
  readonly readMonitor: (monitor: string, key: string) => Reply<NeService>;
  /** `seenAt`: as the caller read it before; what has another version since is not changed (412). */
  readonly revert: (neId: string, at: number, seenAt: number) => Reply<NeService>;
  readonly named: (key: string, seenAt: number) => readonly NeService[];
  readonly byId: (neId: string, seenAt: number) => NeService | undefined;
  readonly inventory: (page: PageAsked, seenAt: number) => ListPage<NeService>;
  /** What becomes of a service without any request of ours, e.g. when the NE is restored from a backup. */
  readonly byItself: (neId: string, state: 'active' | 'terminated', at: number) => void;
  /** Takes a backup of its services; the returned function puts it in place. */
  readonly backup: () => (at: number) => void;
  readonly services: () => readonly MadeService[];
};

type ElementsOptions = KeepOptions & {
  /** false: every create makes a service. */
  readonly idempotent: boolean;
  /** How the NE writes a name down; null: it keeps none. */
  readonly nameOf: (asked: string) => string | null;
};

type Monitor = { readonly key: string; readonly result: Reply<NeService> | null };

export const memoryElements = (
  wire: Happenings,
  { idempotent, nameOf, ...keepOptions }: ElementsOptions,
): MemoryElements => {
  const rows = keptServices(keepOptions);
  const monitors = new Map<string, Monitor>();
  const running = new Map<string, string>();

  const add = (
    { service: { key: asked, spec, characteristics } }: CreateService,
    at: number,
    name = nameOf(asked),
  ): NeService => {
    const { service } = rows.add(asked, at, (neId, number) => ({
      neId,
      key: name ?? '',
      state: 'active',
      spec,
      characteristics: Object.fromEntries(characteristics.map(({ name, value }) => [name, value])),
      ...(spec === 'access.gpon' ? { equipmentId: `OLT-0001/1/1/${number}` } : {}),
    }));
    wire.effect(asked, 'create', at);
    return service;
  };
  /** A key that was ever switched on is not switched on again, also when its service was removed since. */
  const known = (key: string, at: number): NeService | undefined => {
    const [row] = idempotent ? rows.asked(key) : [];
    return row === undefined ? undefined : stateAt(row, at);
  };
  const accept = (
    request: CreateService,
    fault: Extract<PeerFault, { fault: 'monitor' }>,
    at: number,
  ): Reply<NeService> => {
    const { key } = request.service;
    const monitor = `MON-${monitors.size + 1}`;
    monitors.set(monitor, { key, result: null });
    running.set(key, monitor);
    wire.later(at + fault.ms, (doneAt) => {
      running.delete(key);
      const result: Reply<NeService> =
        fault.code === undefined
          ? answerOf(key, known(key, doneAt) ?? add(request, doneAt), 200)
          : { status: 422, code: fault.code };
      if (fault.isEndless !== true) monitors.set(monitor, { key, result });
    });
    return { status: 202, monitor };
  };
  const create = (request: CreateService, at: number, fault: PeerFault | null): Reply<NeService> => {
    const { key } = request.service;
    const monitor = running.get(key);
    const before = known(key, at);
    if (before !== undefined) return answerOf(key, before);
    if (idempotent && monitor !== undefined) return { status: 202, monitor };
    if (fault?.fault === 'monitor') return accept(request, fault, at);
    if (fault?.fault === 'accepted') {
      wire.later(at + fault.ms, (doneAt) => known(key, doneAt) ?? add(request, doneAt));
      return { status: 202, monitor: null };
    }
    if (fault?.fault === 'renamed') {
      const { neId } = add(request, at, fault.name);
      return { status: 201, told: { neId, name: fault.isTold ? fault.name : null } };
    }
    const made = add(request, at);
    if (fault?.fault === 'duplicate') add(request, at);
    return answerOf(key, made);
  };
  const revert = (neId: string, at: number, seenAt: number): Reply<NeService> => {
    const seen = rows.rowAt(neId, seenAt);
    if (seen === undefined) return { status: 404, code: 'NOT_FOUND' };
    const row = rows.rowAt(neId, at);
    if (row === undefined) return { status: 404, code: 'NOT_FOUND' };
    if (row !== seen) return { status: 412, code: 'CHANGED' };
    if (row.terminatedAt === null) wire.effect(row.asked, 'terminate', at);
    rows.end(row, at);
    return { status: 200, value: stateAt(row, at) };
  };

  return {
    create,
    readMonitor: (monitor, key) => {
      const kept = monitors.get(monitor);
      if (kept === undefined || kept.key !== key) return { status: 404, code: 'NOT_FOUND' };
      return kept.result ?? { status: 202, monitor };
    },
    revert,
    named: (key, seenAt) => rows.at(seenAt, rows.named(key)),
    byId: (neId, seenAt) => {
      const row = rows.rowAt(neId, seenAt);
      return row === undefined ? undefined : stateAt(row, seenAt);
    },
    inventory: (page, seenAt) => {
      const active = rows.at(seenAt, rows.all()).filter(({ state }) => state === 'active');
      return memoryPage(active, page, ({ neId }) => neId);
    },
    byItself: (neId, state, at) => {
      const row = rows.rowAt(neId, at) ?? rows.all().findLast(({ service }) => service.neId === neId);
      if (row === undefined) throw new Error(`the NE has no ${neId}`);
      if (state === 'active') row.terminatedAt = null;
      else rows.end(row, at);
    },
    backup: rows.backup,
    services: () => rows.all().filter(isThere).map(toLedger),
  };
};

/** The answer gives the id of a service that does not bear the name of the request. */
const answerOf = (asked: string, made: NeService, status: 200 | 201 = 201): Reply<NeService> =>
  made.key === asked
    ? { status, value: made }
    : { status: 201, told: { neId: made.neId, name: made.key === '' ? null : made.key } };

/** What a backup has taken away never was; what lost its id to another is part of the story. */
const isThere = ({ undone }: KeptService): boolean => !undone;

const toLedger = (row: KeptService): MadeService => {
  const { service, asked, createdAt, terminatedAt } = row;
  return {
    key: service.key,
    asked,
    neId: service.neId,
    spec: service.spec ?? '',
    state: terminatedAt === null ? 'active' : 'terminated',
    createdAt: iso(createdAt),
    terminatedAt: terminatedAt === null ? null : iso(terminatedAt),
    ...(service.equipmentId === undefined ? {} : { equipmentId: service.equipmentId }),
  };
};
