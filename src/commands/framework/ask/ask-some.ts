import { PromptBack } from '../../../faces/cli/terminal/prompts.ts';
import { loadHelpWords } from '../../../texts/help-words.ts';
import { commandLine } from '../parse/command-line.ts';
import type { CommandSpec, FlagSpec, InputOf } from '../parse/descriptor.ts';
import { parseValue } from '../parse/values.ts';
import type { CommandContext } from '../run/context.ts';
import { choicesOf } from './pickers.ts';
import { choiceName } from './review.ts';
import { idOf } from './with-technicians.ts';

type Asked<S extends CommandSpec> = {
  readonly spec: S;
  readonly keys: readonly (keyof S['flags'] & string)[];
};

/**
 * On a terminal, of flags of which some are needed: which of them, and their values, each checked as it is typed; one after the other
 * until the person has said all. Esc goes back a question. Says the call that does the same. `typed`: the words of its arguments.
 */
export const askSome = async <S extends CommandSpec>(
  ctx: CommandContext,
  { spec, keys }: Asked<S>,
  typed: Readonly<Record<string, readonly string[]>>,
): Promise<Partial<InputOf<S>['flags']>> => {
  const { say } = await loadHelpWords(ctx.view.lang);
  const { prompts } = ctx.t;
  const texts: Record<string, readonly string[]> = {};
  const values: Record<string, unknown> = {};
  for (;;) {
    const done = { value: null, name: prompts.noMore };
    const choices = keys.flatMap((key) => {
      const flag = spec.flags?.[key];
      return flag === undefined ? [] : [{ value: key, name: say(flag.summary) }];
    });
    const isSome = Object.keys(values).length > 0;
    const key: string | null = await ctx.prompts.select<string | null>({
      message: isSome ? prompts.whatElse : prompts.whatToChange,
      choices: [...(isSome ? [done] : []), ...choices],
      back: true,
    });
    if (key === null) break;
    const flag = spec.flags?.[key];
    if (flag === undefined) break;
    try {
      const text = await askValue(ctx, flag, say(flag.ask ?? flag.summary));
      const parsed = parseValue(flag, text, { now: ctx.now(), tz: ctx.view.tz, expected: ctx.t.expected });
      if (!parsed.ok) continue;
      texts[key] = [text];
      values[key] = flag.pick === 'technician' ? await idOf(ctx, parsed.value) : parsed.value;
    } catch (error) {
      if (!(error instanceof PromptBack)) throw error;
    }
  }
  await ctx.note(`${prompts.sameAs}: ${commandLine(ctx.program, spec, { args: typed, flags: texts })}`);
  // Each value was read by its descriptor.
  return values as Partial<InputOf<S>['flags']>;
};

/** One value, as it would be typed behind its flag. */
export const askValue = async (ctx: CommandContext, flag: FlagSpec, message: string): Promise<string> => {
  const env = { now: ctx.now(), tz: ctx.view.tz, expected: ctx.t.expected };
  if (flag.type === 'boolean') return 'true';
  if (flag.type === 'choice') {
    const choices = flag.choices.map((value) => ({ value, name: choiceName(value, ctx) }));
    return ctx.prompts.search({ message, choices, back: true });
  }
  const picks = flag.pick === undefined ? [] : await choicesOf(flag.pick, ctx);
  if (picks.length > 0) return ctx.prompts.search({ message, choices: picks, back: true });
  return ctx.prompts.input({
    message,
    back: true,
    validate: (text) => {
      const parsed = parseValue(flag, text, env);
      return parsed.ok ? null : parsed.expected;
    },
  });
};
