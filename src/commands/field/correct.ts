import { defineCommand } from '../framework/parse/descriptor.ts';
import { REPORT_FLAGS } from './flags.ts';

export const fieldCorrect = defineCommand({
  path: 'field correct',
  summary: 'correct what was typed of a completed visit',
  details: 'The same rules hold as for completing. What is not given stays as it is; the log keeps both.',
  args: { id: { type: 'order-id', required: true, pick: 'order-completed', summary: 'the order' } },
  flags: {
    ont: { type: 'text', max: 60, placeholder: 'SERIAL', summary: 'serial of the ONT' },
    rx: { type: 'number', placeholder: 'DBM', summary: 'optical power at the ONT, -27 to -8 dBm' },
    stb: { type: 'list', placeholder: 'SERIAL,..', summary: 'serials of all set-top boxes, one a TV line' },
    at: REPORT_FLAGS.at,
  },
  examples: [{ line: 'field correct 42 --ont HWTC12345679' }, { line: 'field correct 42 --rx -19.2' }],
  output: { kind: 'object', schema: 'oss.order/1' },
  change: true,
});
