import type { Store } from '../../ports/store.ts';
import type { Policy } from '../../rules/policy.ts';
import { iso } from '../../time/iso.ts';
import { addDays, fromLocal } from '../../time/zone.ts';
import { foldOrphans, noOrphans, type Orphans, orphanCount } from '../../views/orphans.ts';
import {
  emptyReport,
  foldReport,
  type Report,
  type ReportFigures,
  reportFigures,
} from '../../views/report.ts';
import { type ReportDay, reportDays } from '../../views/report-days.ts';
import type { Window } from '../../views/samples.ts';
import { countLate, type LateCount } from './count-late.ts';
import { foldLog, type LogFold } from './fold-log.ts';
import { readLateReading } from './read-forecast.ts';

/** `oss.report/1`: the figures of a time, all from the log. Spans are in milliseconds. */
export type ReportData = ReportFigures & {
  /** Operator-local days, both included; null: without bound. */
  readonly from: string | null;
  readonly to: string | null;
  readonly tz: string;
  /** When it was taken, UTC ISO. */
  readonly at: string;
  readonly orphans: number;
  /** Orders that cannot be read, and are in none of the figures. */
  readonly unreadable: readonly string[];
  /** Orders that are late now, whatever the window, by the rule of every other screen. */
  readonly late: LateCount;
  readonly days: readonly ReportDay[];
  readonly simulated: boolean;
};

export type ReportDates = { readonly from: string | null; readonly to: string | null };

type Folded = { readonly report: Report; readonly orphans: Orphans };

const FIGURES: LogFold<Folded> = {
  begin: () => ({ report: emptyReport(), orphans: noOrphans() }),
  fold: ({ report, orphans }, event) => {
    foldReport(report, event);
    foldOrphans(orphans, event);
  },
};

/** The days as moments. */
export const windowOf = ({ from, to }: ReportDates, tz: string): Window => ({
  from: from === null ? null : fromLocal(from, 0, tz).at,
  to: to === null ? null : fromLocal(addDays(to, 1), 0, tz).at,
});

/** Figures from the log. Ends early, with what it has, when the signal aborts. */
export const readReport = async (
  store: Store,
  { from, to }: ReportDates,
  {
    policy,
    now,
    signal,
  }: {
    readonly policy: Policy;
    readonly now: number;
    readonly signal: AbortSignal;
  },
): Promise<ReportData> => {
  const { tz } = policy;
  const { folded, unreadable } = await foldLog(store, FIGURES, signal);
  const { report, orphans } = folded;
  const window = windowOf({ from, to }, tz);
  const binding = await store.read((tx) => tx.meta.binding());
  return {
    from,
    to,
    tz,
    at: iso(now),
    ...reportFigures(report, now, window),
    orphans: orphanCount(orphans),
    unreadable,
    late: await store.read(async (tx) => countLate(tx, await readLateReading(tx, { now, policy }))),
    days: reportDays(report, window, tz),
    simulated: binding?.simulated ?? true,
  };
};
