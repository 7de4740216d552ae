import { type MyOrder, orderOfPair, ordersOfPhone } from '../core/app/orders/my-page.ts';
import type { Need } from '../core/codes/usage-fault.ts';
import { Refusal } from '../core/rules/refusal.ts';
import { linesOf } from '../core/values/lines.ts';
import type { Block, ProgressStep } from '../faces/cli/terminal/blocks.ts';
import { type CommandResult, list, object } from './framework/print/result.ts';
import type { View } from './framework/print/view.ts';
import type { CommandContext, Handler } from './framework/run/context.ts';
import type { mypage } from './mypage.ts';
import { present } from './order/card.ts';
import { roadSteps } from './order/progress.ts';
import { slotText } from './order/words.ts';

const EXAMPLE = 'mypage 42 --phone-last4 5678';

export const run: Handler<typeof mypage> = async (ctx, { args, flags }): Promise<CommandResult> => {
  const { id } = args;
  const { phone, phoneLast4 } = flags;
  const words = ctx.t.mypage;
  const store = await ctx.services.store('read');
  const reading = { policy: ctx.services.policy, now: ctx.now() };
  if (phone !== undefined) {
    if (id !== undefined || phoneLast4 !== undefined) {
      throw new Refusal('USAGE', { fault: { code: 'PHONE_OR_PAIR' }, example: EXAMPLE });
    }
    return myOrders(ctx, await ordersOfPhone(store, phone, reading));
  }
  if (id === undefined || phoneLast4 === undefined) {
    const need: Need =
      id !== undefined
        ? { code: 'PART', name: '--phone-last4 D' }
        : phoneLast4 !== undefined
          ? { code: 'PART', name: '<id>' }
          : { code: 'PHONE_OR_PAIR' };
    throw new Refusal('MISSING_FLAGS', { command: 'mypage', needs: [need], example: EXAMPLE });
  }
  if (!/^[0-9]{4}$/.test(phoneLast4)) {
    throw new Refusal('BAD_VALUE', {
      flag: '--phone-last4',
      value: phoneLast4,
      expected: { code: 'IN_WORDS', text: words.fourDigits },
    });
  }
  const order = await orderOfPair(store, { orderId: id, phoneLast4 }, reading);
  return object({ schema: 'oss.my-order/1', data: order, id: order.orderId, show: myCard });
};

const myOrders = (ctx: CommandContext, items: readonly MyOrder[]): CommandResult => {
  const { columns, ...words } = ctx.t.mypage;
  return list<MyOrder>({
    schema: 'oss.my-orders/1',
    items,
    id: ({ orderId }) => orderId,
    empty: words.none,
    columns: [
      { title: columns.order, drop: 0, cell: ({ orderId }) => orderId },
      { title: columns.state, drop: 0, cell: stateText },
      {
        title: columns.visit,
        drop: 1,
        cell: (order, view) => (showsVisit(order) ? slotText(order.visit, view) : ''),
      },
      {
        title: columns.lines,
        drop: 3,
        cell: (order, { t }) => t.orders.lines(linesOf(order)),
      },
      { title: columns.placed, drop: 2, cell: ({ placedAt }, view) => view.clock(placedAt) },
    ],
  });
};

const AHEAD: ReadonlySet<string> = new Set(['scheduled', 'dispatched', 'on-site', 'held']);

/** A visit that is over, or that will not be made, is not promised. */
const showsVisit = (order: MyOrder): order is MyOrder & { visit: NonNullable<MyOrder['visit']> } =>
  order.visit !== null && AHEAD.has(order.stage);

/** The customer reads the time of the visit until it is near, and the truth when no technician came. */
const stateText = (order: MyOrder, view: View): string => {
  const { t } = view;
  switch (order.arrival) {
    case 'late':
      return t.mypage.late;
    case 'delayed':
      return t.mypage.delayed(order.expectedAt === null ? '' : view.clock(order.expectedAt).slice(11));
    case 'agreed':
      return order.visit === null
        ? t.stages.customer[order.stage]
        : order.visit.window === undefined
          ? t.mypage.weCome(slotText(order.visit, view))
          : t.mypage.weArrive(slotText(order.visit.window, view));
    default:
      return t.stages.customer[order.stage];
  }
};

const myCard = (order: MyOrder, view: View): readonly Block[] => {
  const { t } = view;
  const { labels } = t.mypage;
  return [
    { kind: 'card', title: `${order.orderId}  ${stateText(order, view)}`, sections: [] },
    { kind: 'progress', steps: stepsOf(order, view) },
    {
      kind: 'card',
      sections: [
        {
          rows: present([
            [labels.visit, showsVisit(order) ? slotText(order.visit, view) : ''],
            [labels.lines, t.orders.lines(linesOf(order))],
            [labels.placed, view.time(order.placedAt)],
            [labels.since, view.time(order.stageSince)],
          ]),
        },
      ],
    },
  ];
};

const stepsOf = ({ milestone, stage }: MyOrder, { t }: View): readonly ProgressStep[] =>
  milestone === 'OrderCancelled' || milestone === 'FieldWorkFailed'
    ? [
        { label: t.stages.milestone.OrderPlaced, state: 'done' },
        { label: t.stages.milestone[milestone], state: 'failed' },
      ]
    : roadSteps(milestone, stage, t);
