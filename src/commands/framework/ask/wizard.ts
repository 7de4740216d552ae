import type { Drafts } from '../../../faces/cli/terminal/drafts.ts';
import { PromptCancelled } from '../../../faces/cli/terminal/prompts.ts';
import { safeLine } from '../../../faces/cli/terminal/safe-text.ts';
import { type HelpWords, loadHelpWords } from '../../../texts/help-words.ts';
import { commandLine } from '../parse/command-line.ts';
import type { CommandSpec, FlagSpec } from '../parse/descriptor.ts';
import { flagsOf } from '../parse/flag-names.ts';
import {
  type CheckedInput,
  checkInput,
  InputError,
  isRequired,
  learntFrom,
  type RawInput,
} from '../parse/input.ts';
import { parseValue, type ValueEnv } from '../parse/values.ts';
import type { CommandContext } from '../run/context.ts';
import { Declined } from '../run/failure.ts';
import { choicesOf, nounOfPick } from './pickers.ts';

type Asked = { readonly ctx: CommandContext; readonly env: ValueEnv; readonly drafts: Drafts };
type Asking = Asked & { readonly words: HelpWords };
type Question = { readonly key: string; readonly flag: FlagSpec; readonly arg: boolean };

/** What was typed into a wizard, until the command has done what was typed. */
export type Draft = {
  readonly keep: () => Promise<void>;
  readonly drop: () => Promise<void>;
};

/** `draft`: null when the operator has answered nothing that could be lost. */
export type Gathered = { readonly input: CheckedInput; readonly draft: Draft | null };

/**
 * The draft of a wizard's command. `answered`: whether anybody answered a question; a wizard that was left before the
 * first answer has nothing to keep, and the draft of another time stays.
 */
export const draftOf = (
  spec: CommandSpec,
  raw: RawInput,
  { ctx, drafts, answered }: Pick<Asked, 'ctx' | 'drafts'> & { readonly answered: boolean },
): Draft | null =>
  spec.wizard !== true
    ? null
    : {
        keep: async () => {
          if (answered) await drafts.save(spec.path, { ...raw, flags: omit(raw.flags, 'resume') });
          if (answered || raw.flags.resume !== undefined)
            await ctx.note(ctx.t.prompts.draftKept(`${ctx.program} ${spec.path} --resume`));
        },
        drop: () => drafts.drop(spec.path),
      };

/**
 * Asks what is missing. A wizard also asks its other questions, shows a summary to submit, edit or leave, and keeps a
 * draft when it is left or cancelled; the caller keeps it too when the command then refuses, and drops it when it is
 * done. Ends with the call that does the same without questions, on stderr.
 */
export const askInput = async (spec: CommandSpec, typed: RawInput, asked: Asked): Promise<Gathered> => {
  const { ctx, drafts } = asked;
  const asking: Asking = { ...asked, words: await loadHelpWords(ctx.view.lang) };
  let raw = typed;
  const draft = (): Draft | null => draftOf(spec, raw, { ctx, drafts, answered: raw !== typed });
  try {
    for (const question of questionsOf(spec)) {
      if (needsAnswer(spec, { raw, typed }, question)) raw = await answer(raw, question, asking);
    }
    while (spec.wizard === true && (await review(spec, raw, asking)) === 'edit') {
      raw = await edit(spec, raw, asking);
    }
  } catch (error) {
    if (error instanceof PromptCancelled || error instanceof Declined) await draft()?.keep();
    throw error;
  }
  const check = checkInput(spec, raw, asking.env);
  if (!check.ok) {
    await draft()?.keep();
    throw new InputError(spec, check.problems);
  }
  await ctx.note(`${ctx.t.prompts.sameAs}: ${commandLine(ctx.program, spec, raw)}`);
  return { input: check.input, draft: draft() };
};

const omit = (flags: RawInput['flags'], key: string): RawInput['flags'] =>
  Object.fromEntries(Object.entries(flags).filter(([name]) => name !== key));

const questionsOf = (spec: CommandSpec): readonly Question[] => [
  ...Object.entries(spec.args ?? {}).map(([key, flag]) => ({ key, flag, arg: true })),
  ...Object.entries(flagsOf(spec)).map(([key, flag]) => ({ key, flag, arg: false })),
];

const givenOf = (raw: RawInput, { key, arg }: Question): readonly string[] =>
  (arg ? raw.args : raw.flags)[key] ?? [];

/** A wizard asks for all that it may ask, except for what the command learns from a flag that was typed. */
const needsAnswer = (
  spec: CommandSpec,
  { raw, typed }: { readonly raw: RawInput; readonly typed: RawInput },
  question: Question,
): boolean => {
  const { key, flag } = question;
  if (givenOf(raw, question).length > 0) return false;
  const isLearnt = learntFrom(spec, key).some((from) => typed.flags[from] !== undefined);
  return isRequired(flag, raw) || (spec.wizard === true && flag.ask !== undefined && !isLearnt);
};

const withAnswer = (raw: RawInput, { key, arg }: Question, texts: readonly string[]): RawInput => {
  const place = arg ? 'args' : 'flags';
  return { ...raw, [place]: texts.length === 0 ? omit(raw[place], key) : { ...raw[place], [key]: texts } };
};

const answer = async (raw: RawInput, question: Question, { ctx, env, words }: Asking): Promise<RawInput> => {
  const { flag } = question;
  const asked = words.say(flag.ask ?? flag.summary);
  const message =
    flag.ask === undefined && flag.pick !== undefined ? ctx.t.prompts.which[nounOfPick(flag.pick)] : asked;
  const optional = flag.required !== true;
  const none = optional ? [{ value: '', name: ctx.t.prompts.skip }] : [];
  if (flag.type === 'boolean') {
    return withAnswer(raw, question, (await ctx.prompts.confirm(message)) ? ['true'] : []);
  }
  if (flag.type === 'choice' && flag.choices.length > 0) {
    const choices = [...none, ...flag.choices.map((value) => ({ value, name: value }))];
    const chosen = await (choices.length > MANY ? ctx.prompts.search : ctx.prompts.select)({
      message,
      choices,
    });
    return withAnswer(raw, question, chosen === '' ? [] : [chosen]);
  }
  const picks = flag.pick === undefined ? [] : await choicesOf(flag.pick, ctx);
  if (picks.length > 0) {
    const chosen = await ctx.prompts.search({ message, choices: [...none, ...picks] });
    return withAnswer(raw, question, chosen === '' ? [] : [chosen]);
  }
  const assumed = 'default' in flag ? flag.default : undefined;
  const initial = givenOf(raw, question).at(-1) ?? flag.suggest ?? String(assumed ?? '');
  const text = await ctx.prompts.input({
    message,
    ...(initial === '' ? {} : { initial }),
    validate: (typed) => {
      if (typed.trim() === '' && optional) return null;
      const parsed = parseValue(flag, typed, env);
      return parsed.ok ? null : parsed.expected;
    },
  });
  return withAnswer(raw, question, text.trim() === '' ? [] : [text]);
};

/** More choices than this are searched instead of listed. */
const MANY = 9;

const review = async (
  spec: CommandSpec,
  raw: RawInput,
  { ctx, words }: Asking,
): Promise<'submit' | 'edit'> => {
  const { prompts } = ctx.t;
  const lines = questionsOf(spec).flatMap((question) => {
    const given = givenOf(raw, question);
    // That a draft is gone on with is no part of what is submitted.
    if (given.length === 0 || question.key === 'resume') return [];
    return [`  ${words.say(question.flag.ask ?? question.flag.summary)}: ${safeLine(given.join(', '))}`];
  });
  const chosen = await ctx.prompts.select({
    message: [prompts.summary(`${ctx.program} ${spec.path}`), ...lines, ' '].join('\n'),
    choices: [
      { value: 'submit' as const, name: prompts.submit },
      { value: 'edit' as const, name: prompts.edit },
      { value: 'leave' as const, name: prompts.leave },
    ],
  });
  if (chosen === 'leave') throw new Declined(prompts.leave);
  return chosen;
};

const edit = async (spec: CommandSpec, raw: RawInput, asking: Asking): Promise<RawInput> => {
  const questions = questionsOf(spec).filter(
    (question) =>
      question.flag.required === true ||
      question.flag.ask !== undefined ||
      (givenOf(raw, question).length > 0 && question.key !== 'resume'),
  );
  const { prompts } = asking.ctx.t;
  const chosen = await asking.ctx.prompts.select({
    message: prompts.editWhich,
    choices: questions.map((question) => ({
      value: question,
      name: `${asking.words.say(question.flag.ask ?? question.flag.summary)}: ${givenOf(raw, question).join(', ')}`,
    })),
  });
  return answer(raw, chosen, asking);
};
