import { readFallout } from '../../core/app/fallout/read-fallout.ts';
import type { Cause } from '../../core/codes/cause.ts';
import { assertNever } from '../../core/values/assert-never.ts';
import { linesOf } from '../../core/values/lines.ts';
import type { FalloutOrder, HoldAction } from '../../core/views/fallout.ts';
import { type Block, type CardRow, tone } from '../../faces/cli/terminal/blocks.ts';
import { inWords } from '../../texts/coded.ts';
import { englishCause } from '../../texts/english-cause.ts';
import { object } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import type { Handler } from '../framework/run/context.ts';
import { causeText, dueText, stageTone } from '../order/words.ts';
import type { falloutShow } from './show.ts';

export const run: Handler<typeof falloutShow> = async (ctx, { args }) => {
  const store = await ctx.services.store('read');
  return object({
    schema: 'oss.fallout-order/1',
    data: toldOf(await readFallout(store, args.id)),
    id: args.id,
    show: falloutCard,
    hints: [{ command: `order show ${args.id} --history` }],
  });
};

/** `oss.fallout-order/1`: what failed last, in English words and, beside them, as a code. */
type ToldOrder = Omit<FalloutOrder, 'work'> & {
  readonly work: readonly (Omit<FalloutOrder['work'][number], 'error'> & {
    readonly error: string | null;
    readonly errorCode: Cause | null;
  })[];
};

const toldOf = (order: FalloutOrder): ToldOrder => ({
  ...order,
  work: order.work.map(({ error, ...rest }) => ({ ...rest, error: englishCause(error), errorCode: error })),
});

type Held = FalloutOrder['holds'][number];

const falloutCard = (order: ToldOrder, view: View): readonly Block[] => {
  const { t } = view;
  const { labels, notHeld } = t.fallout;
  const lines = t.orders.lines(linesOf(order));
  return [
    {
      kind: 'card',
      title: tone(stageTone(order.stage), `${order.orderId}  ${t.stages.stage[order.stage]}  ${lines}`),
      sections: [],
    },
    ...(order.holds.length === 0 ? [{ kind: 'text' as const, lines: [notHeld] }] : []),
    ...order.holds.map(
      (held): Block => ({ kind: 'card', sections: [{ rows: holdRows(order, held, view) }] }),
    ),
    {
      kind: 'card',
      sections: [
        {
          rows: [
            ...order.work.map(
              ({ lane, due, errorCode }): CardRow => [
                labels.work,
                [
                  t.changes.peers[lane],
                  dueText(due, view),
                  errorCode === null ? '' : inWords(t.causes, errorCode),
                ]
                  .filter((text) => text !== '')
                  .join(', '),
              ],
            ),
            [labels.peers, order.simulated ? t.orders.simulated : ''],
          ],
        },
      ],
    },
  ];
};

const holdRows = ({ orderId }: Pick<FalloutOrder, 'orderId'>, held: Held, view: View): readonly CardRow[] => {
  const { t } = view;
  const { labels, steps, times } = t.fallout;
  const { hold, step, service, cause, said, since, wanted, proof, neId, duplicates, tries, peer, actions } =
    held;
  return [
    [labels.step, `${step} (${steps[step] ?? step})`],
    [labels.cause, tone('warn', causeText(cause, t))],
    [labels.means, explained(cause, t)],
    [labels.said, said === null ? '' : inWords(t.causes, said)],
    [labels.since, view.time(since)],
    [labels.service, service ?? ''],
    [labels.name, service !== null && actions.includes('done') ? hold.slice(hold.indexOf(':') + 1) : ''],
    [labels.wanted, wanted === null ? '' : wanted ? t.orders.wanted.yes : t.orders.wanted.no],
    [labels.proof, proof === null ? '' : t.orders.proof[proof]],
    [labels.neId, neId ?? ''],
    [labels.duplicates, duplicates.join(', ')],
    [labels.tries, tries === 0 ? '' : times(tries)],
    [labels.peer, peer ?? ''],
    ...actions.map((action, i): CardRow => [i === 0 ? labels.next : ' ', todo(action, orderId, held, view)]),
  ];
};

/** A code of the network that people meet often, explained. */
const explained = (cause: string, { fallout }: View['t']): string => {
  const words: Readonly<Record<string, string>> = fallout.explained;
  return words[cause] ?? '';
};

const todo = (action: HoldAction, orderId: string, { step, service }: Held, view: View): string => {
  const { todo: words } = view.t.fallout;
  const { program } = view;
  const which = `${orderId} --step ${step}${service === null ? '' : ` --service ${service}`}`;
  switch (action) {
    case 'retry':
      return words.retry(`${program} fallout retry ${which}`);
    case 'done':
      return words.done(
        `${program} fallout done ${which}${service === null ? '' : ' --ne-id ID'} --reason TEXT`,
      );
    case 'cancel':
      return words.cancel(`${program} order cancel ${orderId} --code CODE`);
    case 'waive':
      return words.waive(`${program} fallout waive ${which} --reason TEXT`);
    case 'assign':
      return words.assign(`${program} schedule assign ${orderId}`);
    default:
      return assertNever(action);
  }
};
