import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FieldHome, fieldHome } from '../../testing/cli/field.fixture.ts';

let home: FieldHome;
beforeEach(async () => {
  home = await fieldHome();
});
afterEach(() => home.close());

const file = (text: string): string => {
  const path = join(home.env.OSS_HOME ?? '', 'rows.csv');
  writeFileSync(path, text);
  return path;
};

test('a row that is refused says why, with the time as the clock on the wall shows it', async () => {
  const id = await home.scheduled('2026-11-24 10:00');
  const rows = file(`id,at,ont,rx,stb,signed-by\n${id},2026-11-24 10:30,ABCD12345678,-18.5,STB0012345,Kim\n`);
  const line = ['batch', 'run', rows, '--op', 'field.complete', '--json'];
  const threeDaysLater = { env: { ...home.env, OSS_NOW: '2026-11-27T00:00:00.000Z' } };
  for (const more of [['--dry-run'], []]) {
    const { exitCode, stdout } = await home.oss([...line, ...more], threeDaysLater);
    expect(exitCode, stdout).toBe(7);
    const [{ code, message }] = JSON.parse(stdout).failures;
    expect([code, message]).toEqual([
      'LATE_ENTRY',
      expect.stringMatching(/2026-11-24 10:30.* \(with -y it is recorded, .*\)/),
    ]);
    expect(message).not.toContain('T01:30');
  }
  expect((await home.oss([...line, '-y'], threeDaysLater)).exitCode).toBe(0);
});

test('so does one that its actor may not do', async () => {
  const id = await home.scheduled('2026-11-24 10:00');
  const rows = file(`id,code\n${id},NO_ACCESS\n`);
  const another = { env: { ...home.env, OSS_ACTOR: 'technician:T-02' } };
  const { stdout } = await home.oss(['batch', 'run', rows, '--op', 'field.revisit', '--json'], another);
  expect(JSON.parse(stdout).failures).toMatchObject([
    { code: 'DENIED', message: expect.stringMatching(/may not do .* \(it is the visit of T-\d+, .*\)$/) },
  ]);
});
