import { expect, test } from 'vitest';
import { sagaWorld } from './support/saga-world.ts';

test('an order goes from placed to completed', async () => {
  const world = await sagaWorld();
  const id = await world.place();
  await world.settle(id);
  await world.complete(id);
  await world.settle(id);
  expect(await world.types(id)).toEqual([
    'OrderPlaced',
    'ActivationStarted',
    'ServiceRequested',
    'ServiceActivated',
    'ServiceRequested',
    'ServiceActivated',
    'ActivationCompleted',
    'SchedulingRequested',
    'VisitProposed',
    'CallRequested',
    'CustomerCalled',
    'Scheduled',
    'FieldWorkDispatched',
    'FieldWorkStarted',
    'FieldWorkCompleted',
    'AppointmentClosed',
    'OrderClosed',
  ]);
  expect(await world.broken()).toEqual([]);
});
