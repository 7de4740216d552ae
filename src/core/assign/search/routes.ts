import { FAR, type PlanProblem, type Shift, type Starts, type Task } from './problem.ts';

/**
 * One shift as it is being filled, by time. A stop is a visit that stands (task -1) or a placed task. `early` is when it
 * begins if all before it begin as early as they may, `late` the latest at which all after it can still be kept: a task fits
 * between two stops if its first start after the one is no later than its last start before the other.
 */
export type Route = {
  task: number[];
  /** The starts that the task may have, narrowed to a wish where it is to be met; null: it stands. */
  starts: (Starts | null)[];
  /** It begins no sooner than that, so that a break is left before it; -1: as early as it may. */
  notBefore: number[];
  place: number[];
  minutes: number[];
  early: number[];
  late: number[];
  /** Changes with every change: what was found out about another stamp is not true any more. */
  stamp: number;
};

/** Where a task fits best into a route, and the points that it costs there; null: nowhere. */
export type Fit = {
  readonly at: number;
  readonly cost: number;
  /** It begins no sooner than that, so that a break is left before it; -1: as early as it may. */
  readonly notBefore: number;
};

export const copyOf = (route: Route): Route => ({
  task: route.task.slice(),
  starts: route.starts.slice(),
  notBefore: route.notBefore.slice(),
  place: route.place.slice(),
  minutes: route.minutes.slice(),
  early: route.early.slice(),
  late: route.late.slice(),
  stamp: route.stamp,
});

const nextStart = ({ next }: Starts, at: number): number => next[at < 0 ? 0 : at] ?? FAR;
const lastStart = ({ last }: Starts, at: number): number =>
  at < 0 ? -1 : (last[at >= last.length ? last.length - 1 : at] ?? -1);

/** What the search reads of routes, and does to them. */
export type Routes = {
  readonly empty: (shift: number, stamp: number) => Route;
  readonly bestFit: (route: Route, shift: number, task: Task, starts: Starts) => Fit | null;
  readonly insert: (
    route: Route,
    shift: number,
    at: number,
    stop: { readonly task: number; readonly starts: Starts; readonly notBefore: number },
  ) => void;
  readonly remove: (route: Route, shift: number, at: number) => void;
  /** Whether its break is left. What is removed lets others begin earlier, perhaps in the middle of it. */
  readonly hasBreak: (route: Route, shift: number) => boolean;
  /** What its ways cost, in minutes. */
  readonly travelOf: (route: Route, shift: number) => number;
};

export const routesOf = ({ tasks, shifts, ways, tolls, places, costs }: PlanProblem): Routes => {
  const way = (from: number, to: number): number =>
    from < 0 || to < 0 ? 0 : (ways[from * places + to] ?? FAR);
  const toll = (from: number, to: number): number =>
    from < 0 || to < 0 ? 0 : Math.min(FAR, tolls[from * places + to] ?? FAR);
  const shiftAt = (shift: number): Shift => shifts[shift] as Shift;

  /** Both passes. A stop that stands is a fact: the passes do not test the ways beside it. */
  const reckon = (route: Route, { start, end, base, fixed }: Shift): void => {
    const { task, starts, notBefore, place, minutes, early, late } = route;
    const n = task.length;
    let free = start;
    let from = base;
    let nth = 0;
    for (let i = 0; i < n; i += 1) {
      const own = starts[i] ?? null;
      const at =
        own === null
          ? (fixed[nth++]?.start ?? 0)
          : nextStart(own, Math.max(start, notBefore[i] ?? -1, free + way(from, place[i] ?? -1)));
      early[i] = at;
      free = at + (minutes[i] ?? 0);
      from = place[i] ?? -1;
    }
    let until = end;
    let to = base;
    for (let i = n - 1; i >= 0; i -= 1) {
      const own = starts[i] ?? null;
      const at =
        own === null
          ? (early[i] ?? 0)
          : lastStart(own, Math.min(end, until - way(place[i] ?? -1, to)) - (minutes[i] ?? 0));
      late[i] = at < (notBefore[i] ?? -1) ? -1 : at;
      until = late[i] ?? -1;
      to = place[i] ?? -1;
    }
  };

  const empty = (shift: number, stamp: number): Route => {
    const { fixed } = shiftAt(shift);
    const route: Route = {
      task: fixed.map(() => -1),
      starts: fixed.map(() => null),
      notBefore: fixed.map(() => -1),
      place: fixed.map(({ place }) => place),
      minutes: fixed.map(({ start, end }) => end - start),
      early: [],
      late: [],
      stamp,
    };
    reckon(route, shiftAt(shift));
    return route;
  };

  /** Whether a break is left when a task lies at `at`, beginning at `begins`, and all others as early as they may. */
  const keepsBreak = (
    route: Route,
    shift: Shift,
    at: number,
    task: Pick<Task, 'place' | 'minutes'>,
    begins: number,
  ): boolean => {
    if (shift.break === null) return true;
    const { minutes: needed, from: first, to: last } = shift.break;
    const fits = (a: number, b: number): boolean => Math.min(b, last) - Math.max(a, first) >= needed;
    const n = route.task.length;
    let free = shift.start;
    let from = shift.base;
    for (let i = 0; i <= n; i += 1) {
      // The stop itself comes before the one whose place it takes.
      for (let own = i === at ? 0 : 1; own < 2; own += 1) {
        if (own === 1 && i === n) break;
        const place = own === 0 ? task.place : (route.place[i] ?? -1);
        const length = own === 0 ? task.minutes : (route.minutes[i] ?? 0);
        const there = way(from, place);
        const starts = route.starts[i] ?? null;
        const begin =
          own === 0
            ? begins
            : i < at || starts === null
              ? (route.early[i] ?? 0)
              : nextStart(starts, Math.max(route.notBefore[i] ?? -1, free + there));
        if (fits(free, begin - there) || fits(free + there, begin)) return true;
        free = begin + length;
        from = place;
      }
    }
    const home = way(from, shift.base);
    return fits(free, shift.end - home) || fits(free + home, shift.end);
  };

  const bestFit = (route: Route, shiftId: number, task: Task, starts: Starts): Fit | null => {
    const shift = shiftAt(shiftId);
    const n = route.task.length;
    const count = n - shift.fixed.length;
    if (count >= shift.room) return null;
    const load = n;
    const fuller = Math.floor((costs.fullDay * (2 * load + 1)) / Math.max(1, shift.limit));
    let best = -1;
    let notBefore = -1;
    let least = Number.POSITIVE_INFINITY;
    const { place, minutes, early, late } = route;
    for (let at = 0; at <= n; at += 1) {
      const free = at === 0 ? shift.start : (early[at - 1] ?? 0) + (minutes[at - 1] ?? 0);
      // What comes later only begins later.
      if (free > shift.end) break;
      const from = at === 0 ? shift.base : (place[at - 1] ?? -1);
      const there = way(from, task.place);
      const begins = nextStart(starts, Math.max(shift.start, free + there));
      if (begins + task.minutes > shift.end) continue;
      const to = at === n ? shift.base : (place[at] ?? -1);
      const on = way(task.place, to);
      const until = at === n ? shift.end : (late[at] ?? -1);
      if (begins + task.minutes + on > until) continue;
      const direct = n === 0 ? 0 : toll(from, to);
      const added = toll(from, task.place) + toll(task.place, to) - (direct >= FAR ? 0 : direct);
      const cost = added * costs.travelMinute + fuller;
      if (cost >= least) continue;
      if (keepsBreak(route, shift, at, task, begins)) {
        least = cost;
        best = at;
        notBefore = -1;
        continue;
      }
      // A break before it, then.
      const rested = Math.max(free, Math.ceil(shift.break?.from ?? 0)) + (shift.break?.minutes ?? 0);
      const later = nextStart(starts, Math.max(shift.start, rested + there));
      if (later + task.minutes + on > until || later + task.minutes > shift.end) continue;
      if (!keepsBreak(route, shift, at, task, later)) continue;
      least = cost;
      best = at;
      notBefore = later;
    }
    return best < 0 ? null : { at: best, cost: least, notBefore };
  };

  const insert: Routes['insert'] = (route, shift, at, { task, starts, notBefore }) => {
    const { place, minutes } = tasks[task] as Task;
    route.task.splice(at, 0, task);
    route.starts.splice(at, 0, starts);
    route.notBefore.splice(at, 0, notBefore);
    route.place.splice(at, 0, place);
    route.minutes.splice(at, 0, minutes);
    route.early.splice(at, 0, 0);
    route.late.splice(at, 0, 0);
    reckon(route, shiftAt(shift));
  };

  const remove: Routes['remove'] = (route, shift, at) => {
    for (const list of [
      route.task,
      route.starts,
      route.notBefore,
      route.place,
      route.minutes,
      route.early,
      route.late,
    ])
      list.splice(at, 1);
    reckon(route, shiftAt(shift));
  };

  const travelOf: Routes['travelOf'] = (route, shift) => {
    const { base } = shiftAt(shift);
    if (route.task.length === 0) return 0;
    let sum = 0;
    let from = base;
    for (const to of [...route.place, base]) {
      const minutes = toll(from, to);
      sum += minutes >= FAR ? 0 : minutes;
      from = to;
    }
    return sum;
  };

  const hasBreak: Routes['hasBreak'] = (route, shift) =>
    keepsBreak(route, shiftAt(shift), -1, { place: -1, minutes: 0 }, 0);

  return { empty, bestFit, insert, remove, hasBreak, travelOf };
};
