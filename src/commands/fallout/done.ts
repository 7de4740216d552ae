import { HOLD_STEPS } from '../../core/views/fallout.ts';
import { defineCommand } from '../framework/parse/descriptor.ts';

export const falloutDone = defineCommand({
  path: 'fallout done',
  summary: 'say that what is held was done by hand; the NE is asked whether it is so',
  details:
    'The service is read at the NE by the id you name, and by its key. Only what the NE says too is recorded: a service that is on, or one that is gone. A visit that was held for the NOC needs no --ne-id, and several may be named at once, with oss.results/1 as the answer.',
  args: {
    id: {
      type: 'order-id',
      repeat: true,
      required: true,
      pick: 'order-held',
      summary: 'the order; several only without --ne-id',
    },
  },
  flags: {
    step: {
      type: 'choice',
      choices: HOLD_STEPS,
      required: true,
      ask: 'Which step was done?',
      summary: 'the step that is held',
    },
    service: { type: 'id', placeholder: 'SERVICE', summary: 'which service, when several are held there' },
    neId: { type: 'id', placeholder: 'ID', summary: "the NE's own id of the service" },
    reason: {
      type: 'lines',
      required: true,
      placeholder: 'TEXT',
      ask: 'What was done?',
      summary: 'what was done',
    },
  },
  examples: [
    {
      line: 'fallout done 42 --step ActivateService --ne-id NE-000123 --reason "set up on the OLT by hand"',
    },
    { line: 'fallout done 42 --step RevertService --ne-id NE-000123 --reason "removed by the NOC"' },
    { line: 'fallout done 42 --step FieldVisit --reason "splitter replaced"' },
    {
      line: 'fallout list --step FieldVisit -o id | oss fallout done - --step FieldVisit --reason "line repaired"',
      says: 'all that wait for the NOC',
    },
  ],
  output: { kind: 'object', schema: 'oss.order/1', many: 'oss.results/1' },
  change: true,
});
