import { RETURN_CODES, REVISIT_CODES } from '../../core/rules/reason-codes.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { technicianOf } from '../../core/values/actor.ts';
import type { CommandContext } from '../framework/run/context.ts';

type Column = 'return' | 'revisit';

const TABLES = { return: RETURN_CODES, revisit: REVISIT_CODES } as const;

/**
 * The reason code, and the text that some of them need. On a terminal a code that was not typed is searched for by its
 * meaning; elsewhere everything that is missing is named at once.
 */
export const reasonOf = async (
  ctx: CommandContext,
  column: Column,
  given: {
    readonly typed: string | undefined;
    readonly note: string | undefined;
    readonly id: string | undefined;
  },
): Promise<{ readonly code: string; readonly note: string | undefined }> => {
  const { prompts, t } = ctx;
  const { ask } = t.field;
  if (!prompts.possible) {
    if (given.typed !== undefined) return { code: given.typed, note: given.note };
    const noId = given.id === undefined && technicianOf(ctx.services.actor) === null;
    throw new Refusal('MISSING_FLAGS', {
      command: `field ${column}`,
      needs: [
        ...(noId ? [{ code: 'ORDER_OR_TECHNICIAN', name: '<id>' } as const] : []),
        { code: 'PART', name: '--code CODE' },
      ],
      example: `field ${column} ${given.id ?? '42'} --code ${column === 'return' ? 'NO_FACILITY -y' : 'NO_ACCESS'}`,
    });
  }
  const code = given.typed ?? (await pick(ctx, column));
  const wanted = column === 'return' && /^other$/i.test(code.trim());
  const note = given.note ?? (wanted ? await prompts.input({ message: ask.text }) : undefined);
  return { code, note };
};

const pick = ({ prompts, t }: CommandContext, column: Column): Promise<string> =>
  prompts.search({
    message: column === 'return' ? t.field.ask.returnCode : t.field.ask.revisitCode,
    choices: Object.entries(TABLES[column]).map(([code, { en, ko }]) => ({
      value: code,
      name: `${code}  ${t.reasons[column][code] ?? en}`,
      search: [en, ko],
    })),
  });
