import { defineCommand } from '../framework/parse/descriptor.ts';

export const technicianImport = defineCommand({
  path: 'technician import',
  summary: 'add and change technicians from a CSV file',
  details:
    'The columns are id, name, phone, skills (internet|tv), areas (with | between), hours (Mon-Sat 09:00-18:00), ' +
    'dailyLimit, and, if wished, base (the area in which the day begins and ends), daysOff (dates with | between) and active. All rows are checked first: with an error ' +
    'anywhere nothing is changed, and every error is listed. Technicians whom the file does not name stay as they are, ' +
    'and so does what its columns do not name.',
  args: { file: { type: 'text', max: 4096, required: true, placeholder: 'file', summary: 'the CSV file' } },
  examples: [{ line: 'technician import data/samples/technicians.csv' }],
  output: {
    kind: 'list',
    schema: 'oss.technician-import/1',
    fields: ['technicianId', 'name', 'status', 'changed'],
  },
  change: true,
});
