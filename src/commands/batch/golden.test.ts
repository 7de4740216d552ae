import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCli } from '../../testing/cli/run-cli.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'oss-cli-batch-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const HEADER = 'key,name,phone,address,area,internet,tv\n';
const order = (n: number, internet = '1'): string =>
  `WEB-${n},정하은,010-5577-000${n},"황새울로 ${n}",분당구,${internet},1\n`;
const FILES = {
  'monday.csv': HEADER + order(1) + order(2) + order(3),
  'tuesday.csv': HEADER + order(2) + order(3, '2') + order(4),
  'wrong.csv': `${HEADER}WEB-7,정하은,12,"황새울로 7",분당구,1,1\n${order(8, 'one')}${order(8)}WEB-9,정하은\n`,
  'fixed.csv': HEADER + order(3),
};

it('reads like this at the desk of those who run files', async () => {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(home, name), text);
  const ids: string[] = [];
  /** Ids by their order, the test's folder by a short name, and rates as if all went by in no time. */
  const steady = (text: string): string =>
    text
      .replaceAll(/B-\d{8}-[0-9A-F]{6}/g, (id) => {
        if (!ids.includes(id)) ids.push(id);
        return `B-20261124-00000${ids.indexOf(id) + 1}`;
      })
      .replaceAll(/\(\d+ s ago\)/g, '(now)')
      .replaceAll(/\(\d+초 전\)/g, '(지금)')
      .replaceAll(home, '/home/lee')
      .replaceAll(/\d+\/s/g, '100/s')
      .replaceAll(/초당 \d+/g, '초당 100')
      .replaceAll(/\d+ s left/g, '0 s left')
      .replaceAll(/남은 시간 \d+초/g, '남은 시간 0초');
  const shots: string[] = [];
  let minute = 0;
  type Seen = { readonly columns?: number; readonly lang?: 'en' | 'ko'; readonly tty?: boolean };
  const shot = async (words: readonly string[], seen: Seen = {}): Promise<void> => {
    const { columns = 100, lang = 'en', tty = false } = seen;
    minute += 1;
    const typed = words.map((word) => (Object.hasOwn(FILES, word) ? join(home, word) : word));
    const env = {
      HOME: home,
      OSS_HOME: home,
      OSS_NOW: `2026-11-24T00:${String(minute).padStart(2, '0')}:00.000Z`,
      OSS_ACTOR: 'batch:intake',
    };
    const { stdout, stderr, exitCode } = await runCli([...typed, '--lang', lang], {
      columns,
      stdoutTty: tty,
      env: { ...env, OSS_TZ: 'Asia/Seoul', NO_COLOR: '1' },
    });
    const where = `# ${columns} columns, ${lang}, stdout is ${tty ? 'a terminal' : 'a pipe'}, exit ${exitCode}`;
    shots.push(steady(`$ oss ${words.join(' ')}   ${where}\n${stdout}--- stderr\n${stderr}`));
  };
  const last = (): string => ids.at(-1) ?? '';
  await shot(['batch', 'template', '--op', 'order.new']);
  await shot(['batch', 'template', '--op', 'order.cancel', '--as', 'yaml'], { lang: 'ko' });
  await shot(['batch', 'run', 'wrong.csv', '--op', 'order.new']);
  await shot(['batch', 'run', 'wrong.csv', '--op', 'order.new'], { lang: 'ko' });
  await shot(['batch', 'run', 'monday.csv', '--op', 'order.new', '--dry-run']);
  await shot(['batch', 'run', 'monday.csv', '--op', 'order.new', '-j', '1']);
  await shot(['batch', 'run', 'monday.csv', '--op', 'order.new', '-j', '1'], { tty: true });
  await shot(['batch', 'run', 'tuesday.csv', '--op', 'order.new', '-j', '1'], { tty: true });
  await shot(['batch', 'show', last()]);
  await shot(['batch', 'show', last()], { columns: 58, lang: 'ko' });
  await shot(['batch', 'show', last(), '--failed', '-o', 'csv']);
  await shot(['batch', 'retry', last(), '-j', '1'], { tty: true, lang: 'ko' });
  await shot(['batch', 'retry', last(), '--from-file', 'fixed.csv', '-j', '1'], { tty: true });
  await shot(['batch', 'resume', last()], { tty: true });
  await shot(['batch', 'run', 'fixed.csv', '--op', 'order.new', '--wait', '-j', '1'], {
    tty: true,
    lang: 'ko',
  });
  await shot(['batch', 'list'], { columns: 120 });
  await shot(['batch', 'list'], { columns: 58, lang: 'ko' });
  await shot(['batch', 'show', 'B-20261124-ABCDEF'], { tty: true });
  await expect(shots.join('\n')).toMatchFileSnapshot('batch.golden.txt');
});
