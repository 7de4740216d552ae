import { Command as Commander, Option } from 'commander';
import { EXACT_WIDTHS } from '../../../faces/cli/terminal/width-exact.ts';
import type { Texts } from '../../../texts/catalogue.ts';
import type { HelpWords } from '../../../texts/help-words.ts';
import type { CommandSpec, FlagSpec, Flags } from '../parse/descriptor.ts';
import { CHANGE_FLAGS, flagName, flagsOf, placeholderOf } from '../parse/flag-names.ts';
import { GLOBAL_FLAGS } from '../parse/global-flags.ts';
import type { Command, Tree } from '../run/context.ts';
import { wordsOf } from '../run/tree.ts';

export type HelpFacts = {
  readonly program: string;
  readonly t: Texts;
  readonly words: HelpWords;
  readonly width: number;
};

/** Everything about one command, made from its descriptor. */
export const commandHelp = (spec: CommandSpec, facts: HelpFacts): string => {
  const { program, t, words } = facts;
  const { help } = t;
  const commander = layout(new Commander(`${program} ${spec.path}`), facts);
  commander.usage(
    [
      `[${help.optionsWord}]`,
      ...Object.entries(spec.args ?? {}).map(([key, arg]) => argWord(key, arg, words)),
    ].join(' '),
  );
  const details = spec.details === undefined ? '' : `\n\n${words.details(spec.path, spec.details)}`;
  commander.description(words.say(spec.summary) + details);
  for (const [key, arg] of Object.entries(spec.args ?? {}))
    commander.argument(argWord(key, arg, words), says(arg, facts));
  const add = (flags: Flags, group: string): void => {
    for (const [key, flag] of Object.entries(flags)) {
      if (flag.hidden !== true) commander.addOption(option(key, flag, facts).helpGroup(`${group}:`));
    }
  };
  const shared = spec.change ? CHANGE_FLAGS : {};
  const own = Object.entries(flagsOf(spec)).filter(
    ([key]) => !Object.hasOwn(shared, key) || spec.flags?.[key],
  );
  add(Object.fromEntries(own), help.options);
  return [
    commander.helpInformation(),
    `\n${EXACT_WIDTHS.wrap(commonLine(spec, facts), Math.max(40, facts.width)).join('\n')}\n`,
    ...aliasLines(spec, t),
    ...exampleLines(spec, facts),
  ].join('');
};

/** The options that many commands have are only named: they would fill a screen of each. */
const commonLine = (spec: CommandSpec, { program, t }: HelpFacts): string => {
  const named = (flags: Flags): string =>
    Object.keys(without(flags, spec.flags)).slice(0, SHOWN_COMMON).map(flagName).join(', ');
  const change = spec.change ? named(CHANGE_FLAGS) : null;
  return t.help.commonOptions(named(GLOBAL_FLAGS), change, `${program} help options`);
};

/** So many of them remind of the rest. */
const SHOWN_COMMON = 4;

/** What the verbs of one noun are. */
export const nounHelp = (tree: Tree, noun: string, facts: HelpFacts): string => {
  const { program, t, words } = facts;
  const [first] = noun.split(' ');
  const summary = tree.nouns.find((one) => one.name === first)?.summary ?? '';
  const commander = layout(new Commander(`${program} ${noun}`), facts).description(words.say(summary));
  commander.usage(`<${t.help.command}>`);
  for (const { spec } of visible(tree)) {
    if (spec.path === noun) stub(commander, noun, spec, words);
    if (spec.path.startsWith(`${noun} `)) stub(commander, spec.path.slice(noun.length + 1), spec, words);
  }
  return `${commander.helpInformation()}\n${t.help.nounLine(`${program} ${noun}`)}\n`;
};

/** All nouns. */
export const rootHelp = (tree: Tree, facts: HelpFacts): string => {
  const { program, t, words } = facts;
  const commander = layout(new Commander(program), facts).description(t.help.tagline);
  commander.usage(`<${t.help.command}>`);
  const done = new Set<string>();
  for (const command of visible(tree)) {
    const [first = ''] = wordsOf(command);
    const noun = tree.nouns.find((one) => one.name === first);
    if (done.has(first)) continue;
    done.add(first);
    if (noun === undefined) stub(commander, first, command.spec, words);
    else commander.command(first).summary(words.say(noun.summary)).helpOption(false);
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
const layout = (commander: Commander, { t, width }: HelpFacts): Commander =>
  commander
    .helpOption(false)
    .helpCommand(false)
    .configureHelp({
      displayWidth: EXACT_WIDTHS.width,
      helpWidth: Math.max(40, width),
      styleTitle: (title) => TITLES(t)[title] ?? title,
    });

/** commander's own headings. */
const TITLES = ({ help }: Texts): Readonly<Record<string, string>> => ({
  'Usage:': `${help.usage}:`,
  'Arguments:': `${help.arguments}:`,
  'Options:': `${help.options}:`,
  'Commands:': `${help.commands}:`,
});

const visible = (tree: Tree): readonly Command[] =>
  tree.commands.filter((command) => command.spec.hidden !== true);

const stub = (commander: Commander, name: string, spec: CommandSpec, words: HelpWords): void => {
  const args = Object.entries(spec.args ?? {}).map(([key, arg]) => argWord(key, arg, words));
  // A name of two words is one name, which commander would take for a name and an argument.
  commander.addCommand(
    new Commander(name).usage(args.join(' ')).summary(words.say(spec.summary)).helpOption(false),
  );
};

const argWord = (key: string, arg: FlagSpec, words: HelpWords): string => {
  const word = words.placeholder(arg.placeholder ?? key) + (arg.repeat === true ? '...' : '');
  return arg.required === true ? `<${word}>` : `[${word}]`;
};

const without = (flags: Flags, own: Flags | undefined): Flags =>
  Object.fromEntries(Object.entries(flags).filter(([key]) => own === undefined || !Object.hasOwn(own, key)));

const option = (key: string, flag: FlagSpec, facts: HelpFacts): Option => {
  const short = flag.short === undefined ? '' : `-${flag.short}, `;
  const word = facts.words.placeholder(placeholderOf(key, flag));
  const value = flag.type === 'boolean' ? '' : flag.bare === undefined ? ` <${word}>` : `[=${word}]`;
  const shown = new Option(`${short}${flagName(key)}`, says(flag, facts));
  shown.flags = `${short}${flagName(key)}${value}`;
  return shown;
};

const says = (flag: FlagSpec, { t, words }: HelpFacts): string => {
  const choices = 'choices' in flag && flag.choices !== undefined ? flag.choices : [];
  const notes = [
    ...requiredNote(flag, t),
    ...(choices.length > 4 ? [`${t.help.choices} ${choices.join(', ')}`] : []),
    ...('default' in flag && flag.default !== undefined ? [`${t.help.byDefault} ${flag.default}`] : []),
    ...(flag.repeat === true ? [t.help.repeatable] : []),
  ];
  const summary = words.say(flag.summary);
  return notes.length === 0 ? summary : `${summary} (${notes.join('; ')})`;
};

const requiredNote = ({ required, unless }: FlagSpec, { help }: Texts): readonly string[] => {
  if (required !== true) return [];
  return [unless === undefined ? help.required : help.requiredUnless(unless.map(flagName).join(', '))];
};

const aliasLines = (spec: CommandSpec, t: Texts): readonly string[] =>
  spec.aliases === undefined ? [] : [`\n${t.help.aliases}: ${spec.aliases.join(', ')}\n`];

const exampleLines = (spec: CommandSpec, { program, t, words }: HelpFacts): readonly string[] => {
  if (spec.examples.length === 0) return [];
  const lines = spec.examples.map(({ line, says: more }) =>
    more === undefined ? `  ${program} ${line}\n` : `  ${program} ${line}\n      ${words.say(more)}\n`,
  );
  return [`\n${t.help.examples}:\n`, ...lines];
};
