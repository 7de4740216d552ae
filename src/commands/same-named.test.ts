import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeskHome, deskHome, technician } from '../testing/cli/desk.fixture.ts';

const SEOUL = '서울특별시 강서구';
const BUSAN = '부산광역시 강서구';

let desk: DeskHome;
beforeEach(async () => {
  desk = await deskHome([
    technician('T-01', { areas: [SEOUL] }),
    technician('T-02', { areas: ['부산 강서구'] }),
  ]);
});
afterEach(() => desk.close());

const place = (address: string, ...more: readonly string[]) =>
  desk.oss([
    ...['order', 'new', '--name', '정하은', '--phone', '010-5577-8157', '--internet', '1'],
    ...['--address', address, '--json', ...more],
  ]);

describe('districts of one name in two cities', () => {
  it('get the technician of their own city', async () => {
    expect((await place('부산광역시 강서구 명지국제로 1')).json()).toMatchObject({ area: '부산 강서구' });
    expect((await place('서울 강서구 공항대로 1')).json()).toMatchObject({ area: SEOUL });
    const { items } = (await desk.oss('schedule plan -y --json')).json() as {
      items: readonly { orderId: string; technicianId: string | null }[];
    };
    expect(items.map(({ orderId, technicianId }) => [orderId, technicianId]).sort()).toEqual([
      ['ORD-000001', 'T-02'],
      ['ORD-000002', 'T-01'],
    ]);
  });

  it('are asked for when the address says no city', async () => {
    const { exitCode, stderr } = await place('강서구 공항대로 1');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`부산 강서구 or ${SEOUL}`)]);
    const asked = await desk.oss(
      [
        ...['order', 'new', '--name', '정하은', '--phone', '010-5577-8157', '--internet', '1'],
        ...['--address', '강서구 공항대로 1'],
      ],
      { tty: true, answers: [SEOUL] },
    );
    expect([asked.exitCode, asked.questions]).toEqual([0, ['Which area is the address in?']]);
    expect((await desk.oss('status 1 --json')).json()).toMatchObject({ area: SEOUL });
  });

  it('are taken by the address, whatever short name is given beside it', async () => {
    expect((await place('부산 강서구 명지국제로 1', '--area', '강서구')).json()).toMatchObject({
      area: '부산 강서구',
    });
    const { exitCode } = await place('공항대로 1', '--area', '강서구');
    expect(exitCode).toBe(2);
    expect((await desk.oss(['order', 'amend', '1', '--area', '강서구', '--json'])).json()).toMatchObject({
      area: '부산 강서구',
    });
    const file = join(desk.home, 'orders.csv');
    writeFileSync(
      file,
      'key,name,phone,address,area,internet\nA,왕상철,010-1111-2222,서울 강서구 공항대로 2,강서구,1\nB,왕상철,010-1111-2223,공항대로 3,강서구,1\n',
    );
    const bad = await desk.oss(['batch', 'run', file, '--op', 'order.new']);
    expect([bad.exitCode, bad.stderr]).toEqual([65, expect.stringContaining(':3: area: several areas fit')]);
    await desk.oss(['batch', 'run', file, '--op', 'order.new', '--skip-invalid']);
    expect((await desk.oss('status 2 --json')).json()).toMatchObject({ area: SEOUL });
  });

  it('get nobody of another city, though a technician says no city at all', async () => {
    await desk.withServices(async (services) =>
      (await services.store('write')).write(async (tx) => {
        await tx.technicians.put(technician('T-01', { areas: ['강서구'] }));
        await tx.technicians.put(technician('T-02', { areas: ['강남구'] }));
      }),
    );
    const placed = await place('부산광역시 강서구 명지국제로 1');
    expect([placed.json(), placed.stderr]).toMatchObject([
      { area: BUSAN },
      expect.stringContaining(`no technician works in ${BUSAN}`),
    ]);
    expect((await desk.oss('schedule plan -y --json')).json()).toMatchObject({
      items: [{ orderId: 'ORD-000001', status: 'unplaced', technicianId: null }],
    });
  });

  it('are told when the technicians are imported', async () => {
    const file = join(desk.home, 'technicians.csv');
    writeFileSync(
      file,
      'id,name,phone,skills,areas,hours,dailyLimit\nT-07,김도윤,010-1234-5678,internet,강서구|강남구,Mon-Fri 09:00-18:00,5\n',
    );
    const { exitCode, stderr } = await desk.oss(['technician', 'import', file]);
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining('강서구 is the name of a district in 부산광역시, 서울특별시'),
    ]);
    expect(stderr).not.toContain('강남구 is');
  });
});
