import type { ListedTechnician } from '../../core/app/technicians/read-technicians.ts';
import { type Cell, tone } from '../../faces/cli/terminal/blocks.ts';
import type { View } from '../framework/print/view.ts';

/** `T-01 이준호`; the id alone when the name is not known. */
export const whoText = (technicianId: string, name: string | null | undefined): string =>
  name === null || name === undefined ? technicianId : `${technicianId} ${name}`;

export const skillsText = ({ skills }: Pick<ListedTechnician, 'skills'>, { t }: View): string =>
  skills.map((skill) => t.technicians.skills[skill]).join(', ');

/** `2 of 5`, or that the technician does not work today. */
export const todayCell = ({ today, dailyLimit, active }: ListedTechnician, { t }: View): Cell => {
  if (!active) return tone('dim', t.technicians.inactive);
  const load = t.technicians.load(today.visits, dailyLimit);
  if (today.working === null)
    return tone(
      today.visits > 0 ? 'warn' : 'dim',
      [t.technicians.offToday, ...(today.visits > 0 ? [load] : [])].join(', '),
    );
  return today.visits >= dailyLimit ? tone('warn', load) : load;
};

/** How many dates a list shows before it only counts them. */
const SHOWN = 3;

export const daysOffText = (daysOff: readonly string[], { t }: View): string =>
  daysOff.length <= SHOWN
    ? daysOff.join(', ')
    : `${daysOff.slice(0, SHOWN).join(', ')} ${t.technicians.more(daysOff.length - SHOWN)}`;

/** `2026-11-24`, or `2026-11-24..2026-11-26`. */
export const datesText = ({ from, to }: { readonly from: string; readonly to: string }): string =>
  from === to ? from : `${from}..${to}`;
