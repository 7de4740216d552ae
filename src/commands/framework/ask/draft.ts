import type { Drafts } from '../../../faces/cli/terminal/drafts.ts';
import { PromptCancelled } from '../../../faces/cli/terminal/prompts.ts';
import type { CommandSpec } from '../parse/descriptor.ts';
import type { RawInput } from '../parse/input.ts';
import type { CommandContext } from '../run/context.ts';

type Asked = { readonly ctx: CommandContext; readonly drafts: Drafts };

/** What was typed into a wizard, until the command has done what was typed. */
export type Draft = {
  readonly keep: () => Promise<void>;
  readonly drop: () => Promise<void>;
};

/**
 * The draft of a wizard's command. `answered`: whether anybody answered a question; a wizard that was left before the
 * first answer has nothing to keep, and the draft of another time stays.
 */
export const draftOf = (
  spec: CommandSpec,
  raw: RawInput,
  { ctx, drafts, answered }: Asked & { readonly answered: boolean },
): Draft | null =>
  spec.wizard !== true
    ? null
    : {
        keep: async () => {
          const kept = { ...raw, flags: withoutKey(raw.flags, 'resume') };
          const isNew = answered && (await mayReplace(spec, kept, { ctx, drafts }));
          if (isNew) await drafts.save(spec.path, kept);
          if (isNew || raw.flags.resume !== undefined)
            await ctx.note(ctx.t.prompts.draftKept(`${ctx.program} ${spec.path} --resume`));
        },
        drop: () => drafts.drop(spec.path),
      };

const sizeOf = (raw: unknown): number =>
  isRaw(raw) ? Object.keys(raw.args).length + Object.keys(raw.flags).length : 0;

/** A draft that says less takes the place of a fuller one only when the operator says so. */
const mayReplace = async (spec: CommandSpec, raw: RawInput, { ctx, drafts }: Asked): Promise<boolean> => {
  const before = raw.flags.resume === undefined ? await drafts.load(spec.path) : null;
  if (sizeOf(before) <= sizeOf(raw)) return true;
  const { prompts } = ctx.t;
  try {
    if (await ctx.prompts.confirm(prompts.replaceDraft(sizeOf(before), sizeOf(raw)))) return true;
  } catch (error) {
    if (!(error instanceof PromptCancelled)) throw error;
  }
  await ctx.note(prompts.draftStays(`${ctx.program} ${spec.path} --resume`));
  return false;
};

export const withoutKey = (flags: RawInput['flags'], key: string): RawInput['flags'] =>
  Object.fromEntries(Object.entries(flags).filter(([name]) => name !== key));

const isTexts = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every(
    (texts) => Array.isArray(texts) && texts.every((text) => typeof text === 'string'),
  );

/** Whether a draft is one, whoever has written in its file. */
export const isRaw = (value: unknown): value is RawInput =>
  typeof value === 'object' &&
  value !== null &&
  'args' in value &&
  'flags' in value &&
  isTexts(value.args) &&
  isTexts(value.flags);
