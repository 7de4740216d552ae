import { FAR, type PlanProblem, type Task } from './problem.ts';

/** How many neighbours a task has. */
const MOST = 120;

/**
 * For each task the others, the nearest first, itself before all. Near is a short way and a time of the day that is alike: such
 * tasks may change places.
 */
export const neighboursOf = ({ tasks, ways, places }: PlanProblem): readonly Int32Array[] => {
  const byPlace = new Map<number, number[]>();
  for (const [task, { place }] of tasks.entries()) byPlace.set(place, [...(byPlace.get(place) ?? []), task]);
  const nearPlaces = new Map<number, readonly number[]>();
  for (const from of byPlace.keys()) {
    const others = [...byPlace.keys()].sort(
      (a, b) => wayOf(ways, places, from, a) - wayOf(ways, places, from, b) || a - b,
    );
    nearPlaces.set(from, others);
  }
  const middles = tasks.map(middleOf);
  return tasks.map((task, own) => {
    const near: number[] = [];
    for (const place of nearPlaces.get(task.place) ?? []) {
      if (near.length >= 2 * MOST) break;
      near.push(...(byPlace.get(place) ?? []).slice(0, 2 * MOST));
    }
    const distance = (other: number): number =>
      other === own
        ? -1
        : wayOf(ways, places, task.place, tasks[other]?.place ?? 0) * 4 +
          Math.abs((middles[other] ?? 0) - (middles[own] ?? 0));
    const sorted = near
      .map((other) => ({ other, far: distance(other) }))
      .sort((a, b) => a.far - b.far || a.other - b.other);
    return Int32Array.from(sorted.slice(0, MOST), ({ other }) => other);
  });
};

const wayOf = (ways: Int32Array, places: number, from: number, to: number): number =>
  from === to ? 0 : (ways[from * places + to] ?? FAR);

/** The middle of the times at which a task may begin, minutes of the day. */
const middleOf = ({ options }: Task): number => {
  const [first] = options;
  if (first === undefined) return 0;
  const from = first.starts.next[0] ?? 0;
  const to = first.starts.last.at(-1) ?? 0;
  return from >= FAR ? 0 : Math.floor((from + Math.max(from, to)) / 2);
};
