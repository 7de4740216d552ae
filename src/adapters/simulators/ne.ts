import { openCollection } from './collection.ts';
import type { Journal } from './journal.ts';
import { neIdOf, rowOf } from './ledger.ts';
import { openNeActivation, rejected } from './ne-activation.ts';
import { scrubNeRequest } from './ne-body.ts';
import { monitorBody, openNeMonitors } from './ne-monitors.ts';
import { identifyNe, notFound } from './ne-routes.ts';
import { openNeServices, type ServiceRow, serviceBody } from './ne-services.ts';
import type { LedgerDb } from './open-ledger.ts';
import type { Peer } from './peer.ts';
import { type Answer, changedMeanwhile, errorAnswer, fieldsOf, type SimRequest } from './request.ts';

const NE_BASE = '/tmf-api/ServiceActivationAndConfiguration/v4';

export type NeOptions = {
  readonly db: LedgerDb;
  readonly journal: Journal;
  /** GPON ports an area has; null: without limit. */
  readonly capacity: number | null;
};

/** All that ever changes of a service is its state. */
const etagOf = ({ id, state }: ServiceRow): string => `"${neIdOf(id)}.${state}"`;

/**
 * The simulated Network Elements: TMF640 Service Activation. A service key has one effect whatever is sent, a
 * terminated key stays terminated, and a refused attempt (its Idempotency-Key) is refused again with the same code.
 */
export const createNe = ({ db, journal, capacity }: NeOptions): Peer => {
  const services = openNeServices(db);
  const monitors = openNeMonitors(db);

  const { found, read, list, page } = openCollection<ServiceRow>({
    base: NE_BASE,
    path: '/service',
    filter: 'state',
    idOf: ({ id }) => neIdOf(id),
    etagOf,
    bodyOf: (row) => serviceBody(row, NE_BASE),
    page: services.page,
    count: services.count,
  });

  const activation = openNeActivation({ services, monitors, journal, capacity, base: NE_BASE, found });

  const readMonitor = (id: string): Answer => {
    const row = rowOf(id, 'MON');
    const monitor = row === null ? null : monitors.byId(row);
    if (monitor === null) return notFound(id);
    const service = monitor.serviceId === null ? null : services.byId(monitor.serviceId);
    const outcome =
      service !== null
        ? found(service, 201)
        : monitor.state === 'InError'
          ? rejected(monitor.error ?? 'ACTIVATION_FAILED')
          : null;
    return { status: 200, body: monitorBody(monitor, NE_BASE, outcome) };
  };

  const serviceAt = (path: string): ServiceRow | null => {
    const row = rowOf(path.slice('/service/'.length), 'NE');
    const service = row === null ? null : services.byId(row);
    return service === null || service.deleted === 1 ? null : service;
  };

  const revert = (request: SimRequest, at: number): Answer => {
    const service = serviceAt(request.path);
    if (service === null) return notFound(request.path);
    const changed = changedMeanwhile(request, etagOf(service));
    if (changed !== null) return changed;
    const deletes = request.method === 'DELETE';
    const state = fieldsOf(request.body).state;
    if (!deletes && state !== 'terminated') {
      return state === service.state
        ? found(service)
        : errorAnswer(400, 'STATE_NOT_SUPPORTED', 'A service can only be made active or terminated');
    }
    if (service.state !== 'terminated') journal.addEffect(service.key, 'terminate', at);
    services.terminate(service.id, at, deletes);
    return deletes ? { status: 204 } : found(services.byId(service.id) ?? service);
  };

  const perform: Peer['perform'] = (request, { operation, key }, faults, at) => {
    switch (operation) {
      case 'create':
        return activation.create(request, faults, at);
      case 'lookup': {
        const { name, ...others } = request.query;
        if (faults.ignoreFilter === true) return page({ ...request, query: others });
        return /[",]/.test(name ?? '') ? page(request) : list(request, services.named(key));
      }
      case 'inventory':
        return page(request);
      case 'read': {
        const service = serviceAt(request.path);
        return service === null ? notFound(request.path) : read(request, service);
      }
      case 'activate': {
        const service = serviceAt(request.path);
        if (service === null) return notFound(request.path);
        return changedMeanwhile(request, etagOf(service)) ?? activation.activate(service, at);
      }
      case 'revert':
        return revert(request, at);
      case 'monitor':
        return readMonitor(request.path.slice('/monitor/'.length));
      default:
        return notFound(request.path);
    }
  };

  return {
    kind: 'ne',
    base: NE_BASE,
    identify: (request) => identifyNe(request, (path) => serviceAt(path)?.key ?? null),
    perform,
    scrub: scrubNeRequest,
    applyDue: (now) => {
      for (let due = journal.takeDue(now); due !== null; due = journal.takeDue(now)) {
        const { dueAt, job } = due;
        if (job.kind === 'monitor') activation.endMonitor(job.monitor, job.request, dueAt);
        if (job.kind === 'request') perform(job.request, job.target, {}, dueAt);
      }
    },
  };
};
