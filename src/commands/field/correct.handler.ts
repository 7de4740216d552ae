import { correctVisit } from '../../core/app/field/field.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { appDeps, changeOptions } from '../changing.ts';
import { askSome } from '../framework/ask/ask-some.ts';
import type { Handler } from '../framework/run/context.ts';
import { afterReport } from './changed.ts';
import { fieldCorrect } from './correct.ts';
import { reportAnyTime } from './late-entry.ts';

export const run: Handler<typeof fieldCorrect> = async (ctx, { args, flags, change: asked }) => {
  const { field } = ctx.t;
  const { at, ...typed } = flags;
  const isSaid = typed.ont !== undefined || typed.rx !== undefined || typed.stb !== undefined;
  const keys = ['ont', 'rx', 'stb'] as const;
  const given =
    isSaid || !ctx.prompts.possible
      ? typed
      : { ...typed, ...(await askSome(ctx, { spec: fieldCorrect, keys }, { id: [args.id] })) };
  if (given.ont === undefined && given.rx === undefined && given.stb === undefined) {
    throw new Refusal('MISSING_FLAGS', {
      command: 'field correct',
      needs: [{ code: 'ONE_OF', names: ['--ont SERIAL', '--rx DBM', '--stb SERIAL,..'] }],
      example: `field correct ${args.id} --rx -19.2`,
    });
  }
  const deps = await appDeps(ctx, asked);
  const options = changeOptions(ctx, asked);
  const change = await reportAnyTime(ctx, (lateOk) =>
    correctVisit(deps, args.id, { facts: { at }, given, ...options, lateOk }),
  );
  return afterReport(ctx, deps, {
    change,
    asked,
    said: { sentence: () => field.corrected(args.id), already: () => field.already.correct },
  });
};
