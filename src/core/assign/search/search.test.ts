import { describe, expect, it } from 'vitest';
import { dice } from './dice.ts';
import { FAR, type PlanProblem, type Shift, startsOf, type Task } from './problem.ts';
import { search, searching } from './search.ts';

const day = (changes: Partial<Shift> = {}): Shift => ({
  start: 540,
  end: 1_080,
  base: -1,
  room: 9,
  limit: 9,
  fixed: [],
  break: null,
  ...changes,
});
const grid = startsOf(Array.from({ length: 48 }, (_, i) => i * 30));
const task = (changes: Partial<Task> = {}, shifts: readonly number[] = [0]): Task => ({
  value: 1_000,
  minutes: 60,
  place: 0,
  options: shifts.map((shift) => ({ shift, starts: grid, points: 0, wished: null })),
  ...changes,
});
/** A line of places, ten minutes from each to the next. */
const line = (places: number): Int32Array =>
  Int32Array.from(
    { length: places * places },
    (_, i) => Math.abs(Math.floor(i / places) - (i % places)) * 10,
  );
const problem = (
  tasks: readonly Task[],
  shifts: readonly Shift[],
  changes: Partial<PlanProblem> = {},
): PlanProblem => ({
  tasks,
  shifts,
  ways: line(8),
  tolls: changes.ways ?? line(8),
  places: 8,
  costs: { travelMinute: 1, fullDay: 0 },
  ...changes,
});
const times = (solution: ReturnType<typeof search>) =>
  solution.placed.map(({ task: id, start }) => [id, start]);
const options = { seed: 1, iterations: 300 };

describe('a plan', () => {
  it('leaves out what is worth least when there is no room for all', () => {
    const tasks = [10, 500, 300, 400].map((value) => task({ value }));
    const { placed } = search(problem(tasks, [day({ room: 3 })]), options);
    expect(placed.map((one) => one.task)).toEqual([1, 2, 3]);
  });

  it('drives the shortest way round: out along the line and home', () => {
    const tasks = [5, 1, 3, 2].map((place) => task({ place }));
    const { placed, travel } = search(problem(tasks, [day({ base: 0 })]), options);
    expect(placed).toHaveLength(4);
    expect(travel).toBe(100);
  });

  it('lets the way between two visits pass, and keeps to the starts that are allowed', () => {
    const tasks = [task({ place: 0 }), task({ place: 4 })];
    expect(
      times(search(problem(tasks, [day()]), options))
        .map(([, start]) => start)
        .sort(),
    ).toEqual([540, 660]);
    const late = startsOf([600]);
    const one = task({ options: [{ shift: 0, starts: late, points: 0, wished: null }] });
    expect(times(search(problem([one], [day()]), options))).toEqual([[0, 600]]);
  });

  it('keeps clear of what stands, and of its ways', () => {
    const fixed = [{ start: 660, end: 720, place: 5 }];
    const tasks = Array.from({ length: 8 }, () => task());
    const starts = times(search(problem(tasks, [day({ fixed })]), options)).map(([, start]) => start ?? 0);
    for (const start of starts) expect(start + 60 + 50 <= 660 || start >= 720 + 50).toBe(true);
    expect(starts).toHaveLength(6);
  });

  it('ends with the day, also where somebody stands later', () => {
    const fixed = [{ start: 1_140, end: 1_200, place: 0 }];
    const tasks = [task(), task()];
    const short = day({ start: 720, end: 780, fixed });
    expect(times(search(problem(tasks, [short]), options)).map(([, start]) => start)).toEqual([720]);
    const early = day({ fixed: [{ start: 300, end: 360, place: 0 }] });
    expect(times(search(problem([task()], [early]), options))).toEqual([[0, 540]]);
  });

  it('ends with the shift, though a visit stands after it', () => {
    const fixed = [{ start: 1_380, end: 1_440, place: 0 }];
    // Of three hours in a row only the first lies in the shift.
    const starts = startsOf([1_020, 1_080, 1_140]);
    const tasks = [0, 1, 2].map(() => task({ options: [{ shift: 0, starts, points: 0, wished: null }] }));
    expect(times(search(problem(tasks, [day({ fixed })]), options)).map(([, start]) => start)).toEqual([
      1_020,
    ]);
  });

  it('goes nowhere where nobody drives', () => {
    const ways = line(8).map((minutes, i) => (i === 1 || i === 8 ? FAR : minutes));
    const tasks = [task({ place: 0 }), task({ place: 1 })];
    expect(search(problem(tasks, [day()], { ways }), options).placed).toHaveLength(1);
    expect(search(problem(tasks, [day({ base: 1 })], { ways }), options).placed).toEqual([
      expect.objectContaining({ task: 1 }),
    ]);
  });

  it('meets a wish where it costs less than it is worth', () => {
    const pm = startsOf([720, 750, 780]);
    const wished = (points: number) =>
      task({ options: [{ shift: 0, starts: grid, points: 0, wished: { starts: pm, points } }] });
    expect(times(search(problem([wished(300)], [day()]), options))).toEqual([[0, 720]]);
    expect(times(search(problem([wished(-1)], [day()]), options))).toEqual([[0, 540]]);
  });

  it('keeps a break free', () => {
    const tasks = Array.from({ length: 9 }, () => task({ options: task().options }));
    const ways = new Int32Array(64);
    const without = search(problem(tasks, [day()], { ways }), options);
    expect(without.placed).toHaveLength(9);
    const kept = { minutes: 60, from: 675, to: 945 };
    const starts = times(search(problem(tasks, [day({ break: kept })], { ways }), options)).map(
      ([, start]) => start ?? 0,
    );
    expect(starts.length).toBeGreaterThanOrEqual(7);
    const isFree = (at: number): boolean => starts.every((start) => start + 60 <= at || start >= at + 60);
    expect([675, 690, 720, 750, 780, 810, 840, 870, 885].some(isFree)).toBe(true);
  });

  it('spreads the load between days that are alike', () => {
    const tasks = Array.from({ length: 6 }, () => task({}, [0, 1]));
    const { placed } = search(
      problem(tasks, [day(), day()], { costs: { travelMinute: 0, fullDay: 30 } }),
      options,
    );
    expect([0, 1].map((shift) => placed.filter((one) => one.shift === shift).length)).toEqual([3, 3]);
  });
});

describe('the search', () => {
  const throws = dice(7);
  const tasks = Array.from({ length: 40 }, () =>
    task(
      { place: throws.below(8), value: 1_000 * (1 + throws.below(10)), minutes: 30 + 15 * throws.below(7) },
      [0, 1, 2],
    ),
  );
  const hard = problem(tasks, [day({ base: 0 }), day({ base: 4 }), day()]);

  it('is better than its construction, and finds the same with the same seed', () => {
    const first = search(hard, { seed: 3, iterations: 0 });
    const best = search(hard, { seed: 3, iterations: 2_000 });
    expect(best.points).toBeGreaterThan(first.points);
    expect(search(hard, { seed: 3, iterations: 2_000 })).toEqual(best);
  });

  it('counts the points that its visits have', () => {
    const { placed, points, travel } = search(hard, { seed: 5, iterations: 1_500 });
    const value = placed.reduce((sum, one) => sum + (tasks[one.task]?.value ?? 0), 0);
    expect(points).toBe(value - travel);
  });

  it('ends when it is told to, with the best so far, which so many iterations make again', () => {
    const steps = searching(hard, { seed: 3, iterations: 2_000 });
    let step = steps.next(false);
    while (step.done !== true) step = steps.next(step.value.iteration >= 640);
    expect(step.value.iterations).toBe(640);
    expect(search(hard, { seed: 3, iterations: 2_000, endAfter: 640 })).toEqual(step.value);
  });
});
