import { type Contender, explainVisit, type VisitExplained } from '../../core/app/desk/explain-visit.ts';
import type { Relaxation } from '../../core/assign/relaxations.ts';
import { type Block, tone } from '../../faces/cli/terminal/blocks.ts';
import { reasonsText } from '../../texts/choice-reason.ts';
import { whyNoneText } from '../../texts/why-none.ts';
import { object } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import type { Handler } from '../framework/run/context.ts';
import { slotCell } from '../order/words.ts';
import { whoText } from '../technician/words.ts';
import type { scheduleWhy } from './why.ts';

export const run: Handler<typeof scheduleWhy> = async ({ services }, { args }) => {
  const store = await services.store('read');
  const { policy, clock } = services;
  return object<VisitExplained>({
    schema: 'oss.visit-why/1',
    data: await explainVisit({ store, policy, clock }, args.id),
    id: args.id,
    show: (data, view) => [
      ...headBlocks(data, view),
      ...contenderBlocks(data, view),
      ...wouldBlocks(data, view),
    ],
  });
};

const headBlocks = ({ orderId, chosen, why }: VisitExplained, view: View): readonly Block[] => {
  const { schedule } = view.t;
  const lines =
    chosen === null
      ? [
          tone('strong', schedule.why.nobody(orderId)),
          ...why.map((code) => tone('warn', whyNoneText(code, schedule.whyNone))),
        ]
      : [
          tone(
            'strong',
            schedule.why[chosen.status](
              orderId,
              whoText(chosen.technicianId, chosen.technicianName),
              slotCell(chosen, view),
            ),
          ),
          chosen.reasons.length === 0 ? schedule.why.untold : reasonsText(chosen.reasons, view.t),
        ];
  return [{ kind: 'text', lines }];
};

const contenderBlocks = ({ technicians }: VisitExplained, view: View): readonly Block[] => {
  const { columns, why, rules } = view.t.schedule;
  const said = ({ rules: broken, reasons }: Contender) =>
    broken.length > 0
      ? tone('warn', broken.map((rule) => rules[rule]).join(', '))
      : reasonsText(reasons, view.t);
  return [
    { kind: 'text', lines: [tone('strong', why.now)] },
    {
      kind: 'table',
      columns: [
        { title: columns.technician, drop: 0 },
        { title: columns.when, drop: 2 },
        { title: why.points, drop: 1, align: 'right' },
        { title: columns.why, drop: 0 },
      ],
      rows: technicians.map((one) => [
        whoText(one.technicianId, one.technicianName),
        one.slot === null ? '' : slotCell(one.slot, view),
        one.score === null ? '' : String(one.score),
        said(one),
      ]),
    },
  ];
};

const wouldBlocks = ({ would, why }: VisitExplained, view: View): readonly Block[] => {
  const words = view.t.schedule.why;
  if (why.length === 0) return [];
  return [
    {
      kind: 'text',
      lines: [
        tone('strong', would.length === 0 ? words.nothingAlone : words.would),
        ...would.map((one) => wouldText(one, view)),
      ],
    },
  ];
};

/** `an hour more: T-04 at 2026-11-24 (Tue) 17:30-18:30`. `isExample`: for others it would be another technician or time. */
export const wouldText = (
  { what, technicianId, slot }: Relaxation,
  view: View,
  { isExample = false }: { readonly isExample?: boolean } = {},
): string => {
  const { why, relaxed } = view.t.schedule;
  const told = isExample ? why.example : why.single;
  return told(relaxed[what], technicianId, slotCell(slot, view));
};
