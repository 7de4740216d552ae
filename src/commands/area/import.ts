import { defineCommand } from '../framework/parse/descriptor.ts';

export const areaImport = defineCommand({
  path: 'area import',
  summary: 'take over where areas are, or how long the ways between them take',
  details:
    'A CSV file with the columns area, lat, lon and, if wished, group (areas apart from all others, such as an island); or a ' +
    'matrix with the columns from, to and minutes. It replaces what was imported of its kind. All rows are checked first: ' +
    'with an error anywhere nothing is changed, and every error is listed. From then on no visit is offered that cannot be ' +
    'driven to; visits that were agreed before stay, and the board says which cannot be driven.',
  args: { file: { type: 'text', max: 4096, required: true, placeholder: 'file', summary: 'the CSV file' } },
  examples: [{ line: 'area import data/samples/areas.csv' }],
  output: { kind: 'object', schema: 'oss.area-import/1' },
  change: true,
});
