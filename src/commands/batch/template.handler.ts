import type { OpName } from '../../core/app/batch/ops/op-names.ts';
import { assertNever } from '../../core/values/assert-never.ts';
import { csvQuoted } from '../../core/values/csv-quoted.ts';
import type { Texts } from '../../texts/catalogue.ts';
import { type HelpWords, loadHelpWords } from '../../texts/help-words.ts';
import type { FlagSpec } from '../framework/parse/descriptor.ts';
import { kebab, placeholderOf } from '../framework/parse/flag-names.ts';
import { locate } from '../framework/parse/locate.ts';
import { parseArgv } from '../framework/parse/parse.ts';
import { text } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { type Column, columnsOf } from './columns.ts';
import { OPS } from './ops.ts';
import type { batchTemplate } from './template.ts';

/** A column of the example: its value, or '' when it may be left out. */
type Sample = { readonly name: string; readonly value: string; readonly about: string };

export const run: Handler<typeof batchTemplate> = async (ctx, { flags: { op, as } }) => {
  const { template } = ctx.t.batch;
  const samples = samplesOf(ctx, op, await loadHelpWords(ctx.view.lang));
  const comments = [
    template.about(op),
    template.run(ctx.program, op),
    ...samples.map(({ name, about }) => `${name}: ${about}`),
  ].map((line) => `# ${line}\n`);
  const given = samples.filter(({ value }) => value !== '');
  switch (as) {
    case 'csv':
      return text(
        comments.join('') + csv(samples.map(({ name }) => name)) + csv(samples.map(({ value }) => value)),
      );
    case 'ndjson':
      return text(
        `${JSON.stringify(Object.fromEntries([['op', op], ...given.map(({ name, value }) => [name, value])]))}\n`,
      );
    case 'yaml': {
      const lines = given.map(
        ({ name, value }, i) => `${i === 0 ? '- ' : '  '}${name}: ${JSON.stringify(value)}\n`,
      );
      return text(comments.join('') + lines.join(''));
    }
    default:
      return assertNever(as);
  }
};

const csv = (cells: readonly string[]): string => `${cells.map((cell) => csvQuoted(cell)).join(',')}\n`;

/** Columns and values from the first example that the command's own help shows. */
const samplesOf = ({ t, tree }: CommandContext, op: OpName, told: HelpWords): readonly Sample[] => {
  const { spec, kind } = OPS[op];
  const { template } = t.batch;
  const located = locate(words(spec.examples[0]?.line ?? spec.path), tree);
  const { raw } = parseArgv(spec, located.kind === 'command' ? located.rest : []);
  const sampleOf = ({ kind: where, key }: Column): string =>
    ((where === 'arg' ? raw.args[key] : raw.flags[key]) ?? []).join(',');
  const names = new Set<string>();
  const columns = [...columnsOf(spec)].filter(([name, { key }]) => {
    const isKnown = names.has(key) || name === 'key';
    names.add(key);
    return !isKnown;
  });
  const keyed = spec.batch?.keyRequired === true ? `${template.key}; ${template.required}` : template.key;
  const key: Sample = { name: 'key', value: `${op.replace('.', '-')}-1`, about: keyed };
  const others = columns.map(([name, column]) => ({
    name,
    value: sampleOf(column),
    about: aboutColumn(name, column, { template: t.batch.template, told }),
  }));
  const order: Sample = { name: 'orderKey', value: '', about: template.orderKey };
  const after: Sample = { name: 'after', value: '', about: template.after };
  return [key, ...others, ...(kind === 'place' ? [] : [order]), after];
};

const aboutColumn = (
  name: string,
  { kind, spec }: Column,
  { template, told }: { readonly template: Texts['batch']['template']; readonly told: HelpWords },
): string => {
  const shape = spec.type === 'boolean' ? 'true|false' : told.placeholder(placeholderOf(name, spec));
  // A command may take several orders, and a field command finds its own: a row is about one that it names.
  if (kind === 'arg') return `${template.id} (${shape})`;
  const must = spec.required !== true ? '' : `; ${requiredNote(spec, template)}`;
  return `${told.say(spec.summary)} (${shape})${must}`;
};

const requiredNote = ({ unless }: FlagSpec, template: Texts['batch']['template']): string =>
  unless === undefined ? template.required : template.requiredUnless(unless.map(kebab));

/** Splits an example as a shell does, quotes included. */
const words = (line: string): readonly string[] =>
  Array.from(line.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, bare]) => quoted ?? bare ?? '');
