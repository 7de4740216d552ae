import { Command, CommanderError, Option } from 'commander';
import type { UsageFault } from '../../../core/codes/usage-fault.ts';
import { Refusal } from '../../../core/rules/refusal.ts';
import type { CommandSpec, FlagSpec, Flags } from './descriptor.ts';
import { flagName, flagsOf, kebab, placeholderOf } from './flag-names.ts';
import { GLOBAL_FLAGS } from './global-flags.ts';
import type { RawInput } from './input.ts';

export type Parsed = {
  readonly raw: RawInput;
  readonly globals: Readonly<Record<string, readonly string[]>>;
};

/** Reads the words after the command's name with commander. Throws USAGE for what it does not understand. */
export const parseArgv = (spec: CommandSpec, argv: readonly string[]): Parsed => {
  const example = spec.examples[0]?.line ?? null;
  const flags = flagsOf(spec);
  const all = { ...GLOBAL_FLAGS, ...flags };
  const bare = detachBare(argv, flags);
  refuseDashedValues(bare.argv, all, example);
  const command = new Command(spec.path)
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
    .helpOption(false)
    .allowExcessArguments(true)
    .argument('[words...]');
  const given = new Map<string, string[]>();
  for (const [key, flag] of Object.entries(all)) {
    command.addOption(optionOf(key, flag));
    command.on(`option:${kebab(key)}`, (value: unknown) => {
      given.set(key, [...(given.get(key) ?? []), typeof value === 'string' ? value : bareValue(flag)]);
    });
  }
  try {
    command.parse([...bare.argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    throw new Refusal('USAGE', { fault: faultOf(error), example });
  }
  for (const [key, values] of bare.values) given.set(key, [...(given.get(key) ?? []), ...values]);
  return {
    raw: {
      args: argsOf(spec, command.args, example),
      flags: Object.fromEntries([...given].filter(([key]) => Object.hasOwn(flags, key))),
    },
    globals: Object.fromEntries(
      [...given].filter(([key]) => Object.hasOwn(GLOBAL_FLAGS, key) && !Object.hasOwn(flags, key)),
    ),
  };
};

/** What commander says in English, as a code that every language has words for. */
const faultOf = ({ code, message }: CommanderError): UsageFault => {
  const told = message.replace(/^error: /, '').replaceAll('\n', ' ');
  const [, named = ''] = /'([^']*)'/.exec(told) ?? [];
  switch (code) {
    case 'commander.unknownOption':
      return {
        code: 'UNKNOWN_OPTION',
        option: named,
        meant: /\(Did you mean (--[\w-]+)\?\)/.exec(told)?.[1] ?? null,
      };
    case 'commander.optionMissingArgument':
      return { code: 'VALUE_MISSING', flag: /--[\w-]+/.exec(named)?.[0] ?? named };
    default:
      return { code: 'LINE', told };
  }
};

/** A boolean given is true; a flag with a bare value stands for that value. */
const bareValue = (flag: FlagSpec): string => (flag.type === 'boolean' ? 'true' : (flag.bare ?? ''));

/** commander takes `--no-x` for the opposite of `--x` and reports it by the name it has here, which is what we want. */
const optionOf = (key: string, flag: FlagSpec): Option => {
  const short = flag.short === undefined ? '' : `-${flag.short}, `;
  const value = flag.type === 'boolean' || flag.bare !== undefined ? '' : ` <${placeholderOf(key, flag)}>`;
  return new Option(`${short}${flagName(key)}${value}`, flag.summary);
};

/**
 * `--wait=5s` is taken out before commander sees it, so that a bare `--wait` can be a plain switch: an optional value
 * (`--wait [d]`) would eat the next argument.
 */
const detachBare = (
  argv: readonly string[],
  flags: Flags,
): { readonly argv: readonly string[]; readonly values: ReadonlyMap<string, readonly string[]> } => {
  const values = new Map<string, readonly string[]>();
  const keys = Object.keys(flags).filter((key) => flags[key]?.bare !== undefined);
  const end = argv.indexOf('--');
  const left = argv.filter((token, i) => {
    const key = keys.find((candidate) => token.startsWith(`${flagName(candidate)}=`));
    if (key === undefined || (end !== -1 && i > end)) return true;
    values.set(key, [...(values.get(key) ?? []), token.slice(flagName(key).length + 1)]);
    return false;
  });
  return { argv: left, values };
};

/** commander would take `--name --phone` for a customer called "--phone". */
const refuseDashedValues = (argv: readonly string[], flags: Flags, example: string | null): void => {
  const takers = new Map<string, string>();
  for (const [key, flag] of Object.entries(flags)) {
    if (flag.type === 'boolean' || flag.bare !== undefined) continue;
    takers.set(flagName(key), flagName(key));
    if (flag.short !== undefined) takers.set(`-${flag.short}`, flagName(key));
  }
  for (let i = 0; i < argv.length && argv[i] !== '--'; i += 1) {
    const flag = takers.get(argv[i] ?? '');
    const next = argv[i + 1];
    if (flag === undefined || next === undefined) continue;
    if (next.startsWith('--')) {
      throw new Refusal('USAGE', { fault: { code: 'NEEDS_VALUE', flag, found: next }, example });
    }
    i += 1;
  }
};

const argsOf = (
  spec: CommandSpec,
  words: readonly string[],
  example: string | null,
): Record<string, readonly string[]> => {
  const entries = Object.entries(spec.args ?? {});
  const last = entries.at(-1);
  const many = last?.[1].repeat === true;
  if (words.length > entries.length && !many) {
    const extra = words.slice(entries.length).join(' ');
    throw new Refusal('USAGE', { fault: { code: 'TOO_MANY_ARGUMENTS', command: spec.path, extra }, example });
  }
  return Object.fromEntries(
    entries.map(([key, arg], i) => {
      const own = arg.repeat === true ? words.slice(i) : words.slice(i, i + 1);
      return [key, own];
    }),
  );
};
