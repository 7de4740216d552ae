import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, HONG, hire, newDesk, technician } from '../testing/cli/orders.fixture.ts';
import { validateOutput } from '../testing/cli/validate-output.ts';

type Item = { readonly orderId: string; readonly by: readonly string[]; readonly open: boolean };
const HAN = ['--name', '한가득', '--phone', '010-2222-5678', '--address', '부산광역시 중구 대청로 7'];

let desk: Desk;
beforeAll(async () => {
  desk = await newDesk();
  await hire(desk, technician('T-01', ['강남구']));
  await desk.oss(['order', 'new', ...HONG, '--internet', '1', '--key', 'WEB-0042', '--no-input']);
  await desk.oss(['order', 'new', ...HAN, '--internet', '1', '--no-input']);
  await desk.oss(['order', 'cancel', '2', '--code', 'TEST', '-y']);
});
afterAll(() => desk.close());

const found = async (text: string, actor = 'cs:kim') => {
  const run = await desk.oss(['find', text, '--json', '--actor', actor]);
  const { items } = run.json() as { readonly items: readonly Item[] };
  return {
    exit: run.exitCode,
    items: items.map(({ orderId, by }) => `${Number(orderId.slice(4))} ${by.join('+')}`),
  };
};

describe('find', () => {
  it.each([
    ['1', ['1 id']],
    ['ord-2', ['2 id']],
    ['010-1234-5678', ['1 phone']],
    ['+82 (0)10.1234.5678', ['1 phone']],
    ['5678', ['1 phone', '2 phone']],
    ['홍길동', ['1 name']],
    ['ㅎㄱ', ['1 name', '2 name']],
    ['ㅎㄱㄷ', ['1 name', '2 name']],
    ['web-0042', ['1 key']],
    ['0042', []],
    ['역삼로 12', ['1 address']],
    ['CUS-000002', ['2 customer']],
    ['234-5678', []],
    ['없는사람', []],
  ])('%s', async (text, items) => {
    expect(await found(text)).toEqual({ exit: items.length === 0 ? 3 : 0, items });
  });

  it('looks through addresses only for who may see customers', async () => {
    expect((await found('역삼로 12', 'noc:lee')).items).toEqual([]);
    expect((await found('홍길동', 'noc:lee')).items).toEqual(['1 name']);
    expect((await desk.oss(['find', '1', '--actor', 'batch:x'])).exitCode).toBe(5);
  });

  it('answers oss.found/1, masked, and says so in the audit log without what was looked for', async () => {
    const run = await desk.oss(['find', '홍길동', '--json', '--actor', 'tm:park']);
    expect(validateOutput('oss.found/1', run.json())).toEqual([]);
    expect(run.stdout).toContain('"name":"홍*동"');
    expect(run.stdout).not.toMatch(/홍길동|1234-5678|역삼로/);
    const audit = await desk.open(async (services) =>
      (await services.store('read')).read((tx) => tx.audit.list(1)),
    );
    expect(audit).toMatchObject([
      {
        actor: 'tm:park',
        action: 'search.read',
        subject: 'find',
        detail: { by: 'text' },
        orderIds: ['ORD-000001'],
      },
    ]);
  });

  it('is what a number alone means, before and behind the flags of every command', async () => {
    for (const line of [
      ['1'],
      ['#1'],
      ['010-1234-5678'],
      ['010', '1234', '5678'],
      ['--lang', 'ko', '01012345678'],
    ]) {
      const run = await desk.oss([...line, '-o', 'id']);
      expect([run.exitCode, run.stdout], line.join(' ')).toEqual([0, 'ORD-000001\n']);
    }
    expect((await desk.oss(['77', '-o', 'id'])).exitCode).toBe(3);
    expect((await desk.oss(['42x'])).exitCode).toBe(2);
  });

  it('says in Korean that nothing is found, and where to look', async () => {
    const run = await desk.oss(['find', '없는사람', '--lang', 'ko'], { stderrTty: true });
    expect(run.stdout).toBe('찾은 청약이 없습니다\n');
    expect(run.stderr).toContain('다음: oss order list');
  });
});
