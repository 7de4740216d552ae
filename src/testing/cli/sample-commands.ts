import { confirmChange } from '../../commands/framework/ask/confirm.ts';
import { defineCommand } from '../../commands/framework/parse/descriptor.ts';
import { list, nothing, object } from '../../commands/framework/print/result.ts';
import type { Handler, Tree } from '../../commands/framework/run/context.ts';
import { command } from '../../commands/framework/run/tree.ts';
import { textBlock } from '../../faces/cli/terminal/blocks.ts';

/** Small commands that need nothing, for the tests of the framework. */
export const place = defineCommand({
  path: 'thing place',
  aliases: ['put'],
  summary: 'place a thing',
  args: { ids: { type: 'order-id', repeat: true, summary: 'the things' } },
  flags: {
    name: { type: 'name', required: true, ask: 'Its name', summary: 'its name' },
    count: { type: 'integer', required: true, min: 0, max: 10, summary: 'how many' },
    rx: { type: 'number', min: -27, max: -8, summary: 'its power' },
    colour: { type: 'choice', choices: ['red', 'green'], ask: 'Its colour', summary: 'its colour' },
    tags: { type: 'list', summary: 'its tags' },
    at: { type: 'time', summary: 'when' },
    noCall: { type: 'boolean', summary: 'do not call' },
    limit: { type: 'integer', min: 1, default: 5, short: 'n', summary: 'how many at most' },
  },
  examples: [{ line: 'thing place --name Kim --count 1' }],
  output: { kind: 'object', schema: 'oss.thing/1' },
  change: true,
  wizard: true,
  needs: 'nothing',
});

const runPlace: Handler<typeof place> = async (ctx, { args, flags, change }) => {
  await ctx.acknowledge({ id: 'T-1', text: 'thing T-1 placed' });
  return object({
    schema: 'oss.thing/1',
    data: {
      id: 'T-1',
      ...flags,
      ids: args.ids,
      wait: change.wait ?? null,
      dryRun: change.dryRun,
      visit: { start: 'x' },
    },
    id: 'T-1',
    show: (data) => [textBlock(`${data.name} x ${data.count}`)],
    hints: [{ command: 'thing list' }],
    notes: ['pending: nothing'],
  });
};

const listThings = defineCommand({
  path: 'thing list',
  summary: 'list things',
  flags: { fail: { type: 'boolean', summary: 'fail' }, empty: { type: 'boolean', summary: 'show none' } },
  examples: [{ line: 'thing list' }],
  output: { kind: 'list', schema: 'oss.things/1' },
  change: false,
  needs: 'nothing',
});

export type Thing = {
  readonly id: string;
  readonly name: string;
  readonly visit: { readonly start: string } | null;
};

const THINGS: readonly Thing[] = [
  { id: 'T-1', name: '=1+1', visit: { start: '2026-11-24T05:25:00.000Z' } },
  { id: 'T-2', name: '홍\u001b[31m길동\u009b', visit: null },
];

const runList: Handler<typeof listThings> = async (_ctx, { flags }) => {
  if (flags.fail) throw new TypeError('broken');
  return list<Thing>({
    schema: 'oss.things/1',
    items: flags.empty ? [] : THINGS,
    id: (thing) => thing.id,
    columns: [
      { title: 'ID', drop: 0, cell: (thing) => thing.id },
      { title: 'NAME', drop: 1, cell: (thing) => thing.name },
      { title: 'VISIT', drop: 0, cell: (thing, view) => view.time(thing.visit?.start) },
    ],
    nextCursor: () => (flags.empty ? null : 'c2'),
  });
};

const drop = defineCommand({
  path: 'thing drop',
  summary: 'drop things',
  args: { ids: { type: 'order-id', repeat: true, required: true, summary: 'the things' } },
  examples: [{ line: 'thing drop 1 2' }],
  output: { kind: 'none' },
  change: true,
  needs: 'nothing',
});

const runDrop: Handler<typeof drop> = async (ctx, { args }) => {
  await confirmChange(ctx, `Drop ${args.ids.length}?`, { count: args.ids.length });
  return nothing({ notes: [`dropped ${args.ids.join(' ')}`] });
};

export const SAMPLE_TREE: Tree = {
  nouns: [{ name: 'thing', summary: 'things' }],
  commands: [
    command(place, async () => ({ run: runPlace })),
    command(listThings, async () => ({ run: runList })),
    command(drop, async () => ({ run: runDrop })),
  ],
};
