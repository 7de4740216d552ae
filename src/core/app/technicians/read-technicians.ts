import type { OrderView } from '../../ports/order-view.ts';
import type { Skill, Technician } from '../../technicians/technician.ts';
import { workingSpan } from '../../technicians/technician-day.ts';
import { hoursText } from '../../technicians/working-hours.ts';
import { iso } from '../../time/iso.ts';
import { addDays, toLocal } from '../../time/zone.ts';
import type { AppDeps } from '../deps.ts';
import { knownTechnician, visitsOn } from './technicians.ts';

type ReadDeps = Pick<AppDeps, 'store' | 'policy' | 'clock'>;

/** An item of `oss.technicians/1`. */
export type ListedTechnician = {
  readonly technicianId: string;
  readonly name: string;
  readonly phone: string;
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
};

/** The technicians who are here, by id. */
export const presentTechnicians = ({ store }: Pick<AppDeps, 'store'>): Promise<readonly Technician[]> =>
  store.read((tx) => tx.technicians.list());

/** The technicians by id, with what they have to do today. */
export const listTechnicians = (
  { store, policy, clock }: ReadDeps,
  { area, skill, all }: TechnicianQuery,
): Promise<readonly ListedTechnician[]> =>
  store.read(async (tx) => {
    const { date } = toLocal(clock.now(), policy.tz);
    const technicians = await tx.technicians.list({ all });
    const visits = await visitsOn(tx, { from: date, to: date }, { tz: policy.tz });
    return technicians
      .filter((one) => area === undefined || one.areas.includes(area))
      .filter((one) => skill === undefined || one.skills.includes(skill))
      .map((one) => {
        const own = visits.filter(({ technicianId }) => technicianId === one.technicianId);
        return listed(one, { date, visits: own.length, tz: policy.tz });
      });
  });

const listed = (
  technician: Technician,
  { date, visits, tz }: { readonly date: string; readonly visits: number; readonly tz: string },
): ListedTechnician => {
  const { technicianId, name, phone, skills, areas, dailyLimit, active } = technician;
  const working = workingSpan(technician, date, tz);
  return {
    technicianId,
    name,
    phone,
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

/** Throws TECHNICIAN_NOT_FOUND. */
export const readTechnician = (
  { store, policy, clock }: ReadDeps,
  technicianId: string,
  { days }: { readonly days: number },
): Promise<TechnicianDetails> =>
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
    return { ...listed(technician, { date, visits: today.length, tz: policy.tz }), visits };
  });
