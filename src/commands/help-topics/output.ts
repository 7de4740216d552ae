import { FORMATS, type Format } from '../framework/parse/global-flags.ts';
import type { Tree } from '../framework/run/context.ts';
import type { TopicRow } from './topics.ts';

const MEANINGS: Readonly<Record<Format, string>> = {
  table: 'for people: tables, cards, times in the operator zone (the default)',
  json: 'one JSON object with its schema; a list is {"schema":…,"items":[…],"nextCursor":…}',
  ndjson: 'one JSON object a line',
  csv: 'comma separated with a header; cells that a spreadsheet would run are neutralised',
  id: 'ids only, one a line',
  cloudevents: 'of oss events alone: CloudEvents 1.0, one a line, as GET /events tells them',
};

const RULES: readonly TopicRow[] = [
  [
    '--fields a,b.c',
    'only these fields, by dotted name, in every format; services.key gives the key of every service',
  ],
  ['stdout', 'data only; hints, notes, progress, prompts and errors go to stderr'],
  ['--limit', 'csv, ndjson and id print everything unless it is given; a cut is said on stderr'],
  ['names and phones', 'masked in lists; --show-pii shows them and is audited'],
  ['errors', 'error: / why: / next: on stderr; with --json one {"error":{…}} object there'],
].map(([name = '', meaning = '']) => ({ group: 'rule', name, meaning }));

/** Formats, rules, and which command answers with which schema. */
export const outputRows = (tree: Tree): readonly TopicRow[] => [
  ...FORMATS.map((format) => ({ group: 'format', name: `-o ${format}`, meaning: MEANINGS[format] })),
  ...RULES,
  ...tree.commands.flatMap(({ spec }) =>
    spec.output.schema === undefined || spec.hidden === true
      ? []
      : [{ group: 'schema', name: spec.path, meaning: spec.output.schema }],
  ),
];
