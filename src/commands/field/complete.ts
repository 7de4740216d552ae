import { defineCommand } from '../framework/parse/descriptor.ts';
import { REPORT_FLAGS, VISIT_ARG } from './flags.ts';

export const fieldComplete = defineCommand({
  path: 'field complete',
  summary: 'report a visit that ended with the service working',
  details:
    'The point of no return: it needs the evidence, and a network that is as the order wants it. Evidence that is missing is listed at once; on a terminal it is asked for. Completing again with the same evidence is "already".',
  args: VISIT_ARG,
  flags: {
    ont: { type: 'text', max: 60, placeholder: 'SERIAL', summary: 'serial of the ONT' },
    rx: { type: 'number', placeholder: 'DBM', summary: 'optical power at the ONT, -27 to -8 dBm' },
    stb: { type: 'list', placeholder: 'SERIAL,..', summary: 'serials of the set-top boxes, one a TV line' },
    signedBy: { type: 'name', placeholder: 'NAME', summary: 'who signed for it' },
    ...REPORT_FLAGS,
  },
  examples: [
    { line: 'field complete 42 --ont HWTC12345678 --rx -18.5 --signed-by "홍길동"' },
    {
      line: 'field complete 42 --ont HWTC12345678 --rx -18.5 --stb STB001,STB002 --signed-by "홍길동" --at 14:40',
    },
    { line: 'field complete --actor technician:T-01', says: 'on a terminal: asks for the evidence' },
  ],
  output: { kind: 'object', schema: 'oss.order/1' },
  change: true,
  batch: { op: 'field.complete' },
});
