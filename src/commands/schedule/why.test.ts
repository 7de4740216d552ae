import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DeskHome, deskHome, technician } from '../../testing/cli/desk.fixture.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';

let desk: DeskHome;
beforeEach(async () => {
  desk = await deskHome([technician('T-01'), technician('T-02', { skills: ['tv'] })]);
});
afterEach(() => desk.close());

test('tells the reasons of the log, and how everybody would do now', async () => {
  const id = await desk.place();
  await desk.oss(`schedule assign ${id} --no-call`);
  const { json } = await desk.oss(`schedule why ${id} --json`);
  expect(validateOutput('oss.visit-why/1', json())).toEqual([]);
  expect(json()).toMatchObject({
    chosen: { technicianId: 'T-01', status: 'held', choice: 'automatic', reasons: ['earliest', 'load:0/5'] },
    technicians: [
      { technicianId: 'T-01', rules: [] },
      { technicianId: 'T-02', rules: ['SKILL'], score: null },
    ],
    why: [],
    would: [],
  });
  const { stdout } = await desk.oss(`schedule why ${id}`);
  expect(stdout).toContain('is held for 2026-11-24 (Tue) 10:00-11:00, because');
  expect(stdout).toContain('lacks a skill');
});

test('the order itself says who chose its technician, why, and by which areas', async () => {
  const id = await desk.place();
  await desk.withServices(async (services) => {
    const store = await services.store('write');
    const rows = [{ area: '분당구', lat: 37.38, lon: 127.12, group: null }];
    await store.write((tx) =>
      tx.travel.put('places', { version: 'abcdef0123456789', importedAt: '2026-11-23T00:00:00.000Z', rows }),
    );
  });
  expect((await desk.oss(`order show ${id} --json`)).json()).toMatchObject({ visitChoice: null });
  await desk.oss(`schedule assign ${id} --no-call`);
  const { json } = await desk.oss(`order show ${id} --json`);
  expect(validateOutput('oss.order/1', json())).toEqual([]);
  expect(json()).toMatchObject({
    visitChoice: {
      choice: 'automatic',
      reasons: ['earliest', 'travel:0@abcdef0123456789', 'load:0/5'],
    },
  });
  expect((await desk.oss(`order show ${id}`)).stdout).toContain(
    'automatically: the earliest possible, 0 min of driving more, 0 of 5 visits that day (areas abcdef01)',
  );
});

test('tells what blocks an order without a place, and what alone would place it', async () => {
  const id = await desk.place({ area: '강남구' });
  const { json } = await desk.oss(`schedule why ${id} --json`);
  expect(json()).toMatchObject({
    chosen: null,
    why: ['AREA:2'],
    would: [{ what: 'AREA', technicianId: 'T-01' }],
  });
  const korean = await desk.oss(`schedule why ${id} --lang ko`);
  expect(korean.stdout).toContain('담당 지역에 넣으면: T-01');
});
