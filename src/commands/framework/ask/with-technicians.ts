import type { CommandSpec, Flags } from '../parse/descriptor.ts';
import { flagsOf } from '../parse/flag-names.ts';
import type { CheckedInput } from '../parse/input.ts';
import type { CommandContext } from '../run/context.ts';

/** What is said in place of a technician. */
const WORDS = ['auto', 'none', 'worst'];

type Values = Readonly<Record<string, unknown>>;

const isOne = (value: unknown): value is string => typeof value === 'string' && !WORDS.includes(value);

/**
 * The input with the ids of the technicians that it names, wherever one is picked: they may be typed by name, and ids in any case.
 * The technicians are read only when some are named. Throws Refusal SEVERAL_TECHNICIANS.
 */
export const withTechnicians = async (
  spec: CommandSpec,
  input: CheckedInput,
  ctx: Pick<CommandContext, 'services'>,
): Promise<CheckedInput> => {
  const inArgs = named(spec.args ?? {}, input.args);
  const inFlags = named(flagsOf(spec), input.flags);
  if (inArgs.length + inFlags.length === 0) return input;
  const { technicianIds } = await import('../../../core/app/technicians/technician-ids.ts');
  const idOf = await technicianIds({ store: await ctx.services.store('read') });
  const meant = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map((one) => (isOne(one) ? idOf(one) : one))
      : isOne(value)
        ? idOf(value)
        : value;
  const replaced = (values: Values, keys: readonly string[]): Values =>
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, keys.includes(key) ? meant(value) : value]),
    );
  return { ...input, args: replaced(input.args, inArgs), flags: replaced(input.flags, inFlags) };
};

const named = (specs: Flags, values: Values): readonly string[] =>
  Object.keys(specs).filter((key) => {
    const value = values[key];
    return specs[key]?.pick === 'technician' && (isOne(value) || (Array.isArray(value) && value.some(isOne)));
  });

/** The id of a technician who may be typed by name; a word such as `auto` as it is. */
export const idOf = async (ctx: Pick<CommandContext, 'services'>, typed: unknown): Promise<unknown> => {
  if (!isOne(typed)) return typed;
  const { technicianIds } = await import('../../../core/app/technicians/technician-ids.ts');
  return (await technicianIds({ store: await ctx.services.store('read') }))(typed);
};
