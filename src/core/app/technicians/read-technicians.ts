import type { OrderView } from '../../ports/order-view.ts';
import type { Skill, Technician } from '../../technicians/technician.ts';
import { workingSpan } from '../../technicians/technician-day.ts';
import { hoursText } from '../../technicians/working-hours.ts';
import { iso } from '../../time/iso.ts';
import { addDays, toLocal } from '../../time/zone.ts';
import { technicianOf } from '../../values/actor.ts';
import { MASKED, type Shown, type Sight, shownField } from '../../views/personal.ts';
import type { Recorded } from '../audit.ts';
import { askToSeeClear, clearanceFor, seesClear } from '../clearance.ts';
import type { AppDeps } from '../deps.ts';
import { knownTechnician, visitsOn } from './technicians.ts';

type ReadDeps = Recorded & Pick<AppDeps, 'store' | 'policy'>;

/** An item of `oss.technicians/1`. */
export type ListedTechnician = {
  readonly technicianId: string;
  readonly name: string;
  readonly phone: Shown;
  readonly skills: readonly Skill[];
  readonly areas: readonly string[];
  /** As the file writes them: `Mon-Sat 09:00-18:00`. */
  readonly hours: string;
  /** Local dates from today on. */
  readonly daysOff: readonly string[];
  readonly dailyLimit: number;
  readonly active: boolean;
  /** `working` null: a day off; else UTC ISO. */
  readonly today: {
    readonly date: string;
    readonly working: { readonly start: string; readonly end: string } | null;
    readonly visits: number;
  };
};

export type TechnicianQuery = {
  readonly area?: string | undefined;
  readonly skill?: Skill | undefined;
  /** Those too who are not here any more. */
  readonly all: boolean;
  /** Their phone numbers in clear. */
  readonly showPii: boolean;
};

/** The technicians who are here, by id. */
export const presentTechnicians = ({ store }: Pick<AppDeps, 'store'>): Promise<readonly Technician[]> =>
  store.read((tx) => tx.technicians.list());

/** What the audit log calls a clear reading of several technicians. */
const TECHNICIAN_LIST = 'technician list';

/**
 * The technicians by id, with what they have to do today. A clear reading of their phone numbers leaves an audit row. Throws
 * Refusal DENIED.
 */
export const listTechnicians = async (
  deps: ReadDeps,
  { area, skill, all, showPii }: TechnicianQuery,
): Promise<readonly ListedTechnician[]> => {
  const { store, policy, clock } = deps;
  if (showPii) await askToSeeClear(deps, { subject: TECHNICIAN_LIST });
  const { date } = toLocal(clock.now(), policy.tz);
  const { found, visits } = await store.read(async (tx) => {
    const technicians = await tx.technicians.list({ all });
    const visits = await visitsOn(tx, { from: date, to: date }, { tz: policy.tz });
    const found = technicians
      .filter((one) => area === undefined || one.areas.includes(area))
      .filter((one) => skill === undefined || one.skills.includes(skill));
    return { found, visits };
  });
  const technicians = found.map(({ technicianId }) => technicianId);
  const sight: Sight =
    showPii && found.length > 0
      ? await clearanceFor(deps, { subject: TECHNICIAN_LIST, orders: [], technicians })
      : MASKED;
  return found.map((one) => {
    const own = visits.filter(({ technicianId }) => technicianId === one.technicianId);
    return listed(one, { date, visits: own.length, tz: policy.tz, sight });
  });
};

const listed = (
  technician: Technician,
  {
    date,
    visits,
    tz,
    sight,
  }: { readonly date: string; readonly visits: number; readonly tz: string; readonly sight: Sight },
): ListedTechnician => {
  const { technicianId, name, phone, skills, areas, dailyLimit, active } = technician;
  const working = workingSpan(technician, date, tz);
  return {
    technicianId,
    name,
    phone: shownField('phone', phone, sight),
    skills,
    areas,
    hours: hoursText(technician.hours),
    daysOff: technician.daysOff.filter((day) => day >= date),
    dailyLimit,
    active,
    today: {
      date,
      working: working === null ? null : { start: iso(working.start), end: iso(working.end) },
      visits,
    },
  };
};

/** A visit or hold in a technician's calendar. */
export type CalendarVisit = {
  readonly orderId: string;
  readonly start: string;
  readonly end: string;
  readonly kind: 'held' | 'agreed';
  readonly area: string | null;
  readonly stage: OrderView['stage'] | null;
};

/** `oss.technician/1`: one technician with the visits of the days to come, from today's midnight on. */
export type TechnicianDetails = ListedTechnician & { readonly visits: readonly CalendarVisit[] };

/** The technician and the visits as they are kept. Throws TECHNICIAN_NOT_FOUND. */
const keptTechnician = (
  { store, policy, clock }: ReadDeps,
  technicianId: string,
  days: number,
): Promise<(sight: Sight) => TechnicianDetails> =>
  store.read(async (tx) => {
    const technician = await knownTechnician(tx, technicianId);
    const { date } = toLocal(clock.now(), policy.tz);
    const dates = { from: date, to: addDays(date, days - 1) };
    const occupied = await visitsOn(tx, dates, { tz: policy.tz, technicianId });
    const visits: CalendarVisit[] = [];
    for (const { orderId, slot, kind, area } of occupied) {
      const view = await tx.views.get(orderId);
      visits.push({ orderId, start: slot.start, end: slot.end, kind, area, stage: view?.stage ?? null });
    }
    const today = visits.filter(({ start }) => toLocal(Date.parse(start), policy.tz).date === date);
    const of = { date, visits: today.length, tz: policy.tz };
    return (sight) => ({ ...listed(technician, { ...of, sight }), visits });
  });

const clearTechnician = (deps: ReadDeps, technicianId: string): Promise<Sight> =>
  clearanceFor(deps, {
    subject: technicianId,
    orders: [],
    technicians: [technicianId],
    isOwn: technicianOf(deps.actor) === technicianId,
  });

/** How a technician is opened. `writable`: where a clear reading is written down. */
export type TechnicianOpening = {
  readonly days: number;
  readonly showPii: boolean;
  readonly writable: () => Promise<AppDeps['store']>;
};

/**
 * One technician: with the phone number in clear for those who call technicians, and for the technician themself, which leaves an
 * audit row. Throws Refusal TECHNICIAN_NOT_FOUND, DENIED to others who ask for more.
 */
export const readTechnician = async (
  deps: ReadDeps,
  technicianId: string,
  { days, showPii, writable }: TechnicianOpening,
): Promise<TechnicianDetails> => {
  const tell = await keptTechnician(deps, technicianId, days);
  const isClear = showPii || seesClear(deps.actor) || technicianOf(deps.actor) === technicianId;
  return tell(isClear ? await clearTechnician({ ...deps, store: await writable() }, technicianId) : MASKED);
};

/** One technician as a change left them: the phone number in clear for who asks for it. Throws TECHNICIAN_NOT_FOUND, DENIED. */
export const readChangedTechnician = async (
  deps: ReadDeps,
  technicianId: string,
  { days, showPii }: Pick<TechnicianOpening, 'days' | 'showPii'>,
): Promise<TechnicianDetails> => {
  const tell = await keptTechnician(deps, technicianId, days);
  return tell(showPii ? await clearTechnician(deps, technicianId) : MASKED);
};
