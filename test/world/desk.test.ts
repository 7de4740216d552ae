import { afterEach, describe, expect, test } from 'vitest';
import { openTown, type Town } from './town.ts';

let town: Town;
afterEach(() => town.close());

const visited = async (): Promise<string> => {
  const orderId = await town.active();
  const agreed = await town.oss(['schedule', 'assign', orderId, '--at', 'next', '--agreed']);
  expect(agreed.exitCode, agreed.stderr).toBe(0);
  return orderId;
};
const HOUR = 3_600_000;

describe('the desk does something by itself', () => {
  test('it cancelled the visit: the technician is not sent', async () => {
    town = await openTown();
    const orderId = await visited();
    town.desk.cancel('A-1');
    await town.oss(['ne', 'reconcile', '--fix', '-y']);
    await town.work('1s');
    const order = await town.order(orderId);
    expect(['tm-queue', 'customer-pending', 'held']).toContain(order.stage);
    expect(town.types(orderId)).toContain('AppointmentCancelledByDesk');
    const mine = await town.oss(['field', 'list', '--all', '--json']);
    expect(mine.stdout).not.toContain(orderId);
  });

  test('it moved the visit: the new time is everywhere', async () => {
    town = await openTown();
    const orderId = await visited();
    town.desk.move('A-1', 24 * HOUR);
    await town.oss(['ne', 'reconcile', '--fix', '-y']);
    await town.work('1s');
    expect(town.types(orderId)).toContain('AppointmentMovedByDesk');
    const order = await town.order(orderId);
    const start = town.desk.appointments()[0]?.validFor.startDateTime ?? '';
    if (order.stage === 'scheduled' || order.stage === 'dispatched') {
      expect(Date.parse(order.visit.start)).toBe(Date.parse(start));
    } else expect(order.stage).toBe('held');
  });

  test('it has forgotten the visit: somebody is told', async () => {
    town = await openTown();
    const orderId = await visited();
    town.desk.forget('A-1');
    const ran = await town.oss(['ne', 'reconcile', '--fix', '-y']);
    expect(ran.stdout + ran.stderr).toContain(orderId);
  });
});
