import type { Journal } from './journal.ts';
import { readServiceDraft, type ServiceDraft, scrubNeRequest } from './ne-body.ts';
import { type MonitorRow, monitorBody, monitorIdOf, type NeMonitors } from './ne-monitors.ts';
import type { NeServices, ServiceRow } from './ne-services.ts';
import type { EffectFaults } from './peer.ts';
import { type Answer, errorAnswer, type SimRequest } from './request.ts';

export type ActivationOptions = {
  readonly services: NeServices;
  readonly monitors: NeMonitors;
  readonly journal: Journal;
  /** GPON ports an area has; null: without limit. */
  readonly capacity: number | null;
  /** Path of the API. */
  readonly base: string;
  /** The answer that shows a service. */
  readonly found: (row: ServiceRow, status: 200 | 201) => Answer;
};

/** How services come to be switched on: at once, or later behind a monitor. */
export type NeActivation = {
  readonly create: (request: SimRequest, faults: EffectFaults, at: number) => Answer;
  /** Switches on a service that was only looked at until now. */
  readonly activate: (service: ServiceRow, at: number) => Answer;
  /** The time of a monitor has come: its service is made, or refused. */
  readonly endMonitor: (id: number, request: SimRequest, at: number) => void;
};

/** The answer to an attempt that the NE refuses. */
export const rejected = (code: string): Answer =>
  errorAnswer(422, code, `The NE refused the service: ${code}`);

/** Activation on the ledger of the NE. */
export const openNeActivation = ({
  services,
  monitors,
  journal,
  capacity,
  base,
  found,
}: ActivationOptions): NeActivation => {
  const isFull = ({ spec, area }: Pick<ServiceRow, 'spec' | 'area'>): boolean =>
    spec === 'access.gpon' && capacity !== null && services.portsInUse(area) >= capacity;

  const provision = (draft: ServiceDraft, times: number, at: number): ServiceRow | null => {
    if (isFull(draft)) return null;
    const row = services.insert(draft, at);
    if (row !== null) journal.addEffect(draft.key, draft.state === 'active' ? 'create' : 'check', at);
    if (row !== null && times > 1) provision(draft, times - 1, at);
    return row;
  };

  /** What is known of this key or attempt already; null: nothing, it is new. */
  const replay = (key: string, attempt: string): Answer | null => {
    const existing = services.firstOf(key);
    if (existing !== null) return found(existing, 201);
    const monitor = monitors.running(key);
    if (monitor !== null) return accepted(monitor);
    const code = monitors.rejectionOf(attempt);
    return code === null ? null : rejected(code);
  };

  const accepted = (monitor: MonitorRow): Answer => ({
    status: 202,
    headers: { Location: `${base}/monitor/${monitorIdOf(monitor.id)}` },
    body: monitorBody(monitor, base, null),
  });

  const create = (request: SimRequest, faults: EffectFaults, at: number): Answer => {
    const draft = readServiceDraft(request);
    if ('wrong' in draft) return errorAnswer(400, 'INVALID_BODY', draft.wrong);
    const attempt = request.idempotencyKey ?? draft.key;
    const isNew = faults.noIdempotency === true || !draft.isKeyed;
    const known = isNew ? null : replay(draft.key, attempt);
    if (known !== null) return known;
    if (faults.reject !== undefined) {
      monitors.reject(attempt, faults.reject);
      return rejected(faults.reject);
    }
    if (faults.monitorMs !== undefined) {
      const monitor = monitors.start(draft.key, attempt, faults.monitorError ?? null);
      if (monitor === null) return errorAnswer(500, 'NO_MONITOR', 'The monitor could not be kept');
      journal.addJob(at + faults.monitorMs, {
        kind: 'monitor',
        monitor: monitor.id,
        request: scrubNeRequest(request),
      });
      return accepted(monitor);
    }
    const row = provision(draft, faults.duplicate === true ? 2 : 1, at);
    if (row !== null) return found(row, 201);
    monitors.reject(attempt, 'NO_PORT');
    return rejected('NO_PORT');
  };

  const knownOf = ({ key, isKeyed }: ServiceDraft): ServiceRow | null =>
    isKeyed ? services.firstOf(key) : null;

  const activate = (service: ServiceRow, at: number): Answer => {
    if (service.state === 'active') return found(service, 200);
    if (service.state !== 'feasibilityChecked') {
      return errorAnswer(400, 'STATE_NOT_SUPPORTED', `A ${service.state} service cannot be made active`);
    }
    const row = isFull(service) ? null : services.activate(service, at);
    if (row === null) return rejected('NO_PORT');
    journal.addEffect(service.key, 'create', at);
    return found(row, 200);
  };

  const endMonitor = (id: number, request: SimRequest, at: number): void => {
    const monitor = monitors.byId(id);
    const draft = readServiceDraft(request);
    if (monitor === null || 'wrong' in draft) return;
    const row = monitor.error !== null ? null : (knownOf(draft) ?? provision(draft, 1, at));
    if (row !== null) {
      monitors.complete(id, row.id);
      return;
    }
    const code = monitor.error ?? 'NO_PORT';
    monitors.fail(id, code);
    monitors.reject(monitor.attempt, code);
  };

  return { create, activate, endMonitor };
};
