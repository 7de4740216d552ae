import { readReason } from '../../core/assign/reason.ts';
import type { WorkRow } from '../../core/ports/work.ts';
import type { Envelope } from '../../core/process/events.ts';
import { LANES } from '../../core/rules/lanes.ts';
import type { OrderDetails } from '../../core/views/order-details.ts';
import { type Block, type Cell, heading, tone } from '../../faces/cli/terminal/blocks.ts';
import { reasonsText } from '../../texts/choice-reason.ts';
import { inWords } from '../../texts/coded.ts';
import type { View } from '../framework/print/view.ts';
import { present, rowsOf } from './card.ts';
import { eventLine } from './event-line.ts';
import { progressSteps } from './progress.ts';
import { dueText } from './words.ts';

type More = { readonly work: WorkRow | null; readonly history: readonly Envelope[] };

/** Everything about one order, for those who work on it. */
export const operatorBlocks = (order: OrderDetails, more: More, view: View): readonly Block[] => {
  const { t } = view;
  const { labels } = t.orders;
  return [
    { kind: 'card', title: `${order.orderId}  ${t.stages.stage[order.stage]}`, sections: [] },
    { kind: 'progress', steps: progressSteps(order, t) },
    { kind: 'card', sections: [{ rows: present([...rowsOf(order, view), ...moreRows(order, view)]) }] },
    ...section(labels.services, servicesTable(order, view)),
    ...section(labels.work, workTable(more.work, view)),
    ...section(labels.notes, notesBlock(order, view)),
    ...section(labels.history, historyBlock(more.history, view)),
  ];
};

/** A heading and its block; nothing for no block. */
const section = (title: string, block: Block | null): readonly Block[] =>
  block === null ? [] : [heading(title), block];

const moreRows = (order: OrderDetails, view: View): readonly (readonly [string, Cell])[] => {
  const { t } = view;
  const { labels, ...words } = t.orders;
  const { calls } = order;
  const last = calls.lastOutcome === null ? null : words.callOutcomes[calls.lastOutcome];
  return [
    [labels.chosen, chosenText(order.visitChoice, view)],
    [labels.area, order.area ?? ''],
    [labels.equipment, order.equipmentId ?? ''],
    [
      labels.calls,
      calls.attempts === 0 ? '' : words.callsMade(calls.attempts, last, view.time(calls.nextAt)),
    ],
    [labels.visits, order.visits === 0 ? '' : String(order.visits)],
    [labels.priority, t.schedule.priority[order.priority]],
    [labels.key, order.key ?? ''],
    [labels.tmfState, order.tmfState],
    [labels.updated, view.time(order.updatedAt)],
    [labels.version, String(order.version)],
    [labels.peers, order.simulated ? words.simulated : words.real],
  ];
};

/** Why this technician, by which areas the ways were reckoned then. */
const chosenText = (chosen: OrderDetails['visitChoice'], { t }: View): string => {
  const { chosenBy } = t.schedule;
  if (chosen === null) return '';
  if (chosen.choice === null) return chosenBy.nobody;
  const version = chosen.reasons.flatMap((one) => {
    const reason = readReason(one);
    return reason.code === 'travel' ? [chosenBy.areas(reason.version)] : [];
  });
  return [chosenBy[chosen.choice], [reasonsText(chosen.reasons, t), ...version].join(' ')].join(': ');
};

const PROOF_TONES = { on: 'good', off: 'dim', refused: 'bad', unknown: 'warn' } as const;

const servicesTable = ({ services }: OrderDetails, { t }: View): Block | null => {
  const { columns, proof, wanted } = t.orders;
  if (services.length === 0) return null;
  return {
    kind: 'table',
    columns: [
      { title: columns.service, drop: 0 },
      { title: columns.proof, drop: 0 },
      { title: columns.wanted, drop: 2 },
      { title: columns.tries, drop: 3, align: 'right' },
      { title: columns.neId, drop: 1 },
    ],
    rows: services.map((service) => [
      service.key.slice(service.key.indexOf('/') + 1),
      tone(PROOF_TONES[service.proof], proof[service.proof]),
      service.wanted ? wanted.yes : wanted.no,
      String(service.tries),
      service.neId ?? '',
    ]),
  };
};

/** Lanes with something due, and what failed there last. */
const workTable = (work: WorkRow | null, view: View): Block | null => {
  const { columns } = view.t.orders;
  const lanes = LANES.filter((lane) => work !== null && work.lanes[lane].due !== null);
  if (work === null || lanes.length === 0) return null;
  return {
    kind: 'table',
    columns: [
      { title: columns.lane, drop: 0 },
      { title: columns.due, drop: 0 },
      { title: columns.tries, drop: 2, align: 'right' },
      { title: columns.error, drop: 1 },
    ],
    rows: lanes.map((lane) => {
      const { due, tries, error } = work.lanes[lane];
      return [
        view.t.changes.peers[lane],
        dueText(due, view),
        String(tries),
        error === null ? '' : tone('warn', inWords(view.t.causes, error)),
      ];
    }),
  };
};

const notesBlock = ({ notes }: OrderDetails, view: View): Block | null =>
  notes.length === 0
    ? null
    : {
        kind: 'card',
        sections: [
          {
            rows: notes.map(({ at, actor, text }) => [
              `${view.clock(at)} ${actor}`,
              text ?? view.t.orders.erased,
            ]),
          },
        ],
      };

const historyBlock = (history: readonly Envelope[], view: View): Block | null =>
  history.length === 0
    ? null
    : { kind: 'text', lines: history.map((event) => eventLine(event, view, { named: false })) };
