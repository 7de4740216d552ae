import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DeskHome, deskHome, technician } from '../../testing/cli/desk.fixture.ts';

let desk: DeskHome;
beforeEach(async () => {
  desk = await deskHome([technician('T-01'), technician('T-02', { areas: ['분당구', '유성구'] })]);
});
afterEach(() => desk.close());

/** A time that passes while the test runs may be shown as 0 s or 1 s. */
const steady = (text: string): string => text.replaceAll(/\b[0-9] s of /g, '0 s of ');

it('reads like this at the desk', async () => {
  const shots: string[] = [];
  const shot = async (words: readonly string[], columns: number, lang: 'en' | 'ko' = 'en'): Promise<void> => {
    const { stdout, stderr, exitCode } = await desk.oss([...words, '--lang', lang], { columns });
    const typed = words.map((word) => (word.includes(' ') ? `"${word}"` : word)).join(' ');
    shots.push(
      `$ oss ${typed}   # ${columns} columns, ${lang}, exit ${exitCode}\n${steady(stdout)}${stderr}`,
    );
  };
  await desk.place({ priority: 'urgent' });
  await desk.place({ priority: 'high', lines: { internet: 1, tv: 2 } });
  await desk.place({ area: '유성구', wishes: { prefer: 'pm' } });
  await desk.place({ area: '제주시', priority: 'low' });
  await shot(['schedule', 'queue'], 140);
  await shot(['schedule', 'slots', '3', '--top', '2'], 120);
  await shot(['schedule', 'slots', '3'], 100);
  await shot(['schedule', 'slots', '3'], 60, 'ko');
  await shot(['schedule', 'assign', '1'], 100);
  await shot(['schedule', 'assign', '2', '--technician', 'T-01', '--at', '2026-11-24 09:45'], 100);
  await shot(['schedule', 'plan'], 120);
  await shot(['schedule', 'plan', '-y'], 120, 'ko');
  await shot(['schedule', 'move', '1', '--technician', 'auto', '--code', 'TECHNICIAN_UNAVAILABLE'], 100);
  await shot(['schedule', 'board'], 120);
  await shot(['schedule', 'board'], 50, 'ko');
  await shot(['technician', 'off', 'T-02', '--date', '2026-11-24'], 120);
  await shot(['technician', 'list'], 120);
  await expect(shots.join('\n')).toMatchFileSnapshot('schedule.golden.txt');
});
