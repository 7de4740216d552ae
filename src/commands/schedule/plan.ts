import { defineCommand } from '../framework/parse/descriptor.ts';

export const schedulePlan = defineCommand({
  path: 'schedule plan',
  summary: 'plan the whole queue: who goes where, and why',
  details:
    'A preview, the most urgent first. After a yes (off a terminal: -y) the visits are held, and the worker phones the ' +
    'customers within the calling hours; nobody is phoned by this command. What somebody else took in the meantime is ' +
    'listed as failed, and the exit code is 7.\n\n' +
    'As much urgency as possible is placed, then wishes, minutes of driving and even loads count. The same orders, seed and ' +
    'effort give the same plan on every machine. Ctrl-C takes the best so far, holds nothing, and says how to make it again. ' +
    'The reasons of every visit are in JSON, in CSV and on a terminal of 140 columns.\n\n' +
    'With --replan, times that are held move too, unless a person chose them or the customer is on the phone, and an agreed visit ' +
    'shifts inside the arrival window that its customer was told (visits.windowMinutes): same technician, nobody is told. What ' +
    'changed in the meantime is left as it is and listed as failed. It says where every visit moves from.\n\n' +
    'With --without, --with-file, --travel or --hours the same orders are planned in another world too, and both plans are ' +
    'compared; nothing is held.',
  args: {
    id: {
      type: 'order-id',
      repeat: true,
      pick: 'order-at-desk',
      summary: 'only these orders (default: all who wait and for whom nothing is held)',
    },
  },
  flags: {
    area: { type: 'text', summary: 'only orders of this area' },
    date: { type: 'date', summary: 'only visits on this day' },
    effort: {
      type: 'choice',
      choices: ['quick', 'normal', 'thorough'],
      default: 'normal',
      summary: 'how long to think: about half a second, two seconds, twenty seconds for 200 orders',
    },
    iterations: {
      type: 'integer',
      min: 0,
      max: 10_000_000,
      placeholder: 'N',
      summary: 'to make a plan again that was cut off after so many',
    },
    replan: {
      type: 'boolean',
      summary: 'also move times that are only held, and agreed visits inside their window',
    },
    all: { type: 'boolean', summary: 'show every visit, however many' },
    without: {
      type: 'list',
      placeholder: 'ID,..',
      pick: 'technician',
      summary: 'what if these technicians were not there: compare, hold nothing',
    },
    withFile: {
      type: 'text',
      max: 4096,
      placeholder: 'FILE',
      summary: 'what if these technicians came, or were so: compare',
    },
    travel: {
      type: 'integer',
      min: 0,
      max: 1_440,
      placeholder: 'MIN',
      summary: 'what if a way inside an area took so long: compare',
    },
    hours: {
      type: 'text',
      max: 20,
      placeholder: 'SPAN',
      summary: 'what if everybody worked then, such as 08:00-20:00: compare',
    },
    seed: {
      type: 'integer',
      min: 0,
      max: 4_294_967_295,
      default: 1,
      summary: 'another seed, another plan of its kind',
    },
  },
  examples: [
    { line: 'schedule plan' },
    { line: 'schedule plan --area 분당구 --date tomorrow' },
    { line: 'schedule plan --effort thorough', says: 'think for longer, for a shorter way' },
    { line: 'schedule plan -y', says: 'hold the whole plan without asking' },
    { line: 'schedule plan --replan', says: 'what would move for a better plan, and from where' },
    { line: 'schedule plan --without T-04,T-05', says: 'what if these two were not there' },
    { line: 'schedule queue -o id | oss schedule plan - -y' },
  ],
  output: {
    kind: 'list',
    schema: 'oss.plan/1',
    other: 'oss.plan-comparison/1',
    fields: [
      'orderId',
      'status',
      'area',
      'isLate',
      'start',
      'end',
      'technicianId',
      'technicianName',
      'stood',
      'fromStart',
      'fromEnd',
      'fromTechnicianId',
      'reasons',
      'why',
      'would',
      'code',
      'message',
    ],
  },
  change: true,
});
