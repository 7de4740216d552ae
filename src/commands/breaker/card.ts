import { type Hint, type ObjectResult, object } from '../framework/print/result.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { type BreakerItem, stateCell } from './row.ts';

/** One breaker after it was changed by hand. */
export const breakerCard = async (
  { services }: CommandContext,
  item: BreakerItem,
  hints: readonly Hint[] = [],
): Promise<ObjectResult> =>
  object({
    schema: 'oss.breaker/1',
    data: { ...item, simulated: await services.simulated() },
    id: item.name,
    hints,
    show: (data, view) => [
      {
        kind: 'card',
        title: data.name,
        sections: [
          {
            rows: [
              [view.t.breaker.columns.state, stateCell(data, view)],
              ...(data.forced === null
                ? []
                : [[view.t.breaker.columns.because, data.forced.reason] as const]),
            ],
          },
        ],
      },
    ],
  });
