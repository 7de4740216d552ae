// The floor of the whole life: node lifecycle.mjs <library> <folder> <orders> <jobs> <port of the peers>
// The same events, the same six requests, the same leases, calendar and text, a durable commit before and after each
// request, and writes that wait share one.
import { join } from 'node:path';
import { bareCalls, createService, servicesOf } from '../lib/bare-calls.mjs';
import { orderOf, pool, serialOf, startOfToday, visitOf } from '../lib/workload.mjs';
import { openFloor } from './database.mjs';

const [library, folder, ordersText, jobsText, port] = process.argv.slice(2);
const [orders, jobs] = [Number(ordersText), Number(jobsText)];
const { initial } = await import(library);
const floor = openFloor(join(folder, 'floor.db'), initial);
const commit = floor.grouped();
const { call, close } = bareCalls(port, jobs);
const today = startOfToday(Date.now());

const live = async (i) => {
  const order = await commit(() => floor.place(orderOf(i)));
  const due = Date.now();
  const append = (events, lanes, also = () => {}) =>
    commit(() => {
      floor.append(order, events, lanes);
      also(order);
    });
  const services = servicesOf(order);
  const requested = (one) => [
    'ServiceRequested',
    { key: one.key, peer: 'ne', timeoutMs: 5000, windowMs: 2000 },
  ];
  await append([['ActivationStarted', { services }], requested(services[0])], { ne: due }, floor.take);
  for (const [n, one] of services.entries()) {
    const { id } = await createService(call, one);
    const next = services[n + 1];
    const activated = ['ServiceActivated', { key: one.key, neId: id, equipmentId: 'OLT-1/1' }];
    await append(
      next === undefined ? [activated] : [activated, requested(next)],
      next === undefined ? { tm: due } : { ne: due },
    );
  }
  const { technicianId, ...time } = visitOf(i, today);
  const slot = { start: new Date(time.start).toISOString(), end: new Date(time.end).toISOString() };
  const validFor = { startDateTime: slot.start, endDateTime: slot.end };
  const task = await call('POST', '/tm/searchTimeSlot', {
    requestedTimeSlot: [{ validFor }],
    relatedEntity: [{ id: order.id }],
  });
  await append(
    [
      ['ActivationCompleted', { equipmentId: 'OLT-1/1', services: services.map(({ key }) => key) }],
      ['SchedulingRequested', { taskId: task.id, slots: [slot] }],
    ],
    {},
    floor.release,
  );
  order.technicianId = technicianId;
  order.visitStart = slot.start;
  await commit(() => {
    floor.visit(order.id, technicianId, slot.start, slot.end, 'held', order.area);
    floor.append(
      order,
      [['VisitProposed', { slot, technicianId, via: 'agreed', callAt: slot.start, reasons: ['by-hand'] }]],
      { tm: due },
    );
  });
  const callKey = `${order.id}/call#1`;
  await append([['CallRequested', { callKey, peer: 'tm', slot, technicianId }]], { tm: due }, floor.take);
  const appointment = await call('POST', '/tm/appointment', {
    externalId: callKey,
    category: 'agreed',
    validFor,
    contactMedium: [{ mediumType: 'phone', characteristic: { phoneNumber: '010-0000-0000' } }],
    relatedParty: [{ id: technicianId, role: 'technician' }],
  });
  await append(
    [
      ['CustomerCalled', { callKey, outcome: 'AGREED', slot, appointmentId: appointment.id }],
      ['Scheduled', { slot, technicianId, appointmentId: appointment.id }],
      ['FieldWorkDispatched', { technicianId }],
    ],
    {},
    () => {
      floor.visit(order.id, technicianId, slot.start, slot.end, 'agreed', order.area);
      floor.release(order);
    },
  );
  const occurredAt = new Date().toISOString();
  const result = { ontSerial: serialOf(i), rxPowerDbm: -18.5, stbSerials: [], signerTextId: `TXT-${i}` };
  await append(
    [
      ['FieldWorkStarted', { occurredAt }],
      ['FieldWorkCompleted', { occurredAt, result }],
    ],
    { tm: due },
    () => {
      floor.text(result.signerTextId, order.id, 'Kim');
      floor.take(order);
    },
  );
  const { externalId } = await call('GET', `/tm/appointment/${appointment.id}`);
  if (externalId !== callKey) throw new Error(`${appointment.id} is of ${externalId}`);
  await call('PATCH', `/tm/appointment/${appointment.id}`, { validFor, status: 'completed' });
  await append(
    [
      ['AppointmentClosed', { appointmentId: appointment.id, as: 'completed' }],
      ['OrderClosed', { outcome: 'completed' }],
    ],
    {},
    floor.release,
  );
};

const used = process.cpuUsage();
const begun = performance.now();
await pool(orders, jobs, live);
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(used);
const events = floor.db.prepare('select count(*) from events').pluck().get();
await close();
floor.close();
process.stdout.write(
  `${JSON.stringify({ perSecond: orders / seconds, cpuMs: (user + system) / 1000 / orders, events: events / orders })}\n`,
);
