import type { TechnicianDetails } from '../../core/app/technicians/read-technicians.ts';
import type { Block } from '../../faces/cli/terminal/blocks.ts';
import type { View } from '../framework/print/view.ts';
import { slotCell } from '../order/words.ts';
import { skillsText, todayCell, whoText } from './words.ts';

/** One technician, with the visits of the next `days` days. */
export const technicianCard = (technician: TechnicianDetails, days: number, view: View): readonly Block[] => {
  const { columns, ...words } = view.t.technicians;
  const { technicianId, name, phone, areas, hours, daysOff, dailyLimit, visits } = technician;
  return [
    {
      kind: 'card',
      title: whoText(technicianId, name),
      sections: [
        {
          rows: [
            [columns.phone, phone],
            [columns.skills, skillsText(technician, view)],
            [columns.areas, areas.join(', ')],
            [columns.hours, hours],
            [columns.limit, words.upTo(dailyLimit)],
            [columns.today, todayCell(technician, view)],
            [columns.daysOff, daysOff.length === 0 ? view.t.common.none : daysOff.join(', ')],
          ],
        },
      ],
    },
    { kind: 'text', lines: [{ text: words.visits(days), tone: 'strong' }] },
    {
      kind: 'table',
      empty: words.noVisits,
      columns: [
        { title: columns.visit, drop: 0 },
        { title: columns.order, drop: 0 },
        { title: columns.area, drop: 1 },
        { title: columns.kind, drop: 0 },
        { title: view.t.common.columns.status, drop: 2 },
      ],
      rows: visits.map((visit) => [
        slotCell(visit, view),
        visit.orderId,
        visit.area ?? '',
        words.kinds[visit.kind],
        visit.stage === null ? '' : view.t.stages.stage[visit.stage],
      ]),
    },
  ];
};
