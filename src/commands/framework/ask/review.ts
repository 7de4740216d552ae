import { weekdayName } from '../../../core/time/weekday.ts';
import { fromLocal, toLocal } from '../../../core/time/zone.ts';
import { safeLine } from '../../../faces/cli/terminal/safe-text.ts';
import type { FlagSpec } from '../parse/descriptor.ts';
import { parseValue, type ValueEnv } from '../parse/values.ts';
import type { CommandContext } from '../run/context.ts';
import { Declined } from '../run/failure.ts';

type Asking = { readonly ctx: CommandContext; readonly env: ValueEnv };

/** One line of a review: what was asked, and what was typed. */
export type Reviewed = { readonly label: string; readonly flag: FlagSpec; readonly given: readonly string[] };

/** Shows what would be submitted, as it is meant, and why it was refused before. Throws Declined to leave. */
export const review = async (
  command: string,
  reviewed: readonly Reviewed[],
  { asking, reason }: { readonly asking: Asking; readonly reason: string | null },
): Promise<'submit' | 'edit'> => {
  const { ctx } = asking;
  const { prompts } = ctx.t;
  const lines = reviewed.map(({ label, flag, given }) => {
    const meant = given.map((text) => resolved(text, flag, asking)).join(', ');
    return `  ${label}: ${safeLine(meant)}`;
  });
  const refused = reason === null ? [] : [`! ${safeLine(reason)}`];
  const chosen = await ctx.prompts.select({
    message: [prompts.summary(command), ...lines, ...refused, ' '].join('\n'),
    choices: [
      { value: 'submit' as const, name: prompts.submit },
      { value: 'edit' as const, name: prompts.edit },
      { value: 'leave' as const, name: prompts.leave },
    ],
  });
  if (chosen === 'leave') throw new Declined(prompts.leave);
  return chosen;
};

/** What was meant: `tomorrow` is a day, and `14:00` a moment. */
const resolved = (text: string, flag: FlagSpec, { ctx, env }: Asking): string => {
  const { view } = ctx;
  const parsed = parseValue(flag, text, env);
  if (!parsed.ok) return text;
  const { value } = parsed;
  const day = (date: string): string => {
    const { weekday } = toLocal(fromLocal(date, 0, view.tz).at, view.tz);
    return `${date} (${weekdayName(weekday, view.lang)})`;
  };
  switch (flag.type) {
    case 'date':
      return day(String(value));
    case 'time':
    case 'time-or-next':
      return typeof value === 'number'
        ? `${day(toLocal(value, view.tz).date)} ${view.clock(value).slice(11)}`
        : text;
    case 'choice':
      return choiceName(String(value), ctx);
    case 'phone':
      return String(value);
    default:
      return text;
  }
};

/** A value that is typed as it stands, with its meaning where there is a word for it. */
export const choiceName = (value: string, { t }: CommandContext): string => {
  const words: Readonly<Record<string, string>> = { ...t.field.prefer, ...t.schedule.priority };
  const word = words[value];
  return word === undefined || word === value ? value : `${word} (${value})`;
};
