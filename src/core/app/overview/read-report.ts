import type { Store, UnreadableEvent } from '../../ports/store.ts';
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

/** Events a page: a few megabytes, whatever the length of the log. */
const PAGE = 2_000;

type Folded = { readonly report: Report; readonly orphans: Orphans };

/** One pass over the log, a page at a time, without the orders of `aside`, which gets those that cannot be read. */
const foldLog = async (store: Store, aside: Set<string>, signal: AbortSignal): Promise<Folded> => {
  const folded = { report: emptyReport(), orphans: noOrphans() };
  const onUnreadable = ({ orderId }: UnreadableEvent): void => void aside.add(orderId);
  for (let after = 0; !signal.aborted; ) {
    const from = after;
    const page = await store.read((tx) => tx.events.page({ after: from, limit: PAGE, onUnreadable }));
    for (const event of page) {
      if (aside.has(event.orderId)) continue;
      foldReport(folded.report, event);
      foldOrphans(folded.orphans, event);
    }
    after = page.at(-1)?.position ?? after;
    if (page.length < PAGE) break;
  }
  return folded;
};

/** As long as an order turns up that cannot be read, the log is folded once more without any of it. */
const foldReadable = async (
  store: Store,
  signal: AbortSignal,
): Promise<Folded & { readonly unreadable: readonly string[] }> => {
  const aside = new Set<string>();
  for (;;) {
    const before = aside.size;
    const folded = await foldLog(store, aside, signal);
    if (aside.size === before) return { ...folded, unreadable: [...aside].sort() };
  }
};

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
  const { report, orphans, unreadable } = await foldReadable(store, signal);
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
    unreadable,
    late: await store.read(async (tx) => countLate(tx, await readLateReading(tx, { now, policy }))),
    days: reportDays(report, window, tz),
    simulated: binding?.simulated ?? true,
  };
};
