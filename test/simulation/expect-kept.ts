import { expect } from 'vitest';
import { addedUp, type Counts, NO_COUNTS } from './counts.ts';
import { parseSpared, type Spared, showSpared } from './happenings.ts';
import { runSchedule } from './schedule.ts';
import { shrink } from './shrink.ts';

/** Lives of one part. OSS_LONG_SCHEDULES: another number of them. */
export const SCHEDULES = Number(process.env.OSS_LONG_SCHEDULES ?? 200);

/** Too few lives to be judged by how much happened in them. */
const FEW = 150;

/** What is left out of a life that is repeated by its seed. */
const SPARED = parseSpared(process.env.SIMULATION_SPARED ?? '');

/**
 * Runs one schedule. A broken promise is shrunk: what of the life it does not need is left out, and the one command that
 * repeats the rest is told, with the rest itself.
 */
export const expectKept = async (seed: number, spared: Spared = SPARED): Promise<Counts> => {
  const { broken, counts, happened } = await runSchedule(seed, spared);
  if (broken.length > 0) {
    const without = await shrink(happened, async (more) => {
      const shorter = await runSchedule(seed, new Set([...spared, ...more]));
      return shorter.broken.length > 0;
    });
    const all = new Set([...spared, ...without]);
    const rest = await runSchedule(seed, all);
    const left = `${happened - [...all].filter((one) => one <= happened).length} of ${happened} happenings are left`;
    const repeat = `SIMULATION_SEED=${seed} SIMULATION_SPARED=${showSpared(all)} npx vitest run test/simulation/seeds.test.ts`;
    expect.fail([`seed ${seed}: ${left}; repeat with: ${repeat}`, ...rest.broken, ...rest.trace].join('\n'));
  }
  return counts;
};

/** What so many schedules did together. */
export const expectAllKept = async (seeds: Iterable<number>): Promise<Counts> => {
  let sum = NO_COUNTS;
  for (const seed of seeds) sum = addedUp(sum, await expectKept(seed));
  return sum;
};

/** `count` seeds from `first` on. */
export const seedsFrom = (first: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => first + index);

/** So many schedules are proof only if enough happened in them. */
export const expectALot = ({ deaths, sleeps, steps, naps, stages }: Counts, schedules: number): void => {
  if (schedules < FEW) return;
  expect(deaths).toBeGreaterThan(schedules);
  expect(sleeps).toBeGreaterThan(schedules / 10);
  expect(steps).toBeGreaterThan(schedules / 10);
  expect(naps).toBeGreaterThan(schedules / 20);
  for (const stage of ['completed', 'cancelled', 'returned', 'held', 'tm-queue', 'customer-pending']) {
    expect(stages[stage] ?? 0, stage).toBeGreaterThan(schedules / 20);
  }
};
