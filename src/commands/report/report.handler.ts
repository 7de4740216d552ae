import { type ReportDates, readReport } from '../../core/app/overview/read-report.ts';
import { readVisitReport } from '../../core/app/overview/read-visit-report.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import type { InputOf } from '../framework/parse/descriptor.ts';
import { object } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import type { report } from './report.ts';
import { reportBlocks } from './report-blocks.ts';
import { visitReportList } from './visit-report-list.ts';

export const run: Handler<typeof report> = async (ctx, { flags }) => {
  const dates = datesOf(ctx, flags);
  const { policy } = ctx.services;
  const store = await ctx.services.store('read');
  const { by } = flags;
  if (by !== undefined) {
    const reading = { policy, now: ctx.now(), signal: ctx.signal };
    return visitReportList(ctx, await readVisitReport(store, { by, dates }, reading));
  }
  const data = await readReport(store, dates, { policy, now: ctx.now(), signal: ctx.signal });
  return object({
    schema: 'oss.report/1',
    data,
    id: `${dates.from ?? ''}..${dates.to ?? ''}`,
    show: reportBlocks,
  });
};

const datesOf = ({ t }: CommandContext, flags: InputOf<typeof report>['flags']): ReportDates => {
  const { date, from = null, to = null } = flags;
  if (date !== undefined && (from !== null || to !== null)) {
    throw new Refusal('USAGE', {
      fault: { code: 'DAY_OR_RANGE', day: '--date', from: '--from', to: '--to' },
      example: 'report --from 2026-11-01',
    });
  }
  if (from !== null && to !== null && from > to) {
    throw new Refusal('BAD_VALUE', {
      flag: '--to',
      value: to,
      expected: { code: 'IN_WORDS', text: t.expected.reversed },
    });
  }
  return date === undefined ? { from, to } : { from: date, to: date };
};
