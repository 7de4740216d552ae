import type { Store } from '../../ports/store.ts';
import type { Policy } from '../../rules/policy.ts';
import { iso } from '../../time/iso.ts';
import { addDays, fromLocal } from '../../time/zone.ts';
import { foldOrphans, noOrphans, orphanCount } from '../../views/orphans.ts';
import { emptyReport, foldReport, type ReportFigures, reportFigures } from '../../views/report.ts';
import { type ReportDay, reportDays } from '../../views/report-days.ts';
import type { Window } from '../../views/samples.ts';
import { countLate, type LateCount } from './count-late.ts';

/** `oss.report/1`: the figures of a time, all from the log. Spans are in milliseconds. */
export type ReportData = ReportFigures & {
  /** Operator-local days, both included; null: without bound. */
  readonly from: string | null;
  readonly to: string | null;
  readonly tz: string;
  /** When it was taken, UTC ISO. */
  readonly at: string;
  readonly orphans: number;
  /** Orders that are late now, whatever the window, by the rule of every other screen. */
  readonly late: LateCount;
  readonly days: readonly ReportDay[];
  readonly simulated: boolean;
};

export type ReportDates = { readonly from: string | null; readonly to: string | null };

/** Events a page: a few megabytes, whatever the length of the log. */
const PAGE = 2_000;

/** One pass over the log, a page at a time. Ends early, with what it has, when the signal aborts. */
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
  const report = emptyReport();
  const orphans = noOrphans();
  let after = 0;
  while (!signal.aborted) {
    const page = await store.read((tx) => tx.events.page({ after, limit: PAGE }));
    for (const event of page) {
      foldReport(report, event);
      foldOrphans(orphans, event);
    }
    after = page.at(-1)?.position ?? after;
    if (page.length < PAGE) break;
  }
  const window: Window = {
    from: from === null ? null : fromLocal(from, 0, tz).at,
    to: to === null ? null : fromLocal(addDays(to, 1), 0, tz).at,
  };
  const binding = await store.read((tx) => tx.meta.binding());
  return {
    from,
    to,
    tz,
    at: iso(now),
    ...reportFigures(report, now, window),
    orphans: orphanCount(orphans),
    late: await store.read((tx) => countLate(tx, { now, policy })),
    days: reportDays(report, window, tz),
    simulated: binding?.simulated ?? true,
  };
};
