import type { ReportData } from '../../core/app/overview/read-report.ts';
import type { Rate, Spread } from '../../core/views/figures.ts';
import type { ReportDay } from '../../core/views/report-days.ts';
import { type Block, type Cell, type Column, cellText, tone } from '../../faces/cli/terminal/blocks.ts';
import type { SpanUnit } from '../../texts/en/report.ts';
import type { View } from '../framework/print/view.ts';
import { bar, sparkline } from './bars.ts';

/** Narrower than this a figure is a line, not a row of columns. */
const LINES_UNDER = 60;
const BAR = 16;
const SPARK = 31;

/** The figures as tables; bars and the course of the days on a terminal only. */
export const reportBlocks = (data: ReportData, view: View): readonly Block[] => {
  const { report: words, orders } = view.t;
  const ended = data.placed + data.completed + data.returned + data.cancelled;
  return [
    {
      kind: 'text',
      lines: [
        tone('strong', words.title(data.from, data.to, data.tz)),
        tone('dim', `${words.asOf(view.clock(data.at))}${data.simulated ? `, ${orders.simulated}` : ''}`),
      ],
    },
    ...(ended === 0
      ? [{ kind: 'text' as const, lines: [words.nothing] }]
      : [countsTable(data, view), spansTable(data, view), ratesTable(data, view)]),
    ...reasonTables(data, view),
    ...openTable(data, view),
    { kind: 'text', lines: [lateLine(data.late, view)] },
    { kind: 'text', lines: [tone(data.orphans === 0 ? 'good' : 'bad', words.orphans(data.orphans))] },
    ...(data.unreadable.length === 0
      ? []
      : [{ kind: 'text' as const, lines: [tone('bad', words.unreadable(data.unreadable))] }]),
  ];
};

const lateLine = ({ hazard, critical }: ReportData['late'], { t }: View): Cell =>
  hazard + critical === 0
    ? tone('good', t.report.noneLate)
    : tone(critical > 0 ? 'bad' : 'warn', t.report.late(t.overview.late(hazard, critical)));

/** A table; on a phone a line a figure, with `line` instead of the row's other cells. */
const tableOrLines = (
  view: View,
  columns: readonly Column[],
  rows: readonly { readonly cells: readonly Cell[]; readonly line: Cell }[],
): Block =>
  view.width >= LINES_UNDER
    ? { kind: 'table', columns, rows: rows.map(({ cells }) => cells) }
    : {
        kind: 'card',
        sections: [
          {
            title: columns[0]?.title ?? '',
            rows: rows.map(({ cells, line }) => [cellText(cells[0] ?? ''), line] as const),
          },
        ],
      };

const right = (title: string, drop: number): Column => ({ title, drop, align: 'right' });

type TableRow = Parameters<typeof tableOrLines>[2][number];

const countsTable = ({ days, ...data }: ReportData, view: View): Block => {
  const { columns, ...words } = view.t.report;
  const row = (name: Exclude<keyof ReportDay, 'date'>): TableRow => {
    const trend = sparkline(
      days.map((day) => day[name]),
      SPARK,
    );
    const cells = [words[name], String(data[name]), ...(view.tty ? [trend] : [])];
    return { cells, line: view.tty && trend !== '' ? `${data[name]}  ${trend}` : String(data[name]) };
  };
  return tableOrLines(
    view,
    [
      { title: columns.figure, drop: 0 },
      right(columns.orders, 0),
      ...(view.tty ? [{ title: days.length < 2 ? '' : columns.trend, drop: 5 }] : []),
    ],
    [row('placed'), row('completed'), row('returned'), row('cancelled')],
  );
};

const spansTable = (data: ReportData, view: View): Block => {
  const { columns, spread, ...words } = view.t.report;
  const row = (name: string, { n, ...spans }: Spread): TableRow => {
    const [p50, p90, max] = [spans.p50, spans.p90, spans.max].map((span) => spanText(span, view));
    return {
      cells: [name, String(n), p50 ?? '', p90 ?? '', max ?? ''],
      line: spans.p50 === null ? '-' : spread(p50 ?? '', p90 ?? '', max ?? ''),
    };
  };
  return tableOrLines(
    view,
    [
      { title: columns.figure, drop: 0 },
      right(columns.n, 3),
      right(columns.p50, 0),
      right(columns.p90, 0),
      right(columns.max, 0),
    ],
    [
      row(words.leadGross, data.leadTime.gross),
      row(words.leadNet, data.leadTime.net),
      row(words.activation, data.activationTime),
      row(words.contact, data.timeToContact),
    ],
  );
};

const rateColumns = (title: string, { t, tty }: View): readonly Column[] => [
  { title, drop: 0 },
  right(t.report.columns.rate, 0),
  right(t.report.columns.orders, 1),
  right(t.report.columns.n, 2),
  ...(tty ? [{ title: t.report.columns.share, drop: 5 }] : []),
];

const rateRow = (name: string, { n, of, rate }: Rate, { tty }: View): TableRow => {
  const percent = rate === null ? '-' : `${(rate * 100).toFixed(1)} %`;
  return {
    cells: [name, percent, String(n), String(of), ...(tty ? [rate === null ? '' : bar(rate, BAR)] : [])],
    line: rate === null ? '-' : `${percent} (${n}/${of})`,
  };
};

const ratesTable = (data: ReportData, view: View): Block => {
  const { columns, ...words } = view.t.report;
  return tableOrLines(view, rateColumns(columns.figure, view), [
    rateRow(words.firstVisit, data.firstVisitSuccess, view),
    rateRow(words.promise, data.promiseKept, view),
    rateRow(words.returnRate, data.returnRate, view),
    rateRow(words.cancelRate, data.cancelRate, view),
  ]);
};

const reasonTables = ({ returnRate, cancelRate }: ReportData, view: View): readonly Block[] => {
  const { columns } = view.t.report;
  const reason = (code: string): string => {
    const words = view.t.reasons.return[code];
    return words === undefined ? code : `${words} (${code})`;
  };
  const table = (title: string, rows: readonly TableRow[]): readonly Block[] =>
    rows.length === 0 ? [] : [tableOrLines(view, rateColumns(title, view), rows)];
  return [
    ...table(
      columns.reason,
      returnRate.byReason.map(({ code, ...rate }) => rateRow(reason(code), rate, view)),
    ),
    ...table(
      columns.stage,
      cancelRate.byStage.map(({ stage, ...rate }) => rateRow(view.t.stages.stage[stage], rate, view)),
    ),
  ];
};

const openTable = ({ open }: ReportData, view: View): readonly Block[] => {
  if (open.length === 0) return [];
  const { columns, openLine } = view.t.report;
  const most = Math.max(...open.map(({ n }) => n));
  const rows = open.map(({ stage, n, age, inStage }): TableRow => {
    const [p50, oldest, staying, longest] = [age.p50, age.max, inStage.p50, inStage.max].map((span) =>
      spanText(span, view),
    );
    const spans = [p50 ?? '', oldest ?? '', staying ?? '', longest ?? ''];
    return {
      cells: [view.t.stages.stage[stage], String(n), ...(view.tty ? [bar(n / most, BAR)] : []), ...spans],
      line: openLine(n, oldest ?? ''),
    };
  });
  return [
    tableOrLines(
      view,
      [
        { title: columns.open, drop: 0 },
        right(columns.orders, 0),
        ...(view.tty ? [{ title: columns.share, drop: 5 }] : []),
        right(columns.age, 3),
        right(columns.oldest, 1),
        right(columns.inStage, 4),
        right(columns.longest, 2),
      ],
      rows,
    ),
  ];
};

const UNITS: readonly (readonly [SpanUnit, number, under: number])[] = [
  ['s', 1_000, 90_000],
  ['min', 60_000, 5_400_000],
  ['h', 3_600_000, 129_600_000],
  ['d', 86_400_000, Number.POSITIVE_INFINITY],
];

/** Milliseconds in the largest unit that says enough: `0.4 s`, `12 min`, `2.5 h`; `-` for none. */
export const spanText = (spanMs: number | null, { t }: Pick<View, 't'>): string => {
  if (spanMs === null) return '-';
  const [unit, size] = UNITS.find(([, , under]) => spanMs < under) ?? (['d', 86_400_000] as const);
  const n = spanMs / size;
  return t.report.span(n < 10 ? n.toFixed(1).replace(/\.0$/, '') : n.toFixed(0), unit);
};
