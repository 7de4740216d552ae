import { Refusal } from '../../../core/rules/refusal.ts';
import type { Drafts } from '../../../faces/cli/terminal/drafts.ts';
import type { CommandSpec } from '../parse/descriptor.ts';
import { type CheckedInput, checkInput, InputError, type RawInput } from '../parse/input.ts';
import type { ValueEnv } from '../parse/values.ts';
import type { CommandContext } from '../run/context.ts';

/** The checked input of a command: from what was typed, from stdin (`-`), and, on a terminal, from questions. */
export const gatherInput = async (
  spec: CommandSpec,
  typed: RawInput,
  { ctx, drafts }: { readonly ctx: CommandContext; readonly drafts: Drafts },
): Promise<CheckedInput> => {
  const env: ValueEnv = { now: ctx.now(), tz: ctx.view.tz, expected: ctx.t.expected };
  const raw = await expandStdin(spec, await resume(spec, typed, { ctx, drafts }), ctx);
  const check = checkInput(spec, raw, env);
  const resumed = raw.flags.resume !== undefined && spec.wizard === true;
  if (check.ok && !(resumed && ctx.prompts.possible)) return check.input;
  const missing = !check.ok && check.problems.every((problem) => problem.kind === 'missing');
  if (!ctx.prompts.possible || !(missing || resumed)) {
    if (check.ok) return check.input;
    throw new InputError(spec, check.problems);
  }
  const { askInput } = await import('./wizard.ts');
  return askInput(spec, raw, { ctx, env, drafts });
};

/** `-` among several ids: one or more a line on stdin. */
const expandStdin = async (spec: CommandSpec, raw: RawInput, ctx: CommandContext): Promise<RawInput> => {
  const many = Object.entries(spec.args ?? {}).find(([, arg]) => arg.repeat === true)?.[0];
  const words = many === undefined ? [] : (raw.args[many] ?? []);
  if (many === undefined || !words.includes('-')) return raw;
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of ctx.stdin()) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > LONGEST_STDIN) {
      throw new Refusal('USAGE', { message: 'too many ids on stdin: use oss batch run', example: null });
    }
  }
  const read = (text + decoder.decode()).split(/\s+/).filter((word) => word !== '');
  if (read.length === 0) throw new Refusal('USAGE', { message: 'there are no ids on stdin', example: null });
  return { ...raw, args: { ...raw.args, [many]: words.flatMap((word) => (word === '-' ? read : [word])) } };
};

const LONGEST_STDIN = 16 * 1024 * 1024;

/** `--resume`: the draft, with what was typed now laid over it. */
const resume = async (
  spec: CommandSpec,
  typed: RawInput,
  { ctx, drafts }: { readonly ctx: CommandContext; readonly drafts: Drafts },
): Promise<RawInput> => {
  if (spec.wizard !== true || typed.flags.resume === undefined) return typed;
  const draft = await drafts.load(spec.path);
  if (!isRaw(draft)) throw new Refusal('USAGE', { message: ctx.t.prompts.draftNone, example: null });
  await ctx.note(ctx.t.prompts.draftUsed);
  return { args: { ...draft.args, ...typed.args }, flags: { ...draft.flags, ...typed.flags } };
};

const isTexts = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every(
    (texts) => Array.isArray(texts) && texts.every((text) => typeof text === 'string'),
  );

const isRaw = (value: unknown): value is RawInput =>
  typeof value === 'object' &&
  value !== null &&
  'args' in value &&
  'flags' in value &&
  isTexts(value.args) &&
  isTexts(value.flags);
