import type { CreateService } from '../../core/activation/request.ts';
import type { ListPage, NeService, PageAsked } from '../../core/ports/peers.ts';
import { iso } from '../../core/time/iso.ts';
import type { LedgerService } from '../simulators/ledger.ts';
import type { PeerFault } from './memory-faults.ts';
import { memoryPage } from './memory-page.ts';
import type { Happenings, Reply } from './memory-peer.ts';

/** The NE's own state. */
export type MemoryElements = {
  readonly create: (request: CreateService, at: number, fault: PeerFault | null) => Reply<NeService>;
  readonly readMonitor: (monitor: string, key: string) => Reply<NeService>;
  readonly revert: (neId: string, at: number) => Reply<NeService>;
  readonly named: (key: string) => readonly NeService[];
  readonly byId: (neId: string) => NeService | undefined;
  readonly inventory: (page: PageAsked) => ListPage<NeService>;
  /** What becomes of a service without any request of ours, e.g. when the NE is restored from a backup. */
  readonly byItself: (neId: string, state: 'active' | 'terminated', at: number) => void;
  readonly services: () => readonly LedgerService[];
};

type KeptService = {
  readonly service: NeService;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly terminatedAt: number | null;
};

type ElementsOptions = {
  /** false: every create makes a service. */
  readonly idempotent: boolean;
  /** A reverted service is removed. */
  readonly forgets: boolean;
  /** The moment whose state reads show (epoch ms). */
  readonly seenAt: () => number;
};

type Monitor = { readonly key: string; readonly result: Reply<NeService> | null };

export const memoryElements = (
  wire: Happenings,
  { idempotent, forgets, seenAt }: ElementsOptions,
): MemoryElements => {
  /** By NE id; kept after its end. */
  const rows = new Map<string, KeptService>();
  /** NE ids by service key. */
  const idsOf = new Map<string, string[]>();
  const monitors = new Map<string, Monitor>();
  const running = new Map<string, string>();

  /** As a read shows it. */
  const seen = (neId: string): NeService | undefined => {
    const row = rows.get(neId);
    const at = seenAt();
    if (row === undefined || row.createdAt > at) return undefined;
    const isOver = row.terminatedAt !== null && row.terminatedAt <= at;
    if (isOver && forgets) return undefined;
    return isOver || row.terminatedAt === null ? row.service : { ...row.service, state: 'active' };
  };
  const named = (key: string): readonly NeService[] =>
    (idsOf.get(key) ?? []).flatMap((neId) => seen(neId) ?? []);

  const add = ({ service }: CreateService, at: number, name = service.key): NeService => {
    const number = rows.size + 1;
    const made: NeService = {
      neId: `NE-${String(number).padStart(6, '0')}`,
      key: name,
      state: 'active',
      spec: service.spec,
      characteristics: Object.fromEntries(service.characteristics.map(({ name, value }) => [name, value])),
      ...(service.spec === 'access.gpon' ? { equipmentId: `OLT-0001/1/1/${number}` } : {}),
    };
    rows.set(made.neId, { service: made, createdAt: at, terminatedAt: null });
    idsOf.set(made.key, [...(idsOf.get(made.key) ?? []), made.neId]);
    wire.effect(made.key, 'create', at);
    return made;
  };
  /** A key that was ever switched on is not switched on again, also when its service was removed since. */
  const known = (key: string): NeService | undefined => {
    const [neId] = idsOf.get(key) ?? [];
    return idempotent && neId !== undefined ? rows.get(neId)?.service : undefined;
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
          ? { status: 200, value: known(key) ?? add(request, doneAt) }
          : { status: 422, code: fault.code };
      monitors.set(monitor, { key, result });
    });
    return { status: 202, monitor };
  };
  const create = (request: CreateService, at: number, fault: PeerFault | null): Reply<NeService> => {
    const { key } = request.service;
    const monitor = running.get(key);
    const before = known(key);
    if (before !== undefined) return { status: 201, value: before };
    if (idempotent && monitor !== undefined) return { status: 202, monitor };
    if (fault?.fault === 'monitor') return accept(request, fault, at);
    if (fault?.fault === 'accepted') {
      wire.later(at + fault.ms, (doneAt) => add(request, doneAt));
      return { status: 202, monitor: null };
    }
    if (fault?.fault === 'renamed') {
      const { neId } = add(request, at, fault.name);
      return { status: 201, told: { neId, name: fault.isTold ? fault.name : null } };
    }
    const made = add(request, at);
    if (fault?.fault === 'duplicate') add(request, at);
    return { status: 201, value: made };
  };
  const revert = (neId: string, at: number): Reply<NeService> => {
    const row = rows.get(neId);
    if (row === undefined || seen(neId) === undefined) return { status: 404, code: 'NOT_FOUND' };
    const service = { ...row.service, state: 'terminated' };
    if (row.service.state !== 'terminated') wire.effect(service.key, 'terminate', at);
    rows.set(neId, { ...row, service, terminatedAt: row.terminatedAt ?? at });
    return { status: 200, value: service };
  };
  const inventory = (page: PageAsked): ListPage<NeService> => {
    const active = [...rows.keys()]
      .flatMap((neId) => seen(neId) ?? [])
      .filter(({ state }) => state === 'active');
    return memoryPage(active, page, ({ neId }) => neId);
  };

  return {
    create,
    readMonitor: (monitor, key) => {
      const kept = monitors.get(monitor);
      if (kept === undefined || kept.key !== key) return { status: 404, code: 'NOT_FOUND' };
      return kept.result ?? { status: 202, monitor };
    },
    revert,
    named,
    byId: seen,
    inventory,
    byItself: (neId, state, at) => {
      const row = rows.get(neId);
      if (row === undefined) throw new Error(`the NE has no ${neId}`);
      const terminatedAt = state === 'active' ? null : at;
      rows.set(neId, { ...row, service: { ...row.service, state }, terminatedAt });
    },
    services: () =>
      [...rows.values()].map(({ service, createdAt, terminatedAt }) => ({
        key: service.key,
        neId: service.neId,
        spec: service.spec ?? '',
        state: service.state,
        createdAt: iso(createdAt),
        terminatedAt: terminatedAt === null ? null : iso(terminatedAt),
        ...(service.equipmentId === undefined ? {} : { equipmentId: service.equipmentId }),
      })),
  };
};
