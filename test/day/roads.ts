import { readAreaFile } from '../../src/adapters/csv/area-file.ts';
import { readTechnicianFile } from '../../src/adapters/csv/technician-file.ts';
import { processOf } from '../../src/core/process/process.ts';
import { ms } from '../../src/core/time/iso.ts';
import { MINUTE_MS } from '../../src/core/time/units.ts';
import { toLocal } from '../../src/core/time/zone.ts';
import { type Travel, travelOf } from '../../src/core/travel/travel.ts';
import type { RunRecord } from '../support/invariants.ts';

/** What the visits of a week come to when they are driven by where areas truly are. */
export type Roads = {
  readonly visits: number;
  /** Visits whose technician is there at the promised start. */
  readonly kept: number;
  readonly km: number;
  /** Ways between two visits of a day, and those for which there is less time than they take. */
  readonly hops: number;
  readonly impossible: number;
};

type Stop = {
  readonly technicianId: string;
  readonly date: string;
  readonly area: string | null;
  readonly start: number;
  readonly end: number;
};

/** Reports of the field before which an agreed visit stood. */
const MADE: ReadonlySet<string> = new Set(['FieldWorkCompleted', 'VisitNotDone', 'FieldWorkFailed']);

const stopsOf = ({ events, policy }: RunRecord): readonly Stop[] =>
  [...events].flatMap(([orderId, log]) =>
    log.flatMap((event, i): readonly Stop[] => {
      if (!MADE.has(event.type)) return [];
      const { scheduling, order } = processOf(orderId, log.slice(0, i));
      if (scheduling.visit === null) return [];
      const { technicianId, slot } = scheduling.visit;
      const { date } = toLocal(ms(slot.start), policy.tz);
      return [{ technicianId, date, area: order.area, start: ms(slot.start), end: ms(slot.end) }];
    }),
  );

/** Drives every day of every technician, from the base where there is one; who comes late begins late, and ends late. */
export const roadsOf = async (
  record: RunRecord,
  files: { readonly areas: string; readonly technicians: string },
): Promise<Roads> => {
  const travel = await travelIn(files.areas, record);
  const { technicians } = await readTechnicianFile(files.technicians, { never: [] });
  const bases = new Map(technicians.map(({ technicianId, base }) => [technicianId, base ?? null]));
  const days = new Map<string, Stop[]>();
  for (const stop of stopsOf(record)) {
    const key = `${stop.technicianId} ${stop.date}`;
    days.set(key, [...(days.get(key) ?? []), stop]);
  }
  const roads = { visits: 0, kept: 0, metres: 0, hops: 0, impossible: 0 };
  for (const stops of days.values()) {
    const base = bases.get(stops[0]?.technicianId ?? '') ?? null;
    let [at, free, promised] = [base, 0, 0];
    for (const [i, { area, start, end }] of stops.sort((a, b) => a.start - b.start).entries()) {
      const isFirst = i === 0;
      const way = (isFirst ? 0 : (travel.minutes(at, area) ?? 24 * 60)) * MINUTE_MS;
      const arrives = free + way;
      if (!isFirst || base !== null) roads.metres += travel.metres(at, area) ?? 0;
      if (!isFirst) {
        roads.hops += 1;
        if (promised + way > start) roads.impossible += 1;
      }
      roads.visits += 1;
      if (arrives <= start) roads.kept += 1;
      [at, free, promised] = [area, Math.max(arrives, start) + end - start, end];
    }
    if (base !== null) roads.metres += travel.metres(at, base) ?? 0;
  }
  const { metres, ...rest } = roads;
  return { ...rest, km: Math.round(metres / 1_000) };
};

const travelIn = async (path: string, { policy }: RunRecord): Promise<Travel> => {
  const { file } = await readAreaFile(path, { never: [] });
  if (file.kind !== 'places') throw new Error(`${path} has no places`);
  const places = { version: 'sample', importedAt: '2026-11-22T00:00:00.000Z', rows: file.rows };
  return travelOf({ places, matrix: null }, policy);
};
