import type { RowOp, RowRule } from '../../core/app/batch/ops/op.ts';
import type { OpName } from '../../core/app/batch/ops/op-names.ts';
import { amendOp, cancelOp, newOp } from '../../core/app/batch/ops/order-ops.ts';
import { assignOp, completeOp, returnOp, revisitOp, startOp } from '../../core/app/batch/ops/visit-ops.ts';
import { fieldComplete } from '../field/complete.ts';
import { fieldReturn } from '../field/return.ts';
import { fieldRevisit } from '../field/revisit.ts';
import { fieldStart } from '../field/start.ts';
import type { CommandSpec, InputOf } from '../framework/parse/descriptor.ts';
import { type CheckedInput, typedFlags } from '../framework/parse/input.ts';
import { orderAmend } from '../order/amend.ts';
import { orderCancel } from '../order/cancel.ts';
import { orderNew } from '../order/new.ts';
import { scheduleAssign } from '../schedule/assign.ts';

/** An op, and the command by whose words its columns are read. */
export type BatchOp = RowOp<CheckedInput['flags']> & { readonly spec: CommandSpec };

/** The compiler checks that an op takes what its command's descriptor says. */
const readBy = <S extends CommandSpec>(spec: S, op: RowOp<InputOf<S>['flags']>): BatchOp => {
  const rules = op.rules.map(
    ({ of, check }): RowRule<CheckedInput['flags']> => ({
      of,
      check: ({ flags }, facts) => check({ flags: typedFlags(spec, flags) }, facts),
    }),
  );
  return op.kind === 'place'
    ? {
        ...{ spec, rules, kind: op.kind },
        plan: ({ flags, change }, facts) => op.plan({ flags: typedFlags(spec, flags), change }, facts),
      }
    : {
        ...{ spec, rules, kind: op.kind, needsPeers: op.needsPeers },
        plan: ({ flags, change }, facts) => op.plan({ flags: typedFlags(spec, flags), change }, facts),
      };
};

/** What a batch file may hold. A test compares it with the descriptors that say `batch`. */
export const OPS: Readonly<Record<OpName, BatchOp>> = {
  'order.new': readBy(orderNew, newOp),
  'order.amend': readBy(orderAmend, amendOp),
  'order.cancel': readBy(orderCancel, cancelOp),
  'schedule.assign': readBy(scheduleAssign, assignOp),
  'field.start': readBy(fieldStart, startOp),
  'field.complete': readBy(fieldComplete, completeOp),
  'field.return': readBy(fieldReturn, returnOp),
  'field.revisit': readBy(fieldRevisit, revisitOp),
};

export const isOp = (name: string): name is OpName => Object.hasOwn(OPS, name);
