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
import { technicianOf } from '../../values/actor.ts';
import { onlyLines } from '../../values/lines.ts';
import { type FieldVisit, fieldVisit, type VisitSummary, visitTextIds } from '../../views/field-visit.ts';
import { type Known, MASKED, type Sight, shownContact } from '../../views/personal.ts';
import { askToSeeClear, clearanceFor, seesClear } from '../clearance.ts';
import type { AppDeps } from '../deps.ts';
import { everyView } from '../every-view.ts';
import { clearSight, shownTexts } from '../orders/read-details.ts';
import { agreedVisit } from '../overview/read-forecast.ts';
import { readOrder } from '../write-order.ts';
import { isOwnVisit } from './field-rules.ts';

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

type Deps = Pick<AppDeps, 'store' | 'clock' | 'policy' | 'actor' | 'via'>;

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
 * clear, which leaves one audit row; a list of others is masked. Throws Refusal TECHNICIAN_NOT_FOUND, DENIED.
 */
export const visitsOfDay = async (deps: Deps, options: DayOptions): Promise<readonly VisitSummary[]> => {
  const { technicianId, date, showPii } = options;
  const from = iso(fromLocal(date, 0, deps.policy.tz).at);
  const to = iso(fromLocal(addDays(date, 1), 0, deps.policy.tz).at);
  const own = technicianId !== undefined && technicianOf(deps.actor) === technicianId;
  const whose = technicianId === undefined ? {} : { technicianId };
  const reading = { subject: technicianId ?? date, isOwn: own };
  if (showPii) await askToSeeClear({ ...deps, store: await options.writable() }, reading);
  const { views, contacts, expected } = await deps.store.read(async (tx) => {
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
    return { views, contacts, expected };
  });
  const orders = [...contacts.keys()];
  const sight =
    (own || showPii) && orders.length > 0
      ? await clearanceFor(
          { ...deps, store: await options.writable() },
          {
            ...reading,
            orders,
            customers: [...new Set([...contacts.values()].map(({ customerId }) => customerId))],
          },
        )
      : MASKED;
  return views.map((view) =>
    summary(view, contacts.get(view.orderId), { sight, from, expected: expected.get(view.orderId) }),
  );
};

const summary = (
  view: AgreedView,
  contact: Known | undefined,
  {
    sight,
    from,
    expected,
  }: { readonly sight: Sight; readonly from: string; readonly expected: Expected | undefined },
): VisitSummary => ({
  orderId: view.orderId,
  stage: view.stage,
  start: view.visit.start,
  end: view.visit.end,
  technicianId: view.visit.technicianId,
  customer: { id: view.customerId, ...shownContact(contact, sight) },
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
 * who may read them; a clear reading leaves one audit row. Throws Refusal ORDER_NOT_FOUND, DENIED.
 */
export const readVisit = async (
  deps: Deps,
  orderId: string,
  { showPii, writable }: Pick<DayOptions, 'showPii' | 'writable'>,
): Promise<FieldVisit> => {
  const { process, contact, texts, simulated } = await deps.store.read(async (tx) => {
    const process = await readOrder(tx, orderId);
    mustExist(process);
    return {
      process,
      contact: (await tx.vault.contacts([orderId])).get(orderId),
      texts: await tx.vault.texts(visitTextIds(process)),
      simulated: (await tx.meta.binding())?.simulated ?? true,
    };
  });
  const isClear =
    contact !== undefined && (isOwnVisit(process, deps.actor) || showPii || seesClear(deps.actor));
  const sight = isClear
    ? await clearSight({ ...deps, store: await writable() }, process, { contact })
    : MASKED;
  return fieldVisit(process, {
    customer: { id: process.order.placed?.customerId ?? '', ...shownContact(contact, sight) },
    texts: shownTexts(process, { texts, contact }, sight),
    simulated,
  });
};
