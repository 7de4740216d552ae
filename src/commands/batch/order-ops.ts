import { orderDifferences } from '../../core/app/batch/order-differences.ts';
import type { AppDeps } from '../../core/app/deps.ts';
import { areaOfOrder } from '../../core/app/orders/area-of-order.ts';
import { amendOrder, cancelOrder } from '../../core/app/orders/change-terms.ts';
import { type Known, knownOf, type OrderAsked, orderAsked } from '../../core/app/orders/order-asked.ts';
import { type NewOrder, placeIn } from '../../core/app/orders/place-order.ts';
import { placeOrder as decidePlace } from '../../core/order/decide.ts';
import { checkCancelCode } from '../../core/rules/reason-code-check.ts';
import type { CancelCode } from '../../core/rules/reason-codes.ts';
import type { InputOf } from '../framework/parse/descriptor.ts';
import { orderAmend } from '../order/amend.ts';
import { orderCancel } from '../order/cancel.ts';
import { orderNew } from '../order/new.ts';
import { changeOp, type OpFacts, placeOp, type RowRule } from './op.ts';
import { BadRow } from './row-problem.ts';

/** The area of an address: as given, else read from it; null when none fits, refused when several do. */
const areaOfRow = (address: string, given: string | undefined, facts: OpFacts): string | null => {
  const { areas, t, onNoArea } = facts;
  const found = areaOfOrder({ address, given }, areas);
  if (found.kind === 'several') {
    throw new BadRow({ field: 'area', reason: t.batch.problem.severalAreas(found.candidates) });
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
  const placed = { customerId: '', internetCount: lines.internet, tvCount: lines.tv };
  decidePlace({ ...placed, area, channel, priority, wishes }, policy);
};

/** It leaves nothing to another order or a known customer. */
const isWhole = ({ from, customer }: OrderAsked): boolean => from === undefined && customer === undefined;

const NEW_RULES: readonly RowRule<{ readonly flags: OrderAsked }>[] = [
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

export const newOp = placeOp(
  orderNew,
  ({ flags, change }, facts) => {
    const whole = isWhole(flags) ? orderOf(flags, {}, facts) : null;
    if (whole !== null) mustBePlaceable(whole, facts);
    const filled = async (deps: AppDeps): Promise<NewOrder> =>
      whole ?? orderOf(flags, await knownOf(deps, flags), facts);
    const options = { key: change.key, duplicateOk: flags.duplicateOk };
    return {
      place: async ({ write, deps }) => placeIn(write, deps, { order: await filled(deps), options }),
      differs: async ({ write, deps }, orderId) => orderDifferences(write.tx, orderId, await filled(deps)),
    };
  },
  NEW_RULES,
);

type CancelFlags = InputOf<typeof orderCancel>['flags'];

const cancelCode = ({ code, note }: CancelFlags, { t }: OpFacts): CancelCode => {
  if (code === undefined) throw new BadRow({ field: 'code', reason: t.batch.problem.missing });
  return checkCancelCode(code, note);
};

export const cancelOp = changeOp(
  orderCancel,
  ({ flags, change: { key, ifVersion } }, facts) => {
    const code = cancelCode(flags, facts);
    const { note } = flags;
    return ({ deps }, orderId) => cancelOrder(deps, orderId, { code, note, key, ifVersion });
  },
  [
    {
      of: ['code'],
      check: ({ flags }, facts) => {
        cancelCode(flags, facts);
      },
    },
  ],
);

type AmendFlags = InputOf<typeof orderAmend>['flags'];

/** All that a row may change of an order. */
const AMENDABLE = ['internet', 'tv', 'name', 'phone', 'address', 'area'] as const;

const mustChangeSomething = (flags: AmendFlags, { t }: OpFacts): void => {
  if (AMENDABLE.every((name) => flags[name] === undefined)) {
    throw new BadRow({ field: '', reason: t.batch.problem.nothingToChange });
  }
};

const amendedArea = ({ address, area }: AmendFlags, facts: OpFacts): string | null | undefined =>
  address === undefined ? area : areaOfRow(address, area, facts);

export const amendOp = changeOp(
  orderAmend,
  ({ flags, change: { key, ifVersion } }, facts) => {
    mustChangeSomething(flags, facts);
    const { internet, tv, name, phone, address } = flags;
    const area = amendedArea(flags, facts);
    const amendment = { lines: { internet, tv }, name, phone, address, area };
    return ({ deps }, orderId) => amendOrder(deps, orderId, { amendment, key, ifVersion });
  },
  [
    { of: AMENDABLE, check: ({ flags }, facts) => mustChangeSomething(flags, facts) },
    {
      of: ['address', 'area'],
      check: ({ flags }, facts) => {
        amendedArea(flags, facts);
      },
    },
  ],
);
