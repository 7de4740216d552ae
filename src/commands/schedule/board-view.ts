import type { Board, BoardRow, BoardVisit } from '../../core/app/desk/read-board.ts';
import { relative } from '../../core/time/relative.ts';
import { toLocal } from '../../core/time/zone.ts';
import { linesOf } from '../../core/values/lines.ts';
import { type Block, type Cell, tone } from '../../faces/cli/terminal/blocks.ts';
import { RECORDS_UNDER } from '../../faces/cli/terminal/records.ts';
import type { ListColumn } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import { clockSpan, dayAndTime } from '../order/words.ts';
import { whoText } from '../technician/words.ts';

/** Minutes that one sign of the day's line stands for. */
const SIGN_MINUTES = 15;
const SIGNS_AN_HOUR = 60 / SIGN_MINUTES;
const SIGNS = { agreed: '█', held: '▒', done: '▪', late: '!', road: '╌', free: '·', off: ' ' } as const;

/** Who is off and has no visit is named below the table, not in it. */
export const onBoard = ({ working, visits }: BoardRow): boolean => working !== null || visits.length > 0;

export const boardBlocks = (board: Board, view: View): readonly Block[] => {
  const columns = boardColumns(board, view);
  return [
    ...boardHead(board, view),
    {
      kind: 'table',
      columns,
      rows: board.items.filter(onBoard).map((row) => columns.map(({ cell }) => cell(row, view))),
      empty: view.t.technicians.empty,
    },
    ...boardFoot(board, view),
  ];
};

export const boardHead = ({ date, items }: Board, view: View): readonly Block[] => {
  const { board } = view.t.schedule;
  const late = items.flatMap(({ visits }) => visits.flatMap((visit) => visit.late ?? []));
  const far = items.flatMap(({ technicianId, road }) =>
    road.metres === null
      ? []
      : road.legs.filter(({ isDrivable }) => !isDrivable).map(({ from, to }) => ({ technicianId, from, to })),
  );
  const expected = late.filter(({ what }) => what === 'expected').length;
  const now = new Date(view.now).toISOString();
  return [
    {
      kind: 'text',
      lines: [
        tone('strong', board.title(date, dayAndTime(now, view))),
        ...(far.length === 0 ? [] : [tone('bad', board.undrivable(far))]),
        ...(late.length === 0 ? [] : [tone('bad', board.lateVisits(late.length - expected, expected))]),
      ],
    },
  ];
};

export const boardFoot = (board: Board, view: View): readonly Block[] => [
  ...offBlocks(board, view),
  ...unassignedBlocks(board, view),
];

export const boardColumns = (board: Board, view: View): readonly ListColumn<BoardRow>[] => {
  const { columns } = view.t.schedule;
  const span = hoursOf(board, view);
  return [
    {
      title: columns.technician,
      drop: 0,
      cell: ({ technicianId, name }) => whoText(technicianId, name),
    },
    // Where every record is a block, a line of the day has no hours above it.
    ...(view.width < RECORDS_UNDER
      ? []
      : [{ title: hourMarks(span), drop: 1, cell: (row: BoardRow) => lineOf(row, span, view) }]),
    {
      title: columns.load,
      drop: 2,
      cell: ({ visits, dailyLimit }) => view.t.technicians.load(visits.length, dailyLimit),
    },
    ...(board.items.some(({ road }) => road.metres !== null)
      ? [{ title: columns.road, drop: 3, cell: (row: BoardRow) => roadText(row, view) }]
      : []),
    { title: columns.visits, drop: 0, cell: visitsCell },
    { title: columns.free, drop: 3, max: 25, cell: freeText },
  ];
};

/** From the first hour to the last one that any technician works, in hours of the local day. */
type Hours = { readonly from: number; readonly to: number };

const minutesOf = (at: string, { tz }: View): number => toLocal(Date.parse(at), tz).minutes;

const hoursOf = ({ items }: Board, view: View): Hours => {
  const spans = items.flatMap(({ working, visits }) => [...(working === null ? [] : [working]), ...visits]);
  const from = Math.min(...spans.map(({ start }) => Math.floor(minutesOf(start, view) / 60)));
  // A span that ends at midnight ends at hour 24.
  const to = Math.max(...spans.map(({ end }) => Math.ceil((minutesOf(end, view) || 1440) / 60)));
  return spans.length === 0 ? { from: 9, to: 18 } : { from, to: Math.max(to, from + 1) };
};

const hourMarks = ({ from, to }: Hours): string =>
  Array.from({ length: to - from }, (_, i) =>
    String(from + i)
      .padStart(2, '0')
      .padEnd(SIGNS_AN_HOUR),
  ).join('');

/** A day's line: one sign for every quarter of an hour. */
const lineOf = ({ working, visits, road }: BoardRow, { from, to }: Hours, view: View): string => {
  const signs = Array.from({ length: (to - from) * SIGNS_AN_HOUR }, (): string => SIGNS.off);
  const draw = (span: { readonly start: string; readonly end: string }, sign: string): void => {
    const first = Math.floor((minutesOf(span.start, view) - from * 60) / SIGN_MINUTES);
    const last = Math.ceil(((minutesOf(span.end, view) || 1440) - from * 60) / SIGN_MINUTES);
    for (let i = Math.max(first, 0); i < Math.min(last, signs.length); i += 1) signs[i] = sign;
  };
  if (working !== null) draw(working, SIGNS.free);
  if (road.metres !== null) {
    for (const { start, end } of road.legs)
      if (start !== null && end !== null) draw({ start, end }, SIGNS.road);
  }
  for (const visit of visits) draw(visit, SIGNS[signOf(visit)]);
  return signs.join('');
};

const roadText = ({ road, visits }: BoardRow, { t }: View): string =>
  visits.length === 0 ? '' : t.schedule.board.road(road.minutes, Math.round((road.metres ?? 0) / 1_000));

const signOf = ({ stage, status, late }: BoardVisit): keyof typeof SIGNS => {
  if (late !== null) return 'late';
  return stage === 'completed' ? 'done' : status;
};

const visitsCell = ({ visits }: BoardRow, view: View): Cell => {
  const text = visits.map((visit) => visitText(visit, view)).join('\n');
  return visits.some(({ late }) => late !== null) ? tone('bad', text) : text;
};

const visitText = (visit: BoardVisit, view: View): string => {
  const { t } = view;
  const { orderId, start, end, window, area, late, status, stage } = visit;
  const when = clockSpan({ start, end }, view);
  const told = window === null ? [] : [t.schedule.promised(clockSpan(window, view))];
  const what = status === 'held' ? t.technicians.kinds.held : t.stages.stage[stage];
  const words = [when, orderId, ...(area === null ? [] : [area]), [what, ...told].join(', ')];
  if (late === null) return words.join(' ');
  const by = t.schedule.age(relative(late.minutes * 60_000));
  return `! ${words.join(' ')}, ${t.schedule.board.late[late.what](by)}`;
};

const freeText = ({ free }: BoardRow, view: View): string =>
  free.map((slot) => clockSpan(slot, view)).join(', ');

const offBlocks = ({ items }: Board, { t }: View): readonly Block[] => {
  const off = items.filter((row) => !onBoard(row)).map(({ technicianId }) => technicianId);
  const legend = tone('dim', t.schedule.board.legend(SIGNS));
  return [
    {
      kind: 'text',
      lines: [
        ...(items.some(onBoard) ? [legend] : []),
        ...(off.length === 0 ? [] : [t.schedule.board.off(off.join(', '))]),
      ],
    },
  ];
};

const unassignedBlocks = ({ unassigned, moreUnassigned }: Board, view: View): readonly Block[] => {
  const { columns, board, lines, priority, areaUnknown } = view.t.schedule;
  if (unassigned.length === 0) return [{ kind: 'text', lines: [board.nobodyWaits] }];
  return [
    { kind: 'text', lines: [tone('strong', board.unassigned(unassigned.length, moreUnassigned))] },
    {
      kind: 'table',
      columns: [
        { title: columns.order, drop: 0 },
        { title: columns.priority, drop: 1 },
        { title: columns.area, drop: 0 },
        { title: columns.lines, drop: 2 },
        { title: columns.since, drop: 1 },
      ],
      rows: unassigned.map((one) => [
        one.orderId,
        priority[one.priority],
        one.area ?? areaUnknown,
        lines(linesOf(one)),
        view.time(one.stageSince),
      ]),
    },
  ];
};
