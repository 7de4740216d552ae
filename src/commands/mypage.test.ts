import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agree, type Desk, HONG, hire, newDesk, technician } from '../testing/cli/orders.fixture.ts';
import { validateOutput } from '../testing/cli/validate-output.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await newDesk();
  await hire(desk, technician('T-01', ['강남구']));
  await desk.oss(['order', 'new', ...HONG, '--internet', '1']);
  await desk.oss(['order', 'new', ...HONG, '--tv', '1', '--duplicate-ok']);
  await desk.oss([
    ...['order', 'new', '--name', '김철수', '--phone', '010-2222-3333', '--internet', '1'],
    ...['--address', '서울특별시 강남구 논현로 1'],
  ]);
  await agree(desk, 'ORD-000001', '2026-11-26T14:00:00+09:00');
});
afterAll(() => desk.close());

describe('mypage', () => {
  it("lists a subscriber's own orders and nobody else's, in the customer's words", async () => {
    const { stdout } = await desk.oss(['mypage', '--phone', '01012345678']);
    expect(stdout).toMatch(/ORD-000002 +we will call you/);
    expect(stdout).toMatch(
      /ORD-000001 +we come on 2026-11-26 \(Thu\) 14:00-15:00 +2026-11-26 \(Thu\) 14:00-15:00/,
    );
    expect(stdout).not.toContain('ORD-000003');
    expect((await desk.oss(['mypage', '--phone', '010-1234-5678', '--lang', 'ko'])).stdout).toContain(
      '2026-11-26 (목) 14:00-15:00에 방문합니다',
    );
  });

  it('tells neither names nor technicians nor anything of the inside', async () => {
    const mine = await desk.json(['mypage', '--phone', '010-1234-5678']);
    expect(validateOutput('oss.my-orders/1', mine)).toEqual([]);
    expect(JSON.stringify(mine)).not.toMatch(/홍|역삼로|T-01|CUS-|NE-|OLT/);
  });

  it('shows one order to who knows its number and the digits', async () => {
    const one = await desk.json(['mypage', '1', '--phone-last4', '5678']);
    expect(validateOutput('oss.my-order/1', one)).toEqual([]);
    const { stdout } = await desk.oss(['mypage', '1', '--phone-last4', '5678']);
    expect(stdout).toContain('ORD-000001  we come on 2026-11-26 (Thu) 14:00-15:00');
    expect(stdout).toContain('✓ received ── ✓ network ready ── ✓ visit agreed ── ● in service');
    expect(stdout).toContain('We come      2026-11-26 (Thu) 14:00-15:00');
  });

  it('answers a wrong pair, an unknown order and an erased customer in the same words', async () => {
    await desk.open(async (services) => {
      const store = await services.store('write');
      await store.write((tx) => tx.vault.erase('CUS-000002', '2026-11-24T02:00:00.000Z'));
    });
    const answers = await Promise.all(
      [
        ['1', '3333'],
        ['99', '5678'],
        ['3', '3333'],
      ].map(([id = '', digits = '']) => desk.oss(['mypage', id, '--phone-last4', digits, '--json'])),
    );
    const [first] = answers;
    expect(first).toMatchObject({ exitCode: 3, stdout: '' });
    for (const { exitCode, stdout, stderr } of answers) {
      expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 3, stdout: '', stderr: first?.stderr });
    }
  });

  it('reads the same whether an order exists or not', async () => {
    await desk.open(async (services) => {
      const store = await services.store('read');
      const { orderOfPair } = await import('../core/app/orders/my-page.ts');
      const reading = { policy: services.policy, now: services.clock.now() };
      const reads = async (orderId: string): Promise<readonly string[]> => {
        const calls: string[] = [];
        const watched = {
          read: <T>(work: Parameters<typeof store.read<T>>[0]) =>
            store.read((tx) =>
              work({
                ...tx,
                vault: {
                  ...tx.vault,
                  contacts: (ids) => {
                    calls.push('contacts');
                    return tx.vault.contacts(ids);
                  },
                },
                views: {
                  ...tx.views,
                  get: (id) => {
                    calls.push('view');
                    return tx.views.get(id);
                  },
                },
              }),
            ),
        };
        await expect(
          orderOfPair({ ...store, ...watched }, { orderId, phoneLast4: '0000' }, reading),
        ).rejects.toThrow('MYPAGE_NOT_FOUND');
        return calls;
      };
      expect(await reads('ORD-000099')).toEqual(await reads('ORD-000001'));
    });
  });

  it('is empty for a number without orders', async () => {
    expect(await desk.oss(['mypage', '--phone', '010-0000-0000'])).toMatchObject({
      exitCode: 0,
      stdout: 'there is no order under this phone number\n',
    });
  });

  it.each([
    [[], '--phone PHONE, or an order number with --phone-last4 D'],
    [['1'], '--phone-last4 D'],
    [['--phone-last4', '5678'], '<id>'],
    [['1', '--phone', '010-1234-5678'], 'give --phone alone'],
    [['1', '--phone-last4', '567a'], 'the last four digits'],
  ])('refuses %j', async (flags, says) => {
    const { exitCode, stderr } = await desk.oss(['mypage', ...flags]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(says);
  });
});
