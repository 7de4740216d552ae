import type { Contact } from '../../order/contact.ts';
import type { OrderQuery, OrderView } from '../../ports/order-view.ts';
import type { Tx } from '../../ports/store.ts';
import { mustExist } from '../../process/legal.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { Stage } from '../../rules/stage.ts';
import { type Expected, expectedDays } from '../../technicians/forecast.ts';
import { iso } from '../../time/iso.ts';
import { MINUTE_MS } from '../../time/units.ts';
import { addDays, fromLocal } from '../../time/zone.ts';
import { readTravel } from '../../travel/read-travel.ts';
import { onlyLines } from '../../values/lines.ts';
import { maskAddress, maskName, maskPhone } from '../../values/mask.ts';
import { type FieldVisit, fieldVisit, type VisitSummary, visitTextIds } from '../../views/field-visit.ts';
import type { AppDeps } from '../deps.ts';
import { everyView } from '../every-view.ts';
import { maskedTexts, readingOf } from '../orders/read-details.ts';
import { agreedVisit } from '../overview/read-forecast.ts';
import { readOrder } from '../write-order.ts';
import { technicianOf } from './field-rules.ts';

/** Stages of an order whose agreed visit has no result yet. */
const WAITING: readonly Stage[] = ['scheduled', 'dispatched', 'on-site', 'held'];
/** And those it may be in after the visit of the day. */
const ENDED: readonly Stage[] = ['completed', 'returning'];

type AgreedView = OrderView & { readonly visit: NonNullable<OrderView['visit']> };

const agreedVisits = async (tx: Tx, query: Omit<OrderQuery, 'limit' | 'cursor'>): Promise<AgreedView[]> => {
  const found: AgreedView[] = [];
  for await (const view of everyView(tx, { ...query, sort: 'visit' })) {
    const { visit } = view;
    if (visit?.status === 'agreed') found.push({ ...view, visit });
  }
  return found;
};

/** Customers as the reader may see them. */
const shown = (
  contact: Contact | undefined,
  customerId: string,
  clear: boolean,
): VisitSummary['customer'] => ({
  id: customerId,
  name: contact === undefined ? null : clear ? contact.name : maskName(contact.name),
  phone: contact === undefined ? null : clear ? contact.phone : maskPhone(contact.phone),
  address: contact === undefined ? null : clear ? contact.address : maskAddress(contact.address),
});

type Deps = Pick<AppDeps, 'store' | 'clock' | 'policy' | 'actor' | 'via'>;

const audit = ({ store, clock, actor }: Deps, subject: string, orders: number): Promise<void> =>
  store.write((tx) =>
    tx.audit.add({ at: iso(clock.now()), actor, action: 'pii.read', subject, detail: { orders } }),
  );

export type DayOptions = {
  /** undefined: of every technician. */
  readonly technicianId: string | undefined;
  /** Operator-local `YYYY-MM-DD`. */
  readonly date: string;
  /** Also earlier visits without a result. */
  readonly overdue: boolean;
  readonly showPii: boolean;
  /** Where a clear reading is recorded. */
  readonly writable: () => Promise<AppDeps['store']>;
};

/**
 * The visits of a day by their time, those of earlier days without a result first. A technician reads their own in
 * clear, which leaves one audit row; a list of others is masked. Throws Refusal TECHNICIAN_NOT_FOUND.
 */
export const visitsOfDay = async (deps: Deps, options: DayOptions): Promise<readonly VisitSummary[]> => {
  const { technicianId, date, showPii } = options;
  const from = iso(fromLocal(date, 0, deps.policy.tz).at);
  const to = iso(fromLocal(addDays(date, 1), 0, deps.policy.tz).at);
  const own = technicianId !== undefined && technicianOf(deps.actor) === technicianId;
  const whose = technicianId === undefined ? {} : { technicianId };
  const clear = own || showPii;
  const visits = await deps.store.read(async (tx) => {
    if (technicianId !== undefined && (await tx.technicians.get(technicianId)) === null) {
      throw new Refusal('TECHNICIAN_NOT_FOUND', { technicianId });
    }
    const late = options.overdue ? await agreedVisits(tx, { ...whose, stages: WAITING, visitTo: from }) : [];
    const day = await agreedVisits(tx, {
      ...whose,
      stages: [...WAITING, ...ENDED],
      visitFrom: from,
      visitTo: to,
    });
    const views = [...late, ...day];
    const contacts = await tx.vault.contacts(views.map((view) => view.orderId));
    const travel = await readTravel(tx, deps.policy);
    const expected = expectedDays(day.flatMap(agreedVisit), { now: deps.clock.now(), travel });
    return views.map((view) =>
      summary(view, contacts.get(view.orderId), { clear, from, expected: expected.get(view.orderId) }),
    );
  });
  if (clear && visits.length > 0) {
    await audit({ ...deps, store: await options.writable() }, technicianId ?? date, visits.length);
  }
  return visits;
};

const summary = (
  view: AgreedView,
  contact: Contact | undefined,
  {
    clear,
    from,
    expected,
  }: { readonly clear: boolean; readonly from: string; readonly expected: Expected | undefined },
): VisitSummary => ({
  orderId: view.orderId,
  stage: view.stage,
  start: view.visit.start,
  end: view.visit.end,
  technicianId: view.visit.technicianId,
  customer: shown(contact, view.customerId, clear),
  area: view.area,
  ...onlyLines(view),
  equipmentId: view.equipmentId,
  priority: view.priority,
  overdue: view.visit.start < from && WAITING.includes(view.stage),
  expectedStart: expected === undefined || expected.delayMs < MINUTE_MS ? null : iso(expected.start),
  version: view.version,
});

/** What a technician works on, and what comes then, both by the time of the visit. */
export type OwnVisits = { readonly onSite: readonly OrderView[]; readonly next: readonly OrderView[] };

/** Throws Refusal TECHNICIAN_NOT_FOUND. */
export const ownVisits = (deps: Pick<AppDeps, 'store'>, technicianId: string): Promise<OwnVisits> =>
  deps.store.read(async (tx) => {
    if ((await tx.technicians.get(technicianId)) === null) {
      throw new Refusal('TECHNICIAN_NOT_FOUND', { technicianId });
    }
    return {
      onSite: await agreedVisits(tx, { technicianId, stages: ['on-site'] }),
      next: await agreedVisits(tx, { technicianId, stages: ['scheduled', 'dispatched'] }),
    };
  });

/**
 * One visit with all that the technician at the door needs. A technician's own is clear, as are opened orders for those
 * who may read them; a clear reading leaves one audit row. Throws Refusal ORDER_NOT_FOUND.
 */
export const readVisit = async (
  deps: Deps,
  orderId: string,
  { showPii, writable }: Pick<DayOptions, 'showPii' | 'writable'>,
): Promise<FieldVisit> => {
  const { visit, clear } = await deps.store.read(async (tx) => {
    const process = await readOrder(tx, orderId);
    mustExist(process);
    const contact = (await tx.vault.contacts([orderId])).get(orderId);
    const own = technicianOf(deps.actor);
    const { scheduling, fieldwork } = process;
    const isOwn = own !== null && own === (fieldwork.completed ?? scheduling.visit)?.technicianId;
    const mayRead = isOwn || readingOf(deps.actor, showPii) === 'clear';
    const texts = await tx.vault.texts(visitTextIds(process));
    const visit = fieldVisit(process, {
      customer: shown(contact, process.order.placed?.customerId ?? '', mayRead),
      texts: mayRead ? texts : maskedTexts(process, texts),
      simulated: (await tx.meta.binding())?.simulated ?? true,
    });
    return { visit, clear: mayRead && contact !== undefined };
  });
  if (clear) await audit({ ...deps, store: await writable() }, orderId, 1);
  return visit;
};
