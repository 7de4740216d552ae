import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fileDrafts } from './drafts.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'oss-drafts-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

it('keeps a draft by command, readable by its owner only, until it is dropped', async () => {
  const drafts = fileDrafts({ OSS_HOME: home });
  expect(await drafts.load('order new')).toBeNull();
  await drafts.save('order new', { flags: { name: ['홍길동'] } });
  expect(await drafts.load('order new')).toEqual({ flags: { name: ['홍길동'] } });
  expect((await stat(join(home, 'drafts', 'order-new.json'))).mode & 0o777).toBe(0o600);
  await drafts.drop('order new');
  expect(await drafts.load('order new')).toBeNull();
});

it('takes a draft that cannot be read for none', async () => {
  const drafts = fileDrafts({ OSS_HOME: home });
  await drafts.save('x', {});
  await writeFile(join(home, 'drafts', 'x.json'), '{');
  expect(await drafts.load('x')).toBeNull();
});
