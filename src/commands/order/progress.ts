import type { Milestone, Stage } from '../../core/rules/stage.ts';
import type { OrderDetails } from '../../core/views/order-details.ts';
import type { ProgressStep } from '../../faces/cli/terminal/blocks.ts';
import type { Texts } from '../../texts/catalogue.ts';

/** The road of an order that goes well. */
const ROAD: readonly Milestone[] = ['OrderPlaced', 'ActivationCompleted', 'Scheduled', 'FieldWorkCompleted'];

/**
 * MyPage's progress line: the road with the milestone that is next marked as now; or, once the order is cancelled or
 * returned, what was reached, that it ended, and how far the undo is.
 */
export const progressSteps = (order: OrderDetails, t: Texts): readonly ProgressStep[] => {
  const { milestone, stage } = order;
  const words = t.stages.milestone;
  if (milestone === 'OrderCancelled' || milestone === 'FieldWorkFailed') {
    const passed = ROAD.filter((one) => order.progress.some((reached) => reached.milestone === one));
    return [
      ...passed.map((one) => ({ label: words[one], state: 'done' as const })),
      { label: words[milestone], state: 'failed' },
      ...undoSteps(order, t),
    ];
  }
  return roadSteps(milestone, stage, t);
};

/** The road of an order that is neither cancelled nor returned. */
export const roadSteps = (milestone: Milestone, stage: Stage, { stages }: Texts): readonly ProgressStep[] => {
  const at = ROAD.indexOf(milestone);
  return ROAD.map((one, i) => ({
    label: stages.milestone[one],
    state: i <= at ? 'done' : i === at + 1 && stage !== 'placed' ? 'now' : 'todo',
  }));
};

const undoSteps = ({ services, visit, promise }: OrderDetails, t: Texts): readonly ProgressStep[] => {
  const asked = services.some(({ tries }) => tries > 0);
  const live = services.some(({ proof }) => proof === 'on' || proof === 'unknown');
  const { undo } = t.orders;
  return [
    ...(asked
      ? [{ label: live ? undo.switchingOff : undo.switchedOff, state: live ? 'now' : 'done' } as const]
      : []),
    ...(promise === null
      ? []
      : [{ label: undo.visitCancelled, state: visit === null ? 'done' : 'todo' } as const]),
  ];
};
