import { afterAll, beforeAll, expect, test } from 'vitest';
import { CALLS, EIO, ENOSPC, type FailingDisk, failingDisk, faultsOf, NEW } from './failing-disk.ts';

let disk: FailingDisk | null = null;
beforeAll(async () => {
  const opened = await failingDisk();
  if ('reason' in opened) process.stderr.write(`NOT PROVEN HERE, failing disks: ${opened.reason}\n`);
  else disk = opened;
});
afterAll(() => disk?.close());

// Calls of each kind wherever they are: failing-disk.full.ts. Here one of each, in the middle of the command.
test.for([
  ...CALLS.map((call) => [call, EIO] as const),
  ['write', ENOSPC] as const,
  ['sync', ENOSPC] as const,
])(
  'a disk that fails at a call to %s (error %i): in words, nothing lost, nothing twice',
  async ([call, errno], { skip }) => {
    if (disk === null) return skip('no C compiler');
    const calls = (await disk.count(NEW)).get(call) ?? 0;
    expect(calls, 'the program makes such calls').toBeGreaterThan(0);
    const nth = Math.ceil(calls / 2);
    // Writes fail from there on for good.
    const times = call === 'write' ? 1_000_000 : 1;
    expect(await faultsOf(disk, { call, nth, errno, times })).toEqual([]);
  },
);
