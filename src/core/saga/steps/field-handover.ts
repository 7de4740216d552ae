import type { LocalStep } from './kinds.ts';

/** Hands the visit over to its technician. */
export const dispatchFieldWork: LocalStep = {
  decide: ({ scheduling: { visit } }) =>
    visit === null ? [] : [{ type: 'FieldWorkDispatched', data: { technicianId: visit.technicianId } }],
};

/** Calls the technician back, first of the undo steps. */
export const recallFieldWork: LocalStep = {
  decide: ({ fieldwork: { dispatched } }) =>
    dispatched === null
      ? []
      : [{ type: 'FieldWorkRecalled', data: { technicianId: dispatched.technicianId } }],
};
