/** The ops of batch files. */
export const OP_NAMES = [
  'order.new',
  'order.amend',
  'order.cancel',
  'schedule.assign',
  'field.start',
  'field.complete',
  'field.return',
  'field.revisit',
] as const;

export type OpName = (typeof OP_NAMES)[number];
