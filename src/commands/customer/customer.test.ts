import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inEveryFormat, machineRoom } from '../../testing/cli/machine.fixture.ts';
import type { Desk } from '../../testing/cli/orders.fixture.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await machineRoom(1);
});
afterEach(() => desk.close());

const ERASE = ['customer', 'erase', 'CUS-000001', '--reason', 'request 118'];
const audit = () =>
  desk.open(async (services) => (await services.store('read')).read((tx) => tx.audit.list(50)));

describe('customer', () => {
  it('is shown clear to customer service, which is recorded, and masked to others', async () => {
    expect(await inEveryFormat(desk, ['customer', 'show', 'cus-000001'])).toMatchObject({
      customerId: 'CUS-000001',
      name: '홍길동',
      phone: '010-1234-5678',
      orders: [{ orderId: 'ORD-000001', stage: 'tm-queue', open: true }],
    });
    expect((await audit())[0]).toMatchObject({ action: 'pii.read', subject: 'CUS-000001' });
    const before = (await audit()).length;
    const noc = await desk.json(['customer', 'show', 'CUS-000001', '--actor', 'noc:choi']);
    expect(noc).toMatchObject({ name: '홍*동', phone: '010-****-5678' });
    expect(JSON.stringify(noc)).not.toContain('101동 202호');
    expect((await audit()).length).toBe(before);
    expect((await desk.oss(['customer', 'show', 'CUS-000009'])).exitCode).toBe(3);
  });

  it('is not erased while an order is open', async () => {
    const { exitCode, stderr } = await desk.oss([...ERASE, '-y']);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('ORD-000001');
  });

  it('is erased after a yes, for ever and everywhere, once', async () => {
    await desk.oss(['order', 'note', '1', '--text', '홍길동 asks twice']);
    await desk.oss(['order', 'cancel', '1', '--code', 'TEST', '-y']);
    expect((await desk.oss(ERASE)).exitCode).toBe(2);
    expect((await desk.oss(ERASE, { tty: true, answers: [false] })).exitCode).toBe(6);
    expect((await desk.oss(ERASE, { tty: true, answers: [true] })).exitCode).toBe(0);
    const shown = await inEveryFormat(desk, ['customer', 'show', 'CUS-000001']);
    expect(shown).toMatchObject({ name: '', phone: '', orders: [{ address: '' }] });
    const everything = await desk.oss(['order', 'show', '1', '--history', '--json']);
    expect(everything.stdout).not.toMatch(/홍길동|1234-5678|역삼로/);
    expect((await desk.oss(['db', 'verify'])).exitCode).toBe(0);
    const again = await desk.oss(ERASE);
    expect(again.exitCode).toBe(0);
    expect(again.stderr).toContain('erased already');
    expect((await audit()).filter(({ action }) => action === 'customer.erase')).toMatchObject([
      { subject: 'CUS-000001', actor: 'supervisor:lee', detail: { reason: 'request 118' } },
    ]);
  });

  it('is not erased by roles that have no say in it', async () => {
    await desk.oss(['order', 'cancel', '1', '--code', 'TEST', '-y']);
    expect((await desk.oss([...ERASE, '-y', '--actor', 'noc:choi'])).exitCode).toBe(5);
    expect(await desk.json(['customer', 'show', 'CUS-000001'])).toMatchObject({ erasedAt: null });
  });
});
