import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeskHome, deskHome } from '../../testing/cli/desk.fixture.ts';

const RACERS = 16;

let desk: DeskHome;
beforeEach(async () => {
  desk = await deskHome();
});
afterEach(() => desk.close());

/** Every call of the program opens the database file by itself. */
const together = (lines: readonly (readonly string[])[]) => Promise.all(lines.map((line) => desk.oss(line)));

describe('many who want one slot', () => {
  it('get it once: the others are told the next free ones', async () => {
    const ids: string[] = [];
    for (let i = 0; i < RACERS; i += 1) ids.push(await desk.place());
    const at = ['--technician', 'T-01', '--at', '2026-11-25 10:00', '--no-call'];
    const runs = await together(ids.map((id) => ['schedule', 'assign', id, ...at]));
    expect(runs.map(({ exitCode }) => exitCode).sort()).toEqual([
      0,
      ...Array.from({ length: RACERS - 1 }, () => 4),
    ]);
    for (const { exitCode, stderr } of runs) {
      if (exitCode === 4) expect(stderr).toContain('free from then on: 2026-11-25 11:30');
    }
    expect(await desk.calendar()).toHaveLength(1);
  });

  it('all get another one when they leave the choice open, and nobody is at two places', async () => {
    const ids: string[] = [];
    for (let i = 0; i < RACERS; i += 1) ids.push(await desk.place());
    const runs = await together(ids.map((id) => ['schedule', 'assign', id, '--no-call']));
    expect(runs.map(({ exitCode }) => exitCode)).toEqual(Array.from({ length: RACERS }, () => 0));
    const calendar = await desk.calendar();
    expect(calendar).toHaveLength(RACERS);
    const starts = calendar.map(({ technicianId, slot }) => `${technicianId} ${slot.start}`);
    expect(new Set(starts).size).toBe(RACERS);
  });

  it('of two holds for one order the later replaces the earlier, and one stands', async () => {
    const id = await desk.place();
    const times = ['10:00', '11:30', '13:00', '14:30'];
    const runs = await together(
      times.map((time) => [
        'schedule',
        'assign',
        id,
        '--technician',
        'T-01',
        '--at',
        `2026-11-25 ${time}`,
        '--no-call',
      ]),
    );
    expect(runs.every(({ exitCode }) => exitCode === 0)).toBe(true);
    expect(await desk.calendar()).toHaveLength(1);
  });
});
