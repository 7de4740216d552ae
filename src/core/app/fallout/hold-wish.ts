import type { Hold } from '../../order/state.ts';
import type { Tx } from '../../ports/store.ts';
import type { OrderProcess } from '../../process/process.ts';
import { Refusal } from '../../rules/refusal.ts';
import { serviceKeyOf, serviceNameOf } from '../../views/fallout.ts';

/** Which holds of an order are meant; what is undefined does not matter. */
export type HoldWish = {
  readonly step?: string | undefined;
  /** e.g. `internet.hsi#2`, or the whole service key. */
  readonly service?: string | undefined;
  readonly cause?: string | undefined;
};

const isMeant = ({ step, service, cause }: HoldWish, hold: Omit<Hold, 'since'>): boolean => {
  const key = serviceKeyOf(hold);
  return (
    (step === undefined || step === hold.step) &&
    (cause === undefined || cause.toUpperCase() === hold.cause.toUpperCase()) &&
    (service === undefined || service === key || service === serviceNameOf(key))
  );
};

/** All holds that fit. */
export const meantHolds = ({ order }: OrderProcess, wish: HoldWish): readonly Hold[] =>
  order.holds.filter((hold) => isMeant(wish, hold));

/** The one hold that is meant. Throws Refusal HOLD_NOT_FOUND or HOLD_UNCLEAR. */
export const meantHold = (process: OrderProcess, wish: HoldWish): Hold => {
  const [hold, ...more] = meantHolds(process, wish);
  if (hold === undefined) throw notHeld(process, wish);
  if (more.length > 0) {
    const services = [hold, ...more].map((held) => serviceNameOf(serviceKeyOf(held)) ?? held.hold);
    throw new Refusal('HOLD_UNCLEAR', { orderId: process.orderId, services });
  }
  return hold;
};

/** The refusal that lists the holds there are. */
export const notHeld = ({ orderId, order }: OrderProcess, { step, service, cause }: HoldWish): Refusal => {
  const said = [step, service, cause].filter((part) => part !== undefined).join(' ');
  const holds = order.holds.map((held) => `${held.step} (${held.cause})`);
  return new Refusal('HOLD_NOT_FOUND', { orderId, hold: said, holds });
};

/** True when a person ended the last hold of that kind in this very way: it is so already. */
export const isEndedAlready = async (
  tx: Tx,
  orderId: string,
  wish: HoldWish,
  action: 'retry' | 'done' | 'waived',
): Promise<boolean> => {
  const causes = new Map<string, string>();
  let ended: string | null = null;
  for (const event of await tx.events.load(orderId)) {
    if (event.type === 'OrderHeld') causes.set(event.data.hold, event.data.cause);
    if (event.type !== 'HoldReleased') continue;
    const { hold } = event.data;
    const [step = ''] = hold.split(':');
    if (isMeant(wish, { hold, step, cause: causes.get(hold) ?? '' })) ended = event.data.action;
  }
  return ended === action;
};
