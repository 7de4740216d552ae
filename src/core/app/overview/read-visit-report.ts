import type { Store } from '../../ports/store.ts';
import type { Policy } from '../../rules/policy.ts';
import { iso } from '../../time/iso.ts';
import { readTravel } from '../../travel/read-travel.ts';
import {
  emptyVisitReport,
  foldVisits,
  type VisitFigures,
  type VisitReportBy,
  visitReportRows,
} from '../../views/visit-report.ts';
import { foldLog } from './fold-log.ts';
import { type ReportDates, windowOf } from './read-report.ts';

/** An item of `oss.visit-report/1`. By technician `area` is null, by area the technician. */
export type VisitReportItem = VisitFigures & {
  /** null: not known. */
  readonly area: string | null;
  readonly technicianId: string | null;
  readonly technicianName: string | null;
};

export type VisitReportData = {
  readonly by: VisitReportBy;
  /** Operator-local days, both included; null: without bound. */
  readonly from: string | null;
  readonly to: string | null;
  readonly tz: string;
  /** When it was taken, UTC ISO. */
  readonly at: string;
  readonly total: VisitFigures;
  /** Orders that cannot be read, and are in none of the figures. */
  readonly unreadable: readonly string[];
  readonly items: readonly VisitReportItem[];
};

/** The visits that ended in these days, by area or by technician. Ends early, with what it has, when the signal aborts. */
export const readVisitReport = async (
  store: Store,
  { by, dates }: { readonly by: VisitReportBy; readonly dates: ReportDates },
  { policy, now, signal }: { readonly policy: Policy; readonly now: number; readonly signal: AbortSignal },
): Promise<VisitReportData> => {
  const log = { begin: emptyVisitReport, fold: foldVisits };
  const { folded, unreadable } = await foldLog(store, log, signal);
  const { technicians, travel } = await store.read(async (tx) => ({
    technicians: await tx.technicians.list(),
    travel: await readTravel(tx, policy),
  }));
  const window = windowOf(dates, policy.tz);
  const { rows, total } = visitReportRows(folded, { by, window, technicians, travel, policy });
  const names = new Map(technicians.map(({ technicianId, name }) => [technicianId, name]));
  const items = rows.map(({ key, ...figures }) => ({
    area: by === 'area' ? key : null,
    technicianId: by === 'technician' ? key : null,
    technicianName: by === 'technician' ? (names.get(key ?? '') ?? null) : null,
    ...figures,
  }));
  return { by, ...dates, tz: policy.tz, at: iso(now), total, unreadable, items };
};
