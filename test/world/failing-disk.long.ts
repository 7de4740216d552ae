import { afterAll, beforeAll, expect, test } from 'vitest';
import { CALLS, EIO, ENOSPC, type FailingDisk, failingDisk, faultsOf, NEW } from './failing-disk.ts';

let disk: FailingDisk | null = null;
beforeAll(async () => {
  const opened = await failingDisk();
  if ('reason' in opened) process.stderr.write(`NOT PROVEN HERE, failing disks: ${opened.reason}\n`);
  else disk = opened;
});
afterAll(() => disk?.close());

test.for([
  ...CALLS.map((call) => [call, EIO] as const),
  ['write', ENOSPC] as const,
  ['sync', ENOSPC] as const,
])(
  'a disk that fails once, at every single call to %s (error %i)',
  { timeout: 3_600_000 },
  async ([call, errno], { skip }) => {
    if (disk === null) return skip('no C compiler');
    const calls = (await disk.count(NEW)).get(call) ?? 0;
    const faults: string[] = [];
    for (let nth = 1; nth <= calls; nth += 1) faults.push(...(await faultsOf(disk, { call, nth, errno })));
    expect(faults).toEqual([]);
  },
);
