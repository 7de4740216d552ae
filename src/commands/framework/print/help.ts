import { Command as Commander, Option } from 'commander';
import { EXACT_WIDTHS } from '../../../faces/cli/terminal/width-exact.ts';
import type { Texts } from '../../../texts/catalogue.ts';
import type { CommandSpec, FlagSpec, Flags } from '../parse/descriptor.ts';
import { CHANGE_FLAGS, flagName, flagsOf, placeholderOf } from '../parse/flag-names.ts';
import { GLOBAL_FLAGS } from '../parse/global-flags.ts';
import type { Command, Tree } from '../run/context.ts';
import { wordsOf } from '../run/tree.ts';

export type HelpFacts = { readonly program: string; readonly t: Texts; readonly width: number };

/** Everything about one command, made from its descriptor. */
export const commandHelp = (spec: CommandSpec, { program, t, width }: HelpFacts): string => {
  const help = t.help;
  const commander = layout(new Commander(`${program} ${spec.path}`), width);
  commander.usage(
    ['[options]', ...Object.entries(spec.args ?? {}).map(([key, arg]) => argWord(key, arg))].join(' '),
  );
  commander.description(spec.summary + (spec.details === undefined ? '' : `\n\n${spec.details}`));
  for (const [key, arg] of Object.entries(spec.args ?? {}))
    commander.argument(argWord(key, arg), says(arg, t));
  const add = (flags: Flags, group: string): void => {
    for (const [key, flag] of Object.entries(flags)) {
      if (flag.hidden !== true) commander.addOption(option(key, flag, t).helpGroup(`${group}:`));
    }
  };
  const shared = spec.change ? CHANGE_FLAGS : {};
  const own = Object.entries(flagsOf(spec)).filter(
    ([key]) => !Object.hasOwn(shared, key) || spec.flags?.[key],
  );
  add(Object.fromEntries(own), help.options);
  add(spec.change ? without(CHANGE_FLAGS, spec.flags) : {}, help.changeOptions);
  add(without(GLOBAL_FLAGS, spec.flags), help.globalOptions);
  return [
    commander.helpInformation(),
    ...aliasLines(spec, t),
    ...exampleLines(spec, { program, t, width }),
  ].join('');
};

/** What the verbs of one noun are. */
export const nounHelp = (tree: Tree, noun: string, { program, t, width }: HelpFacts): string => {
  const summary = tree.nouns.find((one) => one.name === noun)?.summary ?? '';
  const commander = layout(new Commander(`${program} ${noun}`), width).description(summary);
  commander.usage(`<${t.help.command}>`);
  for (const command of visible(tree)) {
    const [first, ...more] = wordsOf(command);
    if (first === noun) stub(commander, more.join(' ') || noun, command.spec);
  }
  return `${commander.helpInformation()}\n${t.help.nounLine(`${program} ${noun}`)}\n`;
};

/** All nouns. */
export const rootHelp = (tree: Tree, { program, t, width }: HelpFacts): string => {
  const commander = layout(new Commander(program), width).description(t.help.tagline);
  commander.usage(`<${t.help.command}>`);
  const done = new Set<string>();
  for (const command of visible(tree)) {
    const [first = ''] = wordsOf(command);
    const noun = tree.nouns.find((one) => one.name === first);
    if (done.has(first)) continue;
    done.add(first);
    if (noun === undefined) stub(commander, first, command.spec);
    else commander.command(first).summary(noun.summary).helpOption(false);
  }
  const topics = Object.entries(t.help.topicSummaries).map(
    ([name, says]) => `  ${name.padEnd(14)} ${says}\n`,
  );
  return [
    commander.helpInformation(),
    `\n${t.help.nounLine(program)}\n`,
    `${t.help.topicLine(program)}\n`,
    ...topics,
  ].join('');
};

/** commander measures with `str.length`, which is wrong for Korean. */
const layout = (commander: Commander, width: number): Commander =>
  commander
    .helpOption(false)
    .helpCommand(false)
    .configureHelp({ displayWidth: EXACT_WIDTHS.width, helpWidth: Math.max(40, width) });

const visible = (tree: Tree): readonly Command[] =>
  tree.commands.filter((command) => command.spec.hidden !== true);

const stub = (commander: Commander, name: string, spec: CommandSpec): void => {
  const args = Object.entries(spec.args ?? {}).map(([key, arg]) => argWord(key, arg));
  commander.command(name).usage(args.join(' ')).summary(spec.summary).helpOption(false);
};

const argWord = (key: string, arg: FlagSpec): string => {
  const word = (arg.placeholder ?? key) + (arg.repeat === true ? '...' : '');
  return arg.required === true ? `<${word}>` : `[${word}]`;
};

const without = (flags: Flags, own: Flags | undefined): Flags =>
  Object.fromEntries(Object.entries(flags).filter(([key]) => own === undefined || !Object.hasOwn(own, key)));

const option = (key: string, flag: FlagSpec, t: Texts): Option => {
  const short = flag.short === undefined ? '' : `-${flag.short}, `;
  const word = placeholderOf(key, flag);
  const value = flag.type === 'boolean' ? '' : flag.bare === undefined ? ` <${word}>` : `[=${word}]`;
  const shown = new Option(`${short}${flagName(key)}`, says(flag, t));
  shown.flags = `${short}${flagName(key)}${value}`;
  return shown;
};

const says = (flag: FlagSpec, t: Texts): string => {
  const choices = 'choices' in flag && flag.choices !== undefined ? flag.choices : [];
  const notes = [
    ...requiredNote(flag, t),
    ...(choices.length > 4 ? [`${t.help.choices} ${choices.join(', ')}`] : []),
    ...('default' in flag && flag.default !== undefined ? [`${t.help.byDefault} ${flag.default}`] : []),
    ...(flag.repeat === true ? [t.help.repeatable] : []),
  ];
  return notes.length === 0 ? flag.summary : `${flag.summary} (${notes.join('; ')})`;
};

const requiredNote = ({ required, unless }: FlagSpec, { help }: Texts): readonly string[] => {
  if (required !== true) return [];
  return [unless === undefined ? help.required : help.requiredUnless(unless.map(flagName).join(', '))];
};

const aliasLines = (spec: CommandSpec, t: Texts): readonly string[] =>
  spec.aliases === undefined ? [] : [`\n${t.help.aliases}: ${spec.aliases.join(', ')}\n`];

const exampleLines = (spec: CommandSpec, { program, t }: HelpFacts): readonly string[] => {
  if (spec.examples.length === 0) return [];
  const lines = spec.examples.map(({ line, says: more }) =>
    more === undefined ? `  ${program} ${line}\n` : `  ${program} ${line}\n      ${more}\n`,
  );
  return [`\n${t.help.examples}:\n`, ...lines];
};
