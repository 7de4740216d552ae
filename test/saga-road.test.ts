import { expect, test } from 'vitest';
import { completeFieldWork } from '../src/core/fieldwork/decide.ts';
import { iso } from '../src/core/time/iso.ts';
import { sagaWorld } from './support/saga-world.ts';

const EVIDENCE = { ontSerial: 'ABCD12345678', rxPowerDbm: -18.5, stbSerials: [], signerTextId: 'text-1' };

test('an order goes from placed to completed', async () => {
  const world = await sagaWorld();
  const id = await world.place();
  await world.settle(id);
  const { change, deps } = world;
  await change(id, (process) => completeFieldWork(process, EVIDENCE, { occurredAt: iso(deps.clock.now()) }));
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
});
