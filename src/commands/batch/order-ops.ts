import { areaOf } from '../../core/address.ts';
import { orderDifferences } from '../../core/app/batch/order-differences.ts';
import { amendOrder, cancelOrder } from '../../core/app/change-terms.ts';
import type { AppDeps } from '../../core/app/deps.ts';
import { type NewOrder, placeIn } from '../../core/app/place-order.ts';
import { placeOrder as decidePlace } from '../../core/order/decide.ts';
import { checkCancelCode } from '../../core/reason-code-check.ts';
import { orderAmend } from '../order/amend.ts';
import { orderCancel } from '../order/cancel.ts';
import { orderNew } from '../order/new.ts';
import { type Given, type Known, knownOf, orderAsked } from '../order/order-asked.ts';
import { changeOp, type OpFacts, placeOp } from './op.ts';
import { BadRow } from './row-problem.ts';

/** The area of an address: as given, else read from it; null when none fits, refused when several do. */
const areaOfRow = (address: string, given: string | undefined, facts: OpFacts): string | null => {
  const { areas, t, onNoArea } = facts;
  if (given !== undefined) return given;
  const match = areaOf(address, areas);
  if (match.kind === 'several') {
    throw new BadRow({ field: 'area', reason: t.batch.problem.severalAreas(match.candidates) });
  }
  if (match.kind === 'found') return match.area;
  onNoArea();
  return null;
};

/** The order as far as the row says it; what it leaves to `from` and `customer` is filled in when it is placed. */
const orderOf = (flags: Given, known: Known, facts: OpFacts): NewOrder => {
  const { order, givenArea } = orderAsked(flags, known);
  return { ...order, area: areaOfRow(order.address, givenArea, facts), channel: 'batch' };
};

const mustBePlaceable = ({ lines, area, channel, priority, wishes }: NewOrder, { policy }: OpFacts): void => {
  const placed = { customerId: '', internetCount: lines.internet, tvCount: lines.tv };
  decidePlace({ ...placed, area, channel, priority, wishes }, policy);
};

export const newOp = placeOp(orderNew, ({ flags, change }, facts) => {
  const isWhole = flags.from === undefined && flags.customer === undefined;
  const whole = isWhole ? orderOf(flags, {}, facts) : null;
  if (whole !== null) mustBePlaceable(whole, facts);
  const filled = async (deps: AppDeps): Promise<NewOrder> =>
    whole ?? orderOf(flags, await knownOf(deps, flags), facts);
  const options = { key: change.key, duplicateOk: flags.duplicateOk };
  return {
    place: async ({ write, deps }) => placeIn(write, deps, { order: await filled(deps), options }),
    differs: async ({ write, deps }, orderId) => orderDifferences(write.tx, orderId, await filled(deps)),
  };
});

export const cancelOp = changeOp(orderCancel, ({ flags: { code, note }, change }, { t }) => {
  if (code === undefined) throw new BadRow({ field: 'code', reason: t.batch.problem.missing });
  const checked = checkCancelCode(code, note);
  const { key, ifVersion } = change;
  return ({ deps }, orderId) => cancelOrder(deps, orderId, { code: checked, note, key, ifVersion });
});

export const amendOp = changeOp(orderAmend, ({ flags, change }, facts) => {
  const { internet, tv, name, phone, address, area: given } = flags;
  if ([internet, tv, name, phone, address, given].every((value) => value === undefined)) {
    throw new BadRow({ field: '', reason: facts.t.batch.problem.nothingToChange });
  }
  const area = address === undefined ? given : areaOfRow(address, given, facts);
  const amendment = { lines: { internet, tv }, name, phone, address, area };
  const { key, ifVersion } = change;
  return ({ deps }, orderId) => amendOrder(deps, orderId, { amendment, key, ifVersion });
});
