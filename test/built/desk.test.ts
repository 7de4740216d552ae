import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HONG, type House, openHouse, TECHNICIANS } from '../acceptance/house.ts';
import { type OnTerminal, onTerminal } from '../support/on-terminal.ts';
import { OSS } from '../support/real-process.ts';

// What people at the desk meet, in the program as it is built: on a terminal, from a pipe and from nowhere.
let house: House;
beforeAll(async () => {
  house = openHouse();
  await house.json(['technician', 'import', TECHNICIANS]);
  await house.json(['order', 'new', ...HONG]);
});
afterAll(() => house.close());

const THREE_DAYS_LATER = { OSS_NOW: '2026-11-26T10:00:00+09:00' };

const typing = (line: string, env: NodeJS.ProcessEnv = {}): OnTerminal =>
  onTerminal(`'${process.execPath}' '${OSS}' ${line}`, { ...house.env, ...env });
const answer = async (asked: OnTerminal, question: RegExp, keys: string): Promise<void> => {
  await asked.sees(question);
  asked.type(keys);
};

const OPTIONAL = [/\? .*visit suit best/, /\? .*visit before/, /\? .*note/, /\? .*urgent/];

describe('an order that is typed', () => {
  test('and refused after the review is kept as a draft, and gone on with', async () => {
    const head = await house.head();
    const asked = typing('order new');
    await answer(asked, /\? .*phone/i, '010-2222-3333\r');
    await answer(asked, /\? .*name/i, '김하늘\r');
    await answer(asked, /\? .*address/i, '서울특별시 강남구 테헤란로 1\r');
    // What is suggested is taken back first.
    await answer(asked, /\? .*internet/i, '\u001599\r');
    await answer(asked, /\? .*TV/, '\u00150\r');
    for (const question of OPTIONAL) {
      await answer(asked, question, '\r');
    }
    await answer(asked, /ready to submit/i, '\r');
    // The reason stands in the review that it leads back to.
    await answer(asked, /ready to submit[\s\S]*! .*[\s\S]*change a value/i, '\u0003');
    const { code, seen } = await asked.ended;
    expect([code, seen]).toEqual([130, expect.stringMatching(/! .*99[\s\S]*order new --resume/)]);
    expect(await house.head()).toBe(head);

    // A question that is left at once takes nothing away from it.
    const empty = typing('order new');
    await answer(empty, /\? .*phone/i, '\u0004');
    await empty.ended;
    const again = typing('order new --resume --internet 1');
    // How urgent it is was answered.
    for (const question of OPTIONAL.slice(0, -1)) {
      await answer(again, question, '\r');
    }
    await answer(again, /ready to submit[\s\S]*010-2222-3333[\s\S]*김하늘[\s\S]*테헤란로 1/, '\r');
    expect(await again.ended).toMatchObject({ code: 0, seen: expect.stringMatching(/ORD-000002/) });
  });

  test('for a customer who is known asks for neither name nor phone', async () => {
    const asked = typing('order new --customer CUS-000001');
    const first = await asked.sees(/\? .*\S/);
    expect(first).toMatch(/\? .*address/i);
    asked.type('\u0004');
    expect((await asked.ended).code).toBe(130);
  });
});

describe('what happened in the field three days ago', () => {
  let id = '';
  beforeAll(async () => {
    const address = '서울특별시 강남구 역삼로 99';
    const placed = await house.json(['order', 'new', ...HONG, '--address', address, '--duplicate-ok']);
    id = placed.orderId;
    await house.json(['schedule', 'assign', id, '--at', '14:00']);
  });
  const revisit = () => ['field', 'revisit', id, '--code', 'NO_ACCESS', '--at', '2026-11-23 14:10'] as const;

  test('is late on every screen, and the subscriber is told so', async () => {
    const env = { ...THREE_DAYS_LATER, OSS_LANG: 'ko' };
    const { items } = await house.json(['order', 'list', '--late'], { env });
    expect(items.map(({ orderId }: { orderId: string }) => orderId)).toContain(id);
    expect((await house.json(['status', id], { env })).late).toMatchObject({ level: 'critical' });
    const page = await house.oss(['mypage', id, '--phone-last4', '5678'], { env });
    expect(page.stdout).toContain('방문이 늦어지고 있습니다');
    expect(page.stdout).not.toContain('작업자가 가고 있습니다');
  });

  test('is refused off a terminal without -y', async () => {
    const { code, stderr } = await house.oss(revisit(), { env: THREE_DAYS_LATER });
    expect([code, stderr]).toEqual([2, expect.stringContaining('add -y when the time is right')]);
  });

  test('is asked about on a terminal, and marked', async () => {
    const [, , , ...rest] = revisit();
    const asked = typing(
      `field revisit ${id} ${rest.map((word) => `'${word}'`).join(' ')}`,
      THREE_DAYS_LATER,
    );
    await answer(asked, /\(y\/N\)/, 'y\r');
    const { code, seen } = await asked.ended;
    expect(code, seen).toBe(0);
    expect((await house.oss(['events', id])).stdout).toMatch(/FieldWorkStarted .*entered/);
  });
});

describe('a backup', () => {
  test('is looked at before anybody is asked about it', async () => {
    const asked = typing(`db restore '${house.folder}'`);
    const { code, seen } = await asked.ended;
    expect([code, seen]).toEqual([78, expect.stringContaining('is no backup that can be restored')]);
    expect(seen).not.toContain('(y/N)');
  });

  test('makes no folder', async () => {
    const { code, stderr } = await house.oss(['db', 'backup', join(house.folder, 'bakcups/monday.db')]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('mkdir -p')]);
    // The database's own files come and go beside it.
    expect(readdirSync(house.folder)).not.toContain('bakcups');
  });
});

/** A line of shell with the program in it as `oss`. */
const sh = (line: string, env: NodeJS.ProcessEnv = {}) =>
  spawnSync('bash', ['-c', `oss() { '${process.execPath}' '${OSS}' "$@"; }; ${line}`], {
    env: { ...house.env, ...env },
    encoding: 'utf8',
  });

describe('where nothing, or not what was meant, is typed', () => {
  test.each([
    'oss order cancel - --code TEST -y </dev/null',
    ': | oss order cancel - --code TEST -y',
    'oss status - <&-',
  ])('no ids are nothing to do: %s', async (line) => {
    const head = await house.head();
    const { status, stderr } = sh(line);
    expect([status, stderr]).toEqual([0, '']);
    expect(await house.head()).toBe(head);
  });

  test.each(['Access denied', '<!DOCTYPE html><html></html>', 'key,nmae,phone,address,internet,tv', ''])(
    'no file of orders is an error, from a file and from a pipe: %s',
    async (text) => {
      const head = await house.head();
      const file = join(house.folder, 'export.csv');
      writeFileSync(file, text);
      for (const line of [
        `oss batch run '${file}' --op order.new`,
        `oss batch run - --op order.new < '${file}'`,
        `cat '${file}' | oss batch run -`,
        `oss technician import '${file}'`,
      ]) {
        const { status, stdout } = sh(line);
        expect([line, status, stdout]).toEqual([line, 65, '']);
      }
      expect(await house.head()).toBe(head);
      expect((await house.json(['batch', 'list'])).items).toEqual([]);
    },
  );

  test('a stream without rows is nothing to do', () => {
    expect(sh(': | oss batch run - --op order.cancel --format ndjson').status).toBe(0);
  });
});

test('a proxy that is not used is told of by whoever asks the peers', () => {
  const { stderr } = sh(
    'oss doctor; oss order new --name 김 --phone 010-1111-2222 --address x --internet 1',
    {
      ...{ OSS_HOME: join(house.folder, 'real'), OSS_LANG: 'ko', HTTPS_PROXY: 'http://127.0.0.1:1' },
      // Names that never lead anywhere.
      ...{ OSS_NE_URL: 'https://ne.invalid', OSS_TM_URL: 'https://tm.invalid', OSS_NOW: '' },
    },
  );
  expect(stderr).toContain('HTTPS_PROXY가 설정되어 있지만 쓰지 않고 NE에 직접 연결합니다');
});
