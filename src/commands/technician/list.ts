import { defineCommand } from '../framework/parse/descriptor.ts';

export const technicianList = defineCommand({
  path: 'technician list',
  summary: 'technicians, with what they have to do today',
  flags: {
    area: { type: 'text', summary: 'only those who serve this area' },
    skill: { type: 'choice', choices: ['internet', 'tv'], summary: 'only those who can do this' },
    all: { type: 'boolean', summary: 'those too who are not here any more' },
  },
  examples: [
    { line: 'technician list' },
    { line: 'technician list --area 분당구 --skill tv', says: 'who can install TV there' },
  ],
  output: {
    kind: 'list',
    schema: 'oss.technicians/1',
    fields: [
      'technicianId',
      'name',
      'phone',
      'skills',
      'areas',
      'hours',
      'daysOff',
      'dailyLimit',
      'active',
      'today.visits',
    ],
  },
  change: false,
});
