import { createHmac, randomBytes } from 'node:crypto';
import type { Binding } from '../../core/peers/binding.ts';
import type { BreakerRow } from '../../core/peers/breaker-row.ts';
import type { BreakerTable } from '../../core/ports/breakers.ts';
import {
  ERASED_PRINT,
  type KeyProof,
  type KeyProofs,
  type Meta,
  type RequestRecord,
  type Requests,
  type Technicians,
  type TravelTable,
} from '../../core/ports/store.ts';
import type { Technician } from '../../core/technicians/technician.ts';
import { NO_TRAVEL_DATA, type TravelData } from '../../core/travel/travel-data.ts';
import type { KeyMarks } from '../../core/values/keys.ts';
import { byText } from './by-id.ts';
import { type UndoLog, undoableMap } from './undo-log.ts';

export const memoryTechnicians = (log: UndoLog): Technicians => {
  const rows = undoableMap<Technician>(log);
  return {
    put: async (technician) => rows.set(technician.technicianId, technician),
    get: async (technicianId) => rows.get(technicianId) ?? null,
    list: async (options) =>
      [...rows.values()]
        .filter((technician) => technician.active || options?.all === true)
        .sort((a, b) => byText(a.technicianId, b.technicianId)),
  };
};

export const memoryTravel = (log: UndoLog): TravelTable => {
  const rows = undoableMap<TravelData>(log);
  const data = (): TravelData => rows.get('') ?? NO_TRAVEL_DATA;
  return {
    data: async () => data(),
    put: async (kind, imported) => rows.set('', { ...data(), [kind]: imported }),
  };
};

/** `erasePrints`: of all keys of these orders. */
export type MemoryRequests = Requests & { readonly erasePrints: (orders: ReadonlySet<string>) => void };

/** `secret` keys the fingerprints; each store draws its own unless a test gives one. */
export const memoryRequests = (
  log: UndoLog,
  secret: string = randomBytes(32).toString('hex'),
): MemoryRequests => {
  const rows = undoableMap<RequestRecord>(log);
  const rowKey = (scope: string, key: string): string => JSON.stringify([scope, key]);
  return {
    get: async (scope, key) => rows.get(rowKey(scope, key)) ?? null,
    put: async (scope, key, record) => rows.set(rowKey(scope, key), record),
    erasePrints: (orders) => {
      for (const key of [...rows.keys()]) {
        const record = rows.get(key);
        if (record !== undefined && orders.has(record.orderId))
          rows.set(key, { ...record, fingerprint: ERASED_PRINT });
      }
    },
    fingerprint: async (content) => createHmac('sha256', secret).update(content).digest('hex'),
  };
};

export const memoryKeyProofs = (log: UndoLog): KeyProofs => {
  const rows = undoableMap<KeyProof>(log);
  const rowKey = (peer: string, spec: string): string => JSON.stringify([peer, spec]);
  return {
    get: async (peer, spec) => rows.get(rowKey(peer, spec)) ?? { provenAt: null, askedAt: null },
    put: async (peer, spec, proof) => rows.set(rowKey(peer, spec), proof),
  };
};

export const memoryMeta = (log: UndoLog, keyMarks: KeyMarks = { current: null, before: [] }): Meta => {
  let bound: Binding | null = null;
  return {
    binding: async () => bound,
    bind: async (binding) => {
      const before = bound;
      log.record(() => {
        bound = before;
      });
      bound = binding;
    },
    keyMarks: async () => keyMarks,
  };
};

export const memoryBreakers = (log: UndoLog): BreakerTable => {
  const rows = undoableMap<BreakerRow>(log);
  return {
    get: async (name) => rows.get(name) ?? null,
    list: async () => [...rows.values()].sort((a, b) => byText(a.name, b.name)),
    compareAndSet: async (row, expectedGen) => {
      if ((rows.get(row.name)?.gen ?? null) !== expectedGen) return false;
      rows.set(row.name, row);
      return true;
    },
  };
};
