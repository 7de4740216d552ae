import type { BatchOp } from './op.ts';
import type { OpName } from './op-names.ts';
import { amendOp, cancelOp, newOp } from './order-ops.ts';
import { assignOp, completeOp, returnOp, revisitOp, startOp } from './visit-ops.ts';

/** What a batch file may hold. A test compares it with the descriptors that say `batch`. */
export const OPS: Readonly<Record<OpName, BatchOp>> = {
  'order.new': newOp,
  'order.amend': amendOp,
  'order.cancel': cancelOp,
  'schedule.assign': assignOp,
  'field.start': startOp,
  'field.complete': completeOp,
  'field.return': returnOp,
  'field.revisit': revisitOp,
};

export const isOp = (name: string): name is OpName => Object.hasOwn(OPS, name);
