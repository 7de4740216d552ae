import { placeOrder as decidePlace } from '../../../order/decide.ts';
import { checkCancelCode } from '../../../rules/reason-code-check.ts';
import type { CancelCode } from '../../../rules/reason-codes.ts';
import { flatLines } from '../../../values/lines.ts';
import type { AppDeps } from '../../deps.ts';
import { areaOfOrder } from '../../orders/area-of-order.ts';
import { amendOrder, cancelOrder } from '../../orders/change-terms.ts';
import { type Known, knownOf, type OrderAsked, orderAsked } from '../../orders/order-asked.ts';
import { type NewOrder, placeIn } from '../../orders/place-order.ts';
import { orderDifferences } from '../order-differences.ts';
import { BadRow } from './bad-row.ts';
import type { ChangeOp, OpFacts, PlaceOp, RowRule } from './op.ts';

/** The area of an address: as given, else read from it; null when none fits, refused when several do. */
const areaOfRow = (address: string, given: string | undefined, facts: OpFacts): string | null => {
  const { areas, onNoArea } = facts;
  const found = areaOfOrder({ address, given }, areas);
  if (found.kind === 'several') {
    throw new BadRow('area', { code: 'SEVERAL_AREAS', areas: found.candidates });
  }
  if (found.kind === 'found' || found.kind === 'not-served') return found.area;
  onNoArea();
  return null;
};

/** The order as far as the row says it; what it leaves to `from` and `customer` is filled in when it is placed. */
const orderOf = (flags: OrderAsked, known: Known, facts: OpFacts): NewOrder => {
  const { order, givenArea } = orderAsked(flags, known);
  return { ...order, area: areaOfRow(order.address, givenArea, facts), channel: 'batch' };
};

const mustBePlaceable = ({ lines, area, channel, priority, wishes }: NewOrder, { policy }: OpFacts): void => {
  const placed = { customerId: '', ...flatLines(lines) };
  decidePlace({ ...placed, area, channel, priority, wishes }, policy);
};

/** It leaves nothing to another order or a known customer. */
const isWhole = ({ from, customer }: OrderAsked): boolean => from === undefined && customer === undefined;

const NEW_RULES: readonly RowRule<OrderAsked>[] = [
  {
    of: ['from', 'customer', 'address', 'area'],
    check: ({ flags }, facts) => {
      if (isWhole(flags)) areaOfRow(flags.address ?? '', flags.area, facts);
    },
  },
  {
    of: ['from', 'customer', 'internet', 'tv'],
    check: ({ flags }, facts) => {
      if (isWhole(flags))
        mustBePlaceable({ ...orderAsked(flags, {}).order, area: null, channel: 'batch' }, facts);
    },
  },
];

export type NewColumns = OrderAsked & { readonly duplicateOk: boolean };

export const newOp: PlaceOp<NewColumns> = {
  kind: 'place',
  rules: NEW_RULES,
  plan: ({ flags, change: { key } }, facts) => {
    const whole = isWhole(flags) ? orderOf(flags, {}, facts) : null;
    if (whole !== null) mustBePlaceable(whole, facts);
    const filled = async (deps: AppDeps): Promise<NewOrder> =>
      whole ?? orderOf(flags, await knownOf(deps, flags), facts);
    const options = { key, duplicateOk: flags.duplicateOk };
    return {
      place: async ({ write, deps }) => placeIn(write, deps, { order: await filled(deps), options }),
      differs: async ({ write, deps }, orderId) => orderDifferences(write.tx, orderId, await filled(deps)),
    };
  },
};

export type CancelColumns = { readonly code?: string | undefined; readonly note?: string | undefined };

const cancelCode = ({ code, note }: CancelColumns): CancelCode => {
  if (code === undefined) throw new BadRow('code', { code: 'MISSING' });
  return checkCancelCode(code, note);
};

export const cancelOp: ChangeOp<CancelColumns> = {
  kind: 'change',
  needsPeers: false,
  rules: [
    {
      of: ['code'],
      check: ({ flags }) => {
        cancelCode(flags);
      },
    },
  ],
  plan: ({ flags, change: { key, ifVersion } }) => {
    const code = cancelCode(flags);
    const { note } = flags;
    return ({ deps }, orderId) => cancelOrder(deps, orderId, { code, note, key, ifVersion });
  },
};

export type AmendColumns = Partial<
  Pick<OrderAsked, 'internet' | 'tv' | 'name' | 'phone' | 'address' | 'area'>
>;

/** All that a row may change of an order. */
const AMENDABLE = ['internet', 'tv', 'name', 'phone', 'address', 'area'] as const;

const mustChangeSomething = (flags: AmendColumns): void => {
  if (AMENDABLE.every((name) => flags[name] === undefined)) {
    throw new BadRow('', { code: 'NOTHING_TO_CHANGE' });
  }
};

const amendedArea = ({ address, area }: AmendColumns, facts: OpFacts): string | null | undefined =>
  address === undefined && area === undefined ? undefined : areaOfRow(address ?? '', area, facts);

export const amendOp: ChangeOp<AmendColumns> = {
  kind: 'change',
  needsPeers: false,
  rules: [
    { of: AMENDABLE, check: ({ flags }) => mustChangeSomething(flags) },
    {
      of: ['address', 'area'],
      check: ({ flags }, facts) => {
        amendedArea(flags, facts);
      },
    },
  ],
  plan: ({ flags, change: { key, ifVersion } }, facts) => {
    mustChangeSomething(flags);
    const { internet, tv, name, phone, address } = flags;
    const area = amendedArea(flags, facts);
    const amendment = { lines: { internet, tv }, name, phone, address, area };
    return ({ deps }, orderId) => amendOrder(deps, orderId, { amendment, key, ifVersion });
  },
};
