import { expect } from 'vitest';
import { runSchedule, type ScheduleResult } from './schedule.ts';

/** Lives of one part. OSS_LONG_SCHEDULES: another number of them. */
export const SCHEDULES = Number(process.env.OSS_LONG_SCHEDULES ?? 1_000);

/** Too few lives to be judged by how much happened in them. */
const FEW = 500;

/** Runs one schedule; a broken promise is told with the one command that repeats it. */
export const expectKept = async (seed: number): Promise<ScheduleResult['counts']> => {
  const { broken, trace, counts } = await runSchedule(seed);
  if (broken.length > 0) {
    const repeat = `SIMULATION_SEED=${seed} npx vitest run test/simulation/seeds.test.ts`;
    const told = process.env.SIMULATION_SEED === undefined ? [] : trace;
    expect.fail([`seed ${seed}; repeat with: ${repeat}`, ...broken, ...told].join('\n'));
  }
  return counts;
};

/** What so many schedules did together. */
export const expectAllKept = async (seeds: Iterable<number>): Promise<ScheduleResult['counts']> => {
  let sum: ScheduleResult['counts'] = { orders: 0, events: 0, deaths: 0, sleeps: 0, stages: {} };
  for (const seed of seeds) {
    const { orders, events, deaths, sleeps, stages } = await expectKept(seed);
    sum = {
      orders: sum.orders + orders,
      events: sum.events + events,
      deaths: sum.deaths + deaths,
      sleeps: sum.sleeps + sleeps,
      stages: added(sum.stages, stages),
    };
  }
  return sum;
};

const added = (
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> => {
  const sum = { ...a };
  for (const [stage, count] of Object.entries(b)) sum[stage] = (sum[stage] ?? 0) + count;
  return sum;
};

/** `count` seeds from `first` on. */
export const seedsFrom = (first: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => first + index);

/** So many schedules are proof only if enough happened in them. */
export const expectALot = ({ deaths, sleeps, stages }: ScheduleResult['counts'], schedules: number): void => {
  if (schedules < FEW) return;
  expect(deaths).toBeGreaterThan(schedules);
  expect(sleeps).toBeGreaterThan(schedules / 10);
  for (const stage of ['completed', 'cancelled', 'returned', 'held', 'tm-queue', 'customer-pending']) {
    expect(stages[stage] ?? 0, stage).toBeGreaterThan(schedules / 20);
  }
};
