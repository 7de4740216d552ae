import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HONG, type House, openHouse, TECHNICIANS, until } from '../acceptance/house.ts';
import { type OnTerminal, onTerminal } from '../support/on-terminal.ts';
import { OSS } from '../support/real-process.ts';

let house: House;
beforeAll(async () => {
  house = openHouse();
  await house.json(['technician', 'import', TECHNICIANS]);
  await house.json(['order', 'new', ...HONG]);
});
afterAll(() => house.close());

const asking = (line: string): OnTerminal => onTerminal(`'${process.execPath}' '${OSS}' ${line}`, house.env);

/** A line that asks, and what its question shows. */
const QUESTIONS: readonly (readonly [line: string, shows: RegExp])[] = [
  ['order new', /phone/i],
  ['order cancel 1 --code CUSTOMER_CHANGED_MIND', /\(y\/N\)/],
  ['schedule call', /ORD-000001/],
  ['field next', /T-01/],
];

describe.each([
  ['Ctrl-D', '\u0004'],
  ['Ctrl-C', '\u0003'],
])('%s', (_name, key) => {
  test.each(QUESTIONS)(
    'at the question of "%s" leaves it: exit 130, and nothing is changed',
    async (line, shows) => {
      const head = await house.head();
      const asked = asking(line);
      await asked.sees(shows);
      asked.type(key);
      const { code, seen } = await asked.ended;
      expect(code, seen).toBe(130);
      expect(seen).toContain('not answered; nothing was done after it');
      expect(await house.head()).toBe(head);
    },
  );
});

test('Ctrl-D in a line that is begun leaves nothing', async () => {
  const asked = asking('order new');
  await asked.sees(/phone/i);
  asked.type('010-9876-5432\r');
  await asked.sees(/name/i);
  asked.type('김하늘\u0004');
  await asked.sees(/김하늘/);
  asked.type('\r');
  await asked.sees(/address/i);
  asked.type('\u0004');
  expect((await asked.ended).code).toBe(130);
});

describe('Ctrl-Z, and then fg', () => {
  let shell: OnTerminal;
  beforeAll(() => {
    shell = onTerminal('bash --norc --noprofile -i', { ...house.env, PS1: 'shell> ' });
  });
  afterAll(() => shell.kill());

  test('goes on with the question, twice, and the next line is no command of the shell', async () => {
    await shell.sees(/shell> /);
    shell.type(`'${process.execPath}' '${OSS}' order new\r`);
    await shell.sees(/\? .*phone/i);
    shell.type('010-9876-5432\r');
    await shell.sees(/\? .*name/i);
    for (const typed of ['김', '하늘']) {
      shell.type(typed);
      await shell.sees(new RegExp(typed));
      shell.type('\u001a');
      await shell.sees(/Stopped.*shell> /s);
      shell.type('fg\r');
      await shell.sees(/\? .*name.*김/i);
    }
    shell.type('\r');
    await shell.sees(/김하늘.*\? .*address/is);
    shell.type('\u0004');
    await shell.sees(/shell> /);
    shell.type('echo "code $?"\r');
    await shell.sees(/^code 130/m);
    shell.type('exit\r');
    await shell.ended;
  });
});

test('a terminal that is closed takes nothing away from what was typed there', async () => {
  // Without a draft of any other test.
  const home = join(house.folder, 'closed');
  const env = { ...house.env, OSS_HOME: home };
  const shell = onTerminal('bash --norc --noprofile -i', { ...env, PS1: 'shell> ' });
  await shell.sees(/shell> /);
  shell.type(`'${process.execPath}' '${OSS}' order new\r`);
  await shell.sees(/\? .*phone/i);
  shell.type('010-9876-5432\r');
  await shell.sees(/\? .*name/i);
  shell.type('김하늘\r');
  await shell.sees(/\? .*address/i);
  // Its shell tells the program of it once more.
  shell.kill();
  const draft = join(home, 'drafts/order-new.json');
  const kept = () => (existsSync(draft) ? readFileSync(draft, 'utf8') : '');
  await until(kept, (text) => text.endsWith('\n'), 20_000);
  expect(JSON.parse(kept())).toMatchObject({ flags: { phone: ['010-9876-5432'], name: ['김하늘'] } });
});
