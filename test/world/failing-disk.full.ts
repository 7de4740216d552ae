import { afterAll, beforeAll, expect, test } from 'vitest';
import { countRuns } from '../support/count-runs.ts';
import { sampled } from '../support/sampled.ts';
import { CALLS, EIO, ENOSPC, type FailingDisk, failingDisk, faultsOf, NEW } from './failing-disk.ts';

/** Calls of a kind that are struck in one pass; each of them is in some pass, by the seed. */
const MOST = Number(process.env.OSS_LONG_DISK_CALLS ?? 40);
const SEED = Number(process.env.OSS_LONG_SEED ?? 1);

let disk: FailingDisk | null = null;
let made: ReadonlyMap<string, number> = new Map();
beforeAll(async () => {
  const opened = await failingDisk();
  if ('reason' in opened) process.stderr.write(`NOT PROVEN HERE, failing disks: ${opened.reason}\n`);
  else disk = opened;
  made = (await disk?.count(NEW)) ?? made;
}, 60_000);
afterAll(() => disk?.close());

test.for([
  ...CALLS.map((call) => [call, EIO] as const),
  ['write', ENOSPC] as const,
  ['sync', ENOSPC] as const,
])(
  'a disk that fails once, at a call to %s (error %i), wherever in the command it is',
  async ([call, errno], { skip }) => {
    if (disk === null) return skip('no C compiler');
    const struck = sampled(made.get(call) ?? 0, { most: MOST, seed: SEED });
    expect(struck.length, 'the program makes such calls').toBeGreaterThan(0);
    const faults: string[] = [];
    for (const nth of struck) faults.push(...(await faultsOf(disk, { call, nth, errno })));
    countRuns(struck.length);
    expect(faults).toEqual([]);
  },
);
