import type { VisitReportData, VisitReportItem } from '../../core/app/overview/read-visit-report.ts';
import type { Rate } from '../../core/views/figures.ts';
import type { VisitFigures } from '../../core/views/visit-report.ts';
import { type Cell, tone } from '../../faces/cli/terminal/blocks.ts';
import { type ListColumn, type ListResult, list } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { whoText } from '../technician/words.ts';

/** A row of the table; the last one is of all. */
type Row = VisitFigures & { readonly name: (view: View) => Cell };

/** The visits by area or by technician, with a line of all below them. */
export const visitReportList = ({ t }: CommandContext, data: VisitReportData): ListResult => {
  const { report } = t;
  const { items, ...extra } = data;
  const columns = columnsOf(data, t);
  const rows: readonly Row[] = [
    ...items.map((item) => ({ ...item, name: () => nameOf(item, data, t) })),
    { ...data.total, name: () => tone('strong', report.visits.all) },
  ];
  const title = [
    tone('strong', report.title(data.from, data.to, data.tz)),
    ...(data.unreadable.length === 0 ? [] : [tone('bad', report.unreadable(data.unreadable))]),
  ];
  const head = { kind: 'text', lines: title } as const;
  return list<VisitReportItem>({
    schema: 'oss.visit-report/1',
    items,
    id: ({ area, technicianId }) => technicianId ?? area ?? '',
    extra,
    empty: report.visits.nothing,
    head: () => [head],
    columns: columns.map(({ cell, ...column }) => ({
      ...column,
      cell: (item, view) => cell({ ...item, name: () => nameOf(item, data, t) }, view),
    })),
    picture: (view) => [
      { kind: 'table', columns, rows: rows.map((row) => columns.map(({ cell }) => cell(row, view))) },
    ],
    notes: data.total.driveMetres === null && items.length > 0 ? [report.visits.noAreas] : [],
  });
};

const nameOf = (
  { area, technicianId, technicianName }: VisitReportItem,
  { by }: VisitReportData,
  { report }: View['t'],
): Cell =>
  by === 'technician'
    ? whoText(technicianId ?? '', technicianName)
    : (area ?? tone('dim', report.visits.areaUnknown));

const rateText = ({ n, of, rate }: Rate, { report }: View['t']): string =>
  rate === null ? '-' : report.visits.rate((rate * 100).toFixed(1), n, of);

const columnsOf = ({ by }: VisitReportData, t: View['t']): readonly ListColumn<Row>[] => {
  const { columns, minutes } = t.report.visits;
  return [
    {
      title: by === 'area' ? columns.area : columns.technician,
      drop: 0,
      max: 28,
      cell: ({ name }, view) => name(view),
    },
    { title: columns.visits, drop: 0, align: 'right', cell: ({ visits }) => String(visits) },
    {
      title: columns.km,
      drop: 2,
      align: 'right',
      cell: ({ driveMetres }) => (driveMetres === null ? '-' : (driveMetres / 1_000).toFixed(1)),
    },
    { title: columns.minutes, drop: 1, align: 'right', cell: ({ driveMinutes }) => minutes(driveMinutes) },
    {
      title: columns.late,
      drop: 0,
      align: 'right',
      cell: ({ lateStarts }) =>
        lateStarts.n === 0 ? rateText(lateStarts, t) : tone('warn', rateText(lateStarts, t)),
    },
    {
      title: columns.first,
      drop: 3,
      align: 'right',
      cell: ({ firstVisitSuccess }) => rateText(firstVisitSuccess, t),
    },
  ];
};
