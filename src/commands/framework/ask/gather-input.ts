import { Refusal } from '../../../core/rules/refusal.ts';
import type { Drafts } from '../../../faces/cli/terminal/drafts.ts';
import type { CommandSpec } from '../parse/descriptor.ts';
import { checkInput, type InputCheck, InputError, type RawInput } from '../parse/input.ts';
import type { ValueEnv } from '../parse/values.ts';
import type { CommandContext, Learn } from '../run/context.ts';
import type { Draft } from './draft.ts';
import type { Gathered } from './wizard.ts';

type Gathering = {
  readonly ctx: CommandContext;
  readonly drafts: Drafts;
  /** What the command learns from answers; loaded when questions are asked. */
  readonly learn?: () => Promise<Learn | undefined>;
};

/**
 * The checked input of a command: from what was typed, from stdin (`-`), and, on a terminal, from questions. null: its
 * ids were to come from stdin, and none came; without ids a command may mean all of them, and never may here.
 */
export const gatherInput = async (
  spec: CommandSpec,
  typed: RawInput,
  { ctx, drafts, learn }: Gathering,
): Promise<Gathered | null> => {
  const env: ValueEnv = { now: ctx.now(), tz: ctx.view.tz, expected: ctx.t.expected };
  const raw = await expandStdin(spec, await resume(spec, typed, { ctx, drafts }), ctx);
  if (raw === null) return null;
  const check = checkInput(spec, raw, env);
  const resumed = raw.flags.resume !== undefined && spec.wizard === true;
  const isAsked = ctx.prompts.possible && (resumed || onlyMissing(check));
  if (check.ok && !isAsked) return { input: check.input, draft: await untouched(spec, raw, { ctx, drafts }) };
  if (!check.ok && !isAsked) throw new InputError(spec, check.problems);
  const { askInput } = await import('./wizard.ts');
  return askInput(spec, raw, { ctx, env, drafts, learn: await learn?.() });
};

const onlyMissing = (check: InputCheck): boolean =>
  !check.ok && check.problems.every((problem) => problem.kind === 'missing');

/** The draft of a command that asked nothing: there is one only where `--resume` took it up. */
const untouched = async (
  spec: CommandSpec,
  raw: RawInput,
  { ctx, drafts }: { readonly ctx: CommandContext; readonly drafts: Drafts },
): Promise<Draft | null> => {
  if (raw.flags.resume === undefined) return null;
  const { draftOf } = await import('./draft.ts');
  return draftOf(spec, raw, { ctx, drafts, answered: false });
};

/** `-` among several ids: one or more a line on stdin. null: there are none. */
const expandStdin = async (
  spec: CommandSpec,
  raw: RawInput,
  ctx: CommandContext,
): Promise<RawInput | null> => {
  const many = Object.entries(spec.args ?? {}).find(([, arg]) => arg.repeat === true)?.[0];
  const words = many === undefined ? [] : (raw.args[many] ?? []);
  if (many === undefined || !words.includes('-')) return raw;
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of ctx.stdin()) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > LONGEST_STDIN) {
      throw new Refusal('USAGE', { fault: { code: 'TOO_MANY_IDS' }, example: null });
    }
  }
  const read = (text + decoder.decode()).split(/\s+/).filter((word) => word !== '');
  const ids = words.flatMap((word) => (word === '-' ? read : [word]));
  return ids.length === 0 ? null : { ...raw, args: { ...raw.args, [many]: ids } };
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
  const { isRaw } = await import('./draft.ts');
  if (!isRaw(draft)) throw new Refusal('USAGE', { fault: { code: 'NO_DRAFT' }, example: null });
  await ctx.note(ctx.t.prompts.draftUsed);
  return { args: { ...draft.args, ...typed.args }, flags: { ...draft.flags, ...typed.flags } };
};
