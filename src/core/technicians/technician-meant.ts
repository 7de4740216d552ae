import { Refusal } from '../rules/refusal.ts';
import { narrow } from '../values/narrow.ts';
import type { Technician } from './technician.ts';

type Named = Pick<Technician, 'technicianId' | 'name'>;

const folded = (text: string): string => narrow(text).normalize('NFC').replace(/\s+/g, '').toLowerCase();

/**
 * The id that is meant by what was typed: an id in any case (`t-04`), or the whole name of one technician (`최민석`), however it is
 * spaced. What names nobody stays as it is: the use case refuses it. Throws SEVERAL_TECHNICIANS.
 */
export const technicianMeant = (technicians: readonly Named[], typed: string): string => {
  if (technicians.some(({ technicianId }) => technicianId === typed)) return typed;
  const word = folded(typed);
  const byId = technicians.filter(({ technicianId }) => folded(technicianId) === word);
  const meant = byId.length > 0 ? byId : technicians.filter(({ name }) => folded(name) === word);
  const [first, ...others] = meant.map(({ technicianId }) => technicianId);
  if (first === undefined) return typed;
  if (others.length > 0) {
    throw new Refusal('SEVERAL_TECHNICIANS', { typed, technicianIds: [first, ...others] });
  }
  return first;
};
