import { defineCommand } from '../framework/parse/descriptor.ts';

export const areaList = defineCommand({
  path: 'area list',
  summary: 'the areas that are known, where they are, and who serves them',
  flags: { served: { type: 'boolean', summary: 'only those that a technician serves' } },
  examples: [{ line: 'area list --served' }],
  output: {
    kind: 'list',
    schema: 'oss.areas/1',
    fields: ['area', 'lat', 'lon', 'group', 'inMatrix', 'technicianIds'],
  },
  change: false,
});
