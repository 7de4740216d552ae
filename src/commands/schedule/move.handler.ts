import { moveVisit } from '../../core/app/desk/desk.ts';
import { runsHere } from '../../core/app/engine/carry-on.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { appDeps, changeOptions } from '../changing.ts';
import type { Handler } from '../framework/run/context.ts';
import type { scheduleMove } from './move.ts';
import { changeVisits } from './visit-change.ts';

export const run: Handler<typeof scheduleMove> = async (ctx, { args, flags, change }) => {
  const { at, technician, minutes, agreed, code, force, reason } = flags;
  if (at === undefined && technician === undefined && minutes === undefined) {
    const example = 'schedule move 42 --technician auto --code TECHNICIAN_UNAVAILABLE';
    const fault = { code: 'NONE_GIVEN', flags: ['--at', '--technician', '--minutes'] } as const;
    throw new Refusal('USAGE', { fault, example });
  }
  if (force && reason === undefined) throw new Refusal('REASON_REQUIRED', { flag: '--force' });
  if (!force && reason !== undefined) {
    throw new Refusal('USAGE', {
      fault: { code: 'GOES_WITH', flag: '--reason', partner: '--force' },
      example: null,
    });
  }
  const deps = await appDeps(ctx, change);
  const here = runsHere({ orders: new Set(args.id).size, waitMs: change.wait });
  const options = changeOptions(ctx, change, { here });
  const move = { at, minutes, technicianId: technician, agreed, code, force: force ? reason : undefined };
  return changeVisits(ctx, args.id, change, {
    change: (orderId) => moveVisit(deps, orderId, { ...options, move }),
    exits: false,
    here,
    bulkNote: null,
  });
};
