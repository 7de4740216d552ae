import { readVisit } from '../../core/app/field/field-visits.ts';
import type { FieldVisit } from '../../core/views/field-visit.ts';
import { type Hint, type ObjectResult, object } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { readingDeps } from './reading.ts';
import type { fieldShow } from './show.ts';
import { visitCard } from './visit-card.ts';

export const run: Handler<typeof fieldShow> = (ctx, { args }) => showVisit(ctx, args.id);

/** One visit as `oss.visit/1`, with what is worth doing next. */
export const showVisit = async (ctx: CommandContext, orderId: string): Promise<ObjectResult> => {
  const { deps, options } = await readingDeps(ctx);
  const visit = await readVisit(deps, orderId, options);
  return object({
    schema: 'oss.visit/1',
    data: visit,
    id: orderId,
    show: visitCard,
    hints: hintsOf(visit),
  });
};

const hintsOf = ({ orderId, visit, startedAt, result, returnCode }: FieldVisit): readonly Hint[] => {
  if (visit?.status !== 'agreed' || result !== null || returnCode !== null) return [];
  return [{ command: `field ${startedAt === null ? 'start' : 'complete'} ${orderId}` }];
};
