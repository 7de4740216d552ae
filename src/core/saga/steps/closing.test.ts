import { expect, test } from 'vitest';
import { sagaWorld } from '../../../../test/support/saga-world.ts';
import { holdOrder } from '../../order/decide.ts';

test('an order that closes leaves nobody a hold to look at', async () => {
  const world = await sagaWorld();
  const id = await world.place();
  await world.settle(id);
  await world.cancel(id);
  await world.change(id, (process) => holdOrder(process, 'CheckService:x', 'CheckService', 'KEY_UNSHOWN'));
  const { stage, order } = await world.settle(id);
  expect([stage, order.holds]).toEqual(['cancelled', []]);
});
