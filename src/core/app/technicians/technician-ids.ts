import { technicianMeant } from '../../technicians/technician-meant.ts';
import type { AppDeps } from '../deps.ts';

/**
 * How what was typed becomes a technician's id, of all who were ever imported. Throws Refusal SEVERAL_TECHNICIANS when it is
 * asked for a name that several have.
 */
export const technicianIds = async ({
  store,
}: Pick<AppDeps, 'store'>): Promise<(typed: string) => string> => {
  const technicians = await store.read((tx) => tx.technicians.list({ all: true }));
  return (typed) => technicianMeant(technicians, typed);
};
