import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyedHash } from '../../adapters/store/sql/keyed-hash.ts';
import { canonicalJson } from '../../core/values/canonical-json.ts';
import { inEveryFormat, machineRoom } from '../../testing/cli/machine.fixture.ts';
import type { Desk } from '../../testing/cli/orders.fixture.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await machineRoom(1);
});
afterEach(() => desk.close());

const ERASE = ['customer', 'erase', 'CUS-000001', '--reason', 'request 118'];
/** As a thief of the file does it: every number is printed with the secret that is in it. */
const numbersGuessed = (): readonly string[] => {
  const db = new Database(join(desk.env().OSS_HOME ?? '', 'oss.db'), { readonly: true });
  const secret = String(db.prepare("select value from meta where name = 'secret'").pluck().get());
  const prints = new Set(db.prepare('select fingerprint from requests').pluck().all());
  db.close();
  const printOf = keyedHash(secret);
  const asked = (phone: string): string =>
    canonicalJson({
      ...{ name: '이영희', phone, address: '서울 강남구 역삼로 7' },
      ...{ lines: { internet: 1, tv: 0 }, priority: 'normal', wishes: {} },
    });
  return Array.from({ length: 10_000 }, (_, n) => `010-5555-${String(n).padStart(4, '0')}`).filter((phone) =>
    prints.has(printOf(asked(phone))),
  );
};
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

  it('a phone number does not come back by guessing from the prints of keys, and nothing is ordered twice', async () => {
    const order = (...more: readonly string[]) =>
      desk.oss([
        ...[
          'order',
          'new',
          '--name',
          '이영희',
          '--phone',
          '010-5555-1234',
          '--address',
          '서울 강남구 역삼로 7',
        ],
        ...['--internet', '1', '--key', 'WEB-9', '-o', 'id', '-y', ...more],
      ]);
    expect(await order()).toMatchObject({ exitCode: 0, stdout: 'ORD-000002\n' });
    expect(await order(), 'told again').toMatchObject({ exitCode: 0, stdout: 'ORD-000002\n' });
    await desk.oss(['order', 'cancel', '2', '--code', 'TEST', '-y']);
    expect(numbersGuessed(), 'before').toEqual(['010-5555-1234']);
    await desk.oss(['customer', 'erase', 'CUS-000002', '--reason', 'request 119', '-y']);
    expect(numbersGuessed()).toEqual([]);
    const again = await order('--duplicate-ok');
    expect(again.exitCode).toBe(4);
    expect(again.stderr).toContain('the key WEB-9 was used, and its customer was erased since');
    expect((await desk.oss(['order', 'list', '-o', 'id'])).stdout.split('\n').filter(Boolean)).toHaveLength(
      2,
    );
  });

  it('while somebody reads an older state the erasure ends with 75 and is said again; "already" finishes it', async () => {
    await desk.oss(['order', 'cancel', '1', '--code', 'TEST', '-y']);
    const reader = new Database(join(desk.env().OSS_HOME ?? '', 'oss.db'), { readonly: true });
    const isPending = (): boolean =>
      reader.prepare("select count(*) from meta where name = 'scrub'").pluck().get() === 1;
    reader.exec('begin');
    expect(isPending()).toBe(false);
    const first = await desk.oss([...ERASE, '-y']);
    expect(first.exitCode).toBe(75);
    expect(first.stderr).toContain('CUS-000001 is erased, but files of the database still hold the data');
    expect((await desk.oss(['customer', 'show', 'CUS-000001', '-o', 'json'])).json()).toMatchObject({
      name: '',
    });
    reader.exec('commit');
    expect(isPending()).toBe(true);
    const again = await desk.oss(ERASE);
    expect(again.stderr).toContain('erased already');
    expect(again.exitCode).toBe(0);
    expect(isPending()).toBe(false);
    reader.close();
  });

  it('is not erased by roles that have no say in it', async () => {
    await desk.oss(['order', 'cancel', '1', '--code', 'TEST', '-y']);
    expect((await desk.oss([...ERASE, '-y', '--actor', 'noc:choi'])).exitCode).toBe(5);
    expect(await desk.json(['customer', 'show', 'CUS-000001'])).toMatchObject({ erasedAt: null });
  });
});
