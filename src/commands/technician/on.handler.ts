import { backAtWork } from '../../core/app/technicians/back-at-work.ts';
import { toLocal } from '../../core/time/zone.ts';
import { appDeps } from '../changing.ts';
import { object } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import { technicianCard } from './card.ts';
import type { technicianOn } from './on.ts';
import { datesText, whoText } from './words.ts';

/** How many days the answer shows. */
const DAYS = 14;

export const run: Handler<typeof technicianOn> = async (ctx, { args, flags, change }) => {
  const { technicians: words, common } = ctx.t;
  const { date: today } = toLocal(ctx.now(), ctx.view.tz);
  const dates = flags.date ?? { from: today, to: today };
  const deps = await appDeps(ctx, change);
  const options = { dates, days: DAYS, showPii: ctx.globals.showPii, dryRun: change.dryRun };
  const { status, technician, details } = await backAtWork(deps, args.id, options);
  const who = whoText(args.id, technician.name);
  return object({
    schema: 'oss.technician/1',
    data: details,
    id: args.id,
    show: (data, view) => technicianCard(data, DAYS, view),
    notes: [
      status === 'done' ? words.on(who, datesText(dates)) : words.alreadyOn(who, datesText(dates)),
      ...(change.dryRun ? [common.dryRun] : []),
    ],
  });
};
