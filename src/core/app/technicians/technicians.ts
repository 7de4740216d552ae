import type { Tx } from '../../ports/store.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { Occupied, Technician } from '../../technicians/technician.ts';
import { iso } from '../../time/iso.ts';
import { addDays, fromLocal } from '../../time/zone.ts';
import { canonicalJson } from '../../values/canonical-json.ts';
import { allow } from '../allow.ts';
import { record } from '../audit.ts';
import { writer } from '../change-order.ts';
import type { AppDeps } from '../deps.ts';

type DryRun = { readonly dryRun?: boolean | undefined };

/** What an import did with one technician. */
export type ImportedTechnician = {
  readonly technicianId: string;
  readonly name: string;
  readonly status: 'added' | 'changed' | 'already';
  /** Which fields are other than before. */
  readonly changed: readonly string[];
};

/** Fields that a file need not name: what is known of them stays. */
export const OPTIONAL_FIELDS = ['base', 'daysOff', 'active'] as const;
export type OptionalField = (typeof OPTIONAL_FIELDS)[number];

export type ImportOptions = DryRun & {
  /** Fields that the file does not name. */
  readonly keep: readonly OptionalField[];
};

/** Somebody as a file tells, who was known before or was not (null). */
export const asImported = (
  known: Technician | null,
  given: Technician,
  keep: readonly OptionalField[],
): Technician => (known === null ? given : { ...given, ...pick(known, keep) });

/** Adds and changes technicians, all in one write. Those whom the file does not name stay as they are. Throws DENIED. */
export const importTechnicians = async (
  deps: AppDeps,
  technicians: readonly Technician[],
  { dryRun, keep }: ImportOptions,
): Promise<readonly ImportedTechnician[]> => {
  await allow(deps, 'technician import');
  return writer(
    deps,
    dryRun,
  )(async (tx) => {
    const imported: ImportedTechnician[] = [];
    for (const given of technicians) imported.push(await importOne(tx, given, keep));
    const changed = imported.filter(({ status }) => status !== 'already').length;
    if (changed > 0)
      await record(tx, deps, { action: 'technician.import', subject: '', detail: { changed } });
    return imported;
  });
};

const importOne = async (
  tx: Tx,
  given: Technician,
  keep: ImportOptions['keep'],
): Promise<ImportedTechnician> => {
  const { technicianId, name } = given;
  const known = await tx.technicians.get(technicianId);
  const technician = asImported(known, given, keep);
  const changed = known === null ? [] : differences(known, technician);
  if (known !== null && changed.length === 0) return { technicianId, name, status: 'already', changed };
  await tx.technicians.put(technician);
  return { technicianId, name, status: known === null ? 'added' : 'changed', changed };
};

const pick = (known: Technician, fields: ImportOptions['keep']): Partial<Technician> =>
  Object.fromEntries(fields.map((field) => [field, known[field] ?? null]));

const differences = (before: Technician, after: Technician): readonly string[] =>
  Object.entries(after)
    .filter(
      ([field, value]) =>
        canonicalJson(value ?? null) !== canonicalJson(before[field as keyof Technician] ?? null),
    )
    .map(([field]) => field);

/** Local dates, both ends included. */
export type Dates = { readonly from: string; readonly to: string };

/** The longest absence that is entered at once, in days. */
const MAX_DAYS_OFF = 366;

/** Every local date of the range, ascending. Throws BAD_VALUE when there are more than `MAX_DAYS_OFF`. */
const datesOf = ({ from, to }: Dates): readonly string[] => {
  const dates: string[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    dates.push(date);
    if (dates.length > MAX_DAYS_OFF) {
      const expected = { code: 'AT_MOST_DAYS', days: MAX_DAYS_OFF } as const;
      throw new Refusal('BAD_VALUE', { flag: 'dates', value: `${from}..${to}`, expected });
    }
  }
  return dates;
};

/** The technician. Throws TECHNICIAN_NOT_FOUND. */
export const knownTechnician = async (tx: Tx, technicianId: string): Promise<Technician> => {
  const technician = await tx.technicians.get(technicianId);
  if (technician === null) throw new Refusal('TECHNICIAN_NOT_FOUND', { technicianId });
  return technician;
};

/** Visits and holds of one technician, or of all, that touch these local dates; by technician and start. */
export const visitsOn = (
  tx: Tx,
  { from, to }: Dates,
  { tz, technicianId }: { readonly tz: string; readonly technicianId?: string | undefined },
): Promise<readonly Occupied[]> => {
  const start = iso(fromLocal(from, 0, tz).at);
  const end = iso(fromLocal(addDays(to, 1), 0, tz).at);
  return tx.calendar.between(start, end, technicianId);
};

export type Absence = {
  readonly status: 'done' | 'already';
  readonly technician: Technician;
  /** What stands in the technician's calendar on those days. */
  readonly visits: readonly Occupied[];
};

/**
 * Days on which the technician does not work: from this commit on nothing is planned there. What stands already is
 * returned, read in the same write. Throws TECHNICIAN_NOT_FOUND, DENIED.
 */
export const takeOff = async (
  deps: AppDeps,
  technicianId: string,
  { dates, dryRun }: DryRun & { readonly dates: Dates },
): Promise<Absence> => {
  await allow(deps, 'technician off');
  return writer(
    deps,
    dryRun,
  )(async (tx) => {
    const before = await knownTechnician(tx, technicianId);
    const daysOff = [...new Set([...before.daysOff, ...datesOf(dates)])].sort();
    const visits = await visitsOn(tx, dates, { tz: deps.policy.tz, technicianId });
    if (daysOff.length === before.daysOff.length) return { status: 'already', technician: before, visits };
    const technician = { ...before, daysOff };
    await tx.technicians.put(technician);
    await record(tx, deps, { action: 'technician.off', subject: technicianId, detail: dates });
    return { status: 'done', technician, visits };
  });
};

/** The technician works again: on these dates, and as one who is here at all. Throws TECHNICIAN_NOT_FOUND, DENIED. */
export const takeOn = async (
  deps: AppDeps,
  technicianId: string,
  { dates, dryRun }: DryRun & { readonly dates: Dates },
): Promise<Omit<Absence, 'visits'>> => {
  await allow(deps, 'technician on');
  return writer(
    deps,
    dryRun,
  )(async (tx) => {
    const before = await knownTechnician(tx, technicianId);
    const daysOff = before.daysOff.filter((date) => date < dates.from || date > dates.to);
    if (before.active && daysOff.length === before.daysOff.length) {
      return { status: 'already', technician: before };
    }
    const technician = { ...before, daysOff, active: true };
    await tx.technicians.put(technician);
    await record(tx, deps, { action: 'technician.on', subject: technicianId, detail: dates });
    return { status: 'done', technician };
  });
};
