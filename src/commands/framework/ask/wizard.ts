import type { Drafts } from '../../../faces/cli/terminal/drafts.ts';
import { PromptBack, PromptCancelled } from '../../../faces/cli/terminal/prompts.ts';
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
import type { CommandContext, Learn } from '../run/context.ts';
import { Declined } from '../run/failure.ts';
import { type Draft, draftOf, withoutKey } from './draft.ts';
import { choicesOf, nounOfPick } from './pickers.ts';
import { choiceName, type Reviewed, review } from './review.ts';

type Asked = {
  readonly ctx: CommandContext;
  readonly env: ValueEnv;
  readonly drafts: Drafts;
  readonly learn?: Learn | undefined;
};
type Asking = Asked & { readonly words: HelpWords };
type Question = { readonly key: string; readonly flag: FlagSpec; readonly arg: boolean };

/**
 * `draft`: null when the operator has answered nothing that could be lost. `again`: back to the review with the reason why the
 * command refused what was submitted; absent where there is no review.
 */
export type Gathered = {
  readonly input: CheckedInput;
  readonly draft: Draft | null;
  readonly again?: (reason: string) => Promise<Gathered>;
};

/**
 * Asks what is missing; Esc and `<` go back a question. A wizard also asks its other questions, shows a summary to submit, edit or
 * leave, and keeps a draft when it is left or cancelled; the caller keeps it too when the command then refuses, and drops it
 * when it is done. Ends with the call that does the same without questions, on stderr.
 */
export const askInput = async (spec: CommandSpec, typed: RawInput, asked: Asked): Promise<Gathered> => {
  const asking: Asking = { ...asked, words: await loadHelpWords(asked.ctx.view.lang) };
  const raw = await orKeepDraft(spec, { typed, asking }, (remember) =>
    askAll(spec, typed, { asking, remember }),
  );
  return submitted(spec, { typed, raw, reason: null }, asking);
};

type Remember = (raw: RawInput) => RawInput;

/** What was answered so far is kept as a draft when the questions are left. */
const orKeepDraft = async (
  spec: CommandSpec,
  { typed, asking }: { readonly typed: RawInput; readonly asking: Asking },
  ask: (remember: Remember) => Promise<RawInput>,
): Promise<RawInput> => {
  let raw = typed;
  try {
    return await ask((next) => {
      raw = next;
      return next;
    });
  } catch (error) {
    if (error instanceof PromptCancelled || error instanceof Declined) {
      await draftOf(spec, raw, { ...asking, answered: raw !== typed })?.keep();
    }
    throw error;
  }
};

/** Every question that needs an answer, in order; back leads to the one that was answered before. */
const askAll = async (
  spec: CommandSpec,
  typed: RawInput,
  { asking, remember }: { readonly asking: Asking; readonly remember: Remember },
): Promise<RawInput> => {
  const questions = questionsOf(spec);
  const answered: { readonly at: number; readonly before: RawInput; readonly given: readonly string[] }[] =
    [];
  let raw = typed;
  let stood: readonly string[] = [];
  for (let at = 0; at < questions.length; at += 1) {
    const question = questions[at];
    if (question === undefined || !needsAnswer(spec, raw, question)) continue;
    try {
      const next = await answer(raw, question, asking, { back: answered.length > 0, stood });
      answered.push({ at, before: raw, given: givenOf(next, question) });
      stood = [];
      raw = remember((await asking.learn?.(asking.ctx, next, question.key)) ?? next);
    } catch (error) {
      const last = error instanceof PromptBack ? answered.pop() : undefined;
      if (last === undefined) throw error;
      // What was answered there stands in front of the cursor.
      raw = remember(last.before);
      stood = last.given;
      at = last.at - 1;
    }
  }
  return raw;
};

/** The review of a wizard, until it is submitted; `reason`: why the command refused it before. */
const submitted = async (
  spec: CommandSpec,
  {
    typed,
    raw: given,
    reason,
  }: { readonly typed: RawInput; readonly raw: RawInput; readonly reason: string | null },
  asking: Asking,
): Promise<Gathered> => {
  const { ctx, drafts } = asking;
  const raw = await orKeepDraft(spec, { typed, asking }, async (remember) => {
    const command = `${ctx.program} ${spec.path}`;
    let current = remember(given);
    let why = reason;
    while (
      spec.wizard === true &&
      (await review(command, reviewedOf(spec, current, asking), { asking, reason: why })) === 'edit'
    ) {
      current = remember(await edit(spec, current, asking));
      why = null;
    }
    return current;
  });
  const draft = draftOf(spec, raw, { ctx, drafts, answered: raw !== typed });
  const check = checkInput(spec, raw, asking.env);
  if (!check.ok) {
    await draft?.keep();
    throw new InputError(spec, check.problems);
  }
  await ctx.note(`${ctx.t.prompts.sameAs}: ${commandLine(ctx.program, spec, raw)}`);
  const again = (why: string): Promise<Gathered> => submitted(spec, { typed, raw, reason: why }, asking);
  return { input: check.input, draft, ...(spec.wizard === true ? { again } : {}) };
};

const questionsOf = (spec: CommandSpec): readonly Question[] => [
  ...Object.entries(spec.args ?? {}).map(([key, flag]) => ({ key, flag, arg: true })),
  ...Object.entries(flagsOf(spec)).map(([key, flag]) => ({ key, flag, arg: false })),
];

const givenOf = (raw: RawInput, { key, arg }: Question): readonly string[] =>
  (arg ? raw.args : raw.flags)[key] ?? [];

/** A wizard asks for all that it may ask, except for what the command learns from another answer or flag. */
const needsAnswer = (spec: CommandSpec, raw: RawInput, question: Question): boolean => {
  const { key, flag } = question;
  if (givenOf(raw, question).length > 0) return false;
  const isLearnt = learntFrom(spec, key).some((from) => raw.flags[from] !== undefined);
  return isRequired(flag, raw) || (spec.wizard === true && flag.ask !== undefined && !isLearnt);
};

const withAnswer = (raw: RawInput, { key, arg }: Question, texts: readonly string[]): RawInput => {
  const place = arg ? 'args' : 'flags';
  return {
    ...raw,
    [place]: texts.length === 0 ? withoutKey(raw[place], key) : { ...raw[place], [key]: texts },
  };
};

const answer = async (
  raw: RawInput,
  question: Question,
  { ctx, env, words }: Asking,
  { back, stood = [] }: { readonly back: boolean; readonly stood?: readonly string[] },
): Promise<RawInput> => {
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
    const assumed = 'default' in flag ? flag.default : undefined;
    const values = [...flag.choices].sort((a, b) => Number(b === assumed) - Number(a === assumed));
    const choices = [
      ...(assumed === undefined ? none : []),
      ...values.map((value) => ({ value, name: choiceName(value, ctx) })),
    ];
    const chosen = await (choices.length > MANY ? ctx.prompts.search : ctx.prompts.select)({
      message,
      choices,
      back,
    });
    return withAnswer(raw, question, chosen === '' ? [] : [chosen]);
  }
  const picks = flag.pick === undefined ? [] : await choicesOf(flag.pick, ctx);
  if (picks.length > 0) {
    const chosen = await ctx.prompts.search({ message, choices: [...none, ...picks], back });
    return withAnswer(raw, question, chosen === '' ? [] : [chosen]);
  }
  const assumed = 'default' in flag ? flag.default : undefined;
  const initial = givenOf(raw, question).at(-1) ?? stood.at(-1) ?? flag.suggest ?? String(assumed ?? '');
  const text = await ctx.prompts.input({
    message,
    back,
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

/** What was given, by its question. That a draft is gone on with is no part of what is submitted. */
const reviewedOf = (spec: CommandSpec, raw: RawInput, { words }: Asking): readonly Reviewed[] =>
  questionsOf(spec).flatMap((question) => {
    const { flag, key } = question;
    const given = givenOf(raw, question);
    return given.length === 0 || key === 'resume'
      ? []
      : [{ label: words.say(flag.ask ?? flag.summary), flag, given }];
  });

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
  return answer(raw, chosen, asking, { back: false });
};
