import { linesOf } from '../../core/values/lines.ts';
import type { FieldVisit } from '../../core/views/field-visit.ts';
import { type Block, type CardRow, tone } from '../../faces/cli/terminal/blocks.ts';
import type { View } from '../framework/print/view.ts';
import { slotText, stageTone } from '../order/words.ts';
import { resultText } from './changed.ts';

/** Everything for the technician at the door, for a phone of 40 columns. Rows without a value are not printed. */
export const visitCard = (visit: FieldVisit, view: View): readonly Block[] => {
  const { t } = view;
  const { card } = t.field;
  const { stage } = visit;
  return [
    {
      kind: 'card',
      title: tone(stageTone(stage), `${visit.orderId}  ${t.stages.stage[stage]}`),
      sections: [{ rows: rowsOf(visit, view) }, ...storySections(visit, view)],
    },
    ...(visit.notReady.length === 0
      ? []
      : [
          {
            kind: 'text' as const,
            lines: [tone('warn', `! ${card.notReady}: ${visit.notReady.map(serviceName).join(', ')}`)],
          },
        ]),
  ];
};

/** `ORD-000042/internet.hsi#2/1` is shown as `internet.hsi#2`. */
const serviceName = (key: string): string => key.split('/')[1] ?? key;

const rowsOf = (order: FieldVisit, view: View): readonly CardRow[] => {
  const { t } = view;
  const { card, ...words } = t.field;
  const { visit, customer, result, returnCode, number, prefer } = order;
  const isOver = result !== null || returnCode !== null;
  return [
    [card.visit, visit === null ? (isOver ? '' : words.noVisit) : whenOf(visit, view)],
    [card.number, isOver || number === 1 ? '' : String(number)],
    [card.started, view.time(order.startedAt)],
    [card.customer, customer.name ?? t.orders.erased],
    [card.phone, customer.phone ?? ''],
    [card.address, customer.address ?? ''],
    [card.lines, t.orders.lines(linesOf(order))],
    [card.bring, isOver ? '' : words.bring(linesOf(order).tv)],
    [card.equipment, order.equipmentId ?? ''],
    [card.prefer, prefer === null ? '' : words.prefer[prefer]],
    [card.technician, visit?.technicianId ?? ''],
    [card.result, result === null ? '' : resultText(result, view)],
    [card.stb, result === null ? '' : result.stbSerials.join(', ')],
    [card.returned, returnCode === null ? '' : `${t.reasons.return[returnCode] ?? ''} (${returnCode})`],
    [card.peers, order.simulated ? t.orders.simulated : ''],
  ];
};

const whenOf = (visit: NonNullable<FieldVisit['visit']>, view: View): string =>
  visit.status === 'agreed' ? slotText(visit, view) : view.t.field.notAgreed(slotText(visit, view));

const storySections = ({ notes, earlier }: FieldVisit, view: View) => {
  const { t } = view;
  const { card, earlier: worded } = t.field;
  return [
    ...(notes.length === 0
      ? []
      : [
          {
            title: card.notes,
            rows: notes.map(
              ({ at, text }): CardRow => ['-', `${view.clock(at)}: ${text ?? t.orders.erased}`],
            ),
          },
        ]),
    ...(earlier.length === 0
      ? []
      : [
          {
            title: card.earlier,
            rows: earlier.map(({ number, code, at, text }): CardRow => {
              const words = worded(view.clock(at), t.reasons.revisit[code] ?? code, code);
              return [String(number), text === null ? words : `${words}\n${text}`];
            }),
          },
        ]),
  ];
};
