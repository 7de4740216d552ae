import type { Need } from '../../../core/codes/usage-fault.ts';
import { Refusal } from '../../../core/rules/refusal.ts';
import type { ChangeFlags, CommandSpec, FlagSpec, Flags, InputOf } from './descriptor.ts';
import { type CHANGE_FLAGS, flagName, flagsOf, placeholderOf } from './flag-names.ts';
import { parseValue, type ValueEnv } from './values.ts';

/** What was typed, by camelCase key; arguments and flags apart. Batch rows have the same shape. */
export type RawInput = {
  readonly args: Readonly<Record<string, readonly string[]>>;
  readonly flags: Readonly<Record<string, readonly string[]>>;
};

export type InputProblem =
  | { readonly kind: 'missing'; readonly key: string; readonly name: string; readonly arg: boolean }
  | {
      readonly kind: 'bad';
      readonly key: string;
      readonly name: string;
      readonly arg: boolean;
      readonly value: string;
      readonly expected: string;
    };

/** Checked values by key; `InputOf` gives them their types. */
export type CheckedInput = {
  readonly args: Readonly<Record<string, unknown>>;
  readonly flags: Readonly<Record<string, unknown>>;
  readonly change: ChangeFlags;
};

export type InputCheck =
  | { readonly ok: true; readonly input: CheckedInput }
  | {
      readonly ok: false;
      readonly problems: readonly InputProblem[];
      /** What is good of it: a value with a problem is none, whatever its descriptor says. */
      readonly good: CheckedInput;
    };

const NOTHING: readonly string[] = [];

type Names = { readonly arg: boolean; readonly name: (key: string) => string };

/** Checks everything that was typed and lists all that is missing or wrong at once. */
export const checkInput = (spec: CommandSpec, raw: RawInput, env: ValueEnv): InputCheck => {
  const problems: InputProblem[] = [];
  const check = (specs: Flags, given: RawInput['flags'], names: Names): Record<string, unknown> => {
    const reading = { names, env, problems, raw };
    const values: Record<string, unknown> = {};
    for (const key in specs) values[key] = readOne(specs, key, given[key] ?? NOTHING, reading);
    return values;
  };
  const argSpecs = spec.args ?? {};
  const args = check(argSpecs, raw.args, { arg: true, name: (key) => argName(argSpecs, key) });
  const flags = check(flagsOf(spec), raw.flags, { arg: false, name: flagName });
  const input: CheckedInput = { args, flags, change: changeFlags(spec, flags) };
  return problems.length > 0 ? { ok: false, problems, good: input } : { ok: true, input };
};

/** Flags that were checked against a descriptor, with the types that it says: `readOne` has read each of them by it. */
export const typedFlags = <S extends CommandSpec>(
  _spec: S,
  flags: CheckedInput['flags'],
): InputOf<S>['flags'] => flags as InputOf<S>['flags'];

const argName = (specs: Flags, key: string): string => {
  const spec = specs[key];
  return `<${spec?.placeholder ?? key}>`;
};

type Reading = {
  readonly names: Names;
  readonly env: ValueEnv;
  readonly problems: InputProblem[];
  readonly raw: RawInput;
};

/** Must be given, and no other flag stands in for it. */
export const isRequired = (spec: FlagSpec, { flags }: RawInput): boolean =>
  spec.required === true && !(spec.unless ?? NOTHING).some((key) => flags[key] !== undefined);

/** The flags that a required value can be learnt from. Flags that name each other in `unless` are alternatives instead. */
export const learntFrom = (spec: CommandSpec, key: string): readonly string[] =>
  (spec.flags?.[key]?.unless ?? NOTHING).filter((other) => !isAlternative(spec, key, other));

/** Of two flags that stand in for each other one is enough. */
const isAlternative = (spec: CommandSpec, key: string, other: string): boolean =>
  spec.flags?.[other]?.unless?.includes(key) === true;

const aboutOne = ({ name, arg }: Names, key: string) => ({ key, name: name(key), arg });

const readOne = (specs: Flags, key: string, texts: readonly string[], reading: Reading): unknown => {
  const spec = specs[key];
  if (spec === undefined) return undefined;
  const { names, env, problems, raw } = reading;
  if (texts.length === 0) {
    if (isRequired(spec, raw)) problems.push({ kind: 'missing', ...aboutOne(names, key) });
    if (spec.repeat === true) return [];
    return spec.type === 'boolean' ? false : 'default' in spec ? spec.default : undefined;
  }
  const values: unknown[] = [];
  for (const text of texts) {
    const parsed = parseValue(spec, text, env);
    values.push(parsed.ok ? parsed.value : undefined);
    if (!parsed.ok)
      problems.push({ kind: 'bad', ...aboutOne(names, key), value: text, expected: parsed.expected });
  }
  if (spec.repeat === true) return values;
  // A flag that is given again replaces the one before; of a list all are meant.
  return spec.type === 'list' ? values.flat() : values.at(-1);
};

const changeFlags = (spec: CommandSpec, flags: Readonly<Record<string, unknown>>): ChangeFlags => {
  const own = (key: keyof typeof CHANGE_FLAGS): unknown => (spec.change ? flags[key] : undefined);
  const [wait, ifVersion, key] = [own('wait'), own('ifVersion'), own('key')];
  return {
    wait: typeof wait === 'number' ? wait : undefined,
    ifVersion: typeof ifVersion === 'number' ? ifVersion : undefined,
    key: typeof key === 'string' ? key : undefined,
    dryRun: own('dryRun') === true,
  };
};

/** All that is missing or wrong with one call, each with its own refusal. Exit 2. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly problems: readonly InputProblem[];
  readonly refusals: readonly Refusal[];

  constructor(spec: CommandSpec, problems: readonly InputProblem[]) {
    super(`bad input of ${spec.path}`);
    this.problems = problems;
    this.refusals = refusalsOf(spec, problems);
  }
}

const refusalsOf = (spec: CommandSpec, problems: readonly InputProblem[]): readonly Refusal[] => {
  const specs = { ...spec.args, ...flagsOf(spec) };
  const named = ({ key, name, arg }: InputProblem): string => {
    const flag = specs[key];
    return arg || flag === undefined || flag.type === 'boolean'
      ? name
      : `${name} ${placeholderOf(key, flag)}`;
  };
  const missing = problems.filter((problem) => problem.kind === 'missing');
  // Alternatives are one need, which stands where the first of them is.
  const needs = missing.flatMap((problem, i): readonly Need[] => {
    const others = missing.filter(({ key }) => isAlternative(spec, problem.key, key));
    if (others.length === 0) return [{ code: 'PART', name: named(problem) }];
    return others.every((other) => missing.indexOf(other) > i)
      ? [{ code: 'ONE_OF', names: [problem, ...others].map(named) }]
      : [];
  });
  const example = spec.examples[0]?.line ?? null;
  return [
    ...problems.flatMap((problem) =>
      problem.kind === 'bad'
        ? [
            new Refusal('BAD_VALUE', {
              flag: problem.name,
              value: problem.value,
              expected: { code: 'IN_WORDS', text: problem.expected },
            }),
          ]
        : [],
    ),
    ...(missing.length === 0 ? [] : [new Refusal('MISSING_FLAGS', { command: spec.path, needs, example })]),
  ];
};
