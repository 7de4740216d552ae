import { expect } from 'vitest';
import { countRuns } from '../support/count-runs.ts';
import { eachOf } from '../support/real-process.ts';
import { type Come, comeTo, type House, newHouse, traceOf, tracing } from './house.ts';
import { AGAIN_MS, DRAIN_MS, DRAINED, type Life, type Line } from './lives.ts';

type Passed = {
  /** Which pass it is, from 1: each takes another first place of every life, and the places that follow it. */
  readonly pass: number;
  /** How many second places a life takes at most. */
  readonly most?: number;
};

/** A prime that no life's number of places is a multiple of: each place comes once before any comes again. */
const STRIDE = 7_919;
/** Longer than the lease of who was killed. */
const AFTER_A_KILL_MS = 120_000;

/** A place of a life at which the power goes first. */
type Place = { readonly index: number; readonly point: string };
/** One command of the life that goes on after the first kill. */
type Play = { readonly line: Line; readonly index: number; readonly laterMs: number };
/** What it was before each of them, and the places that each passed. */
type Traced = Play & { readonly before: House; readonly points: readonly string[] };

/** `a`, `b`, `a` as `a:1`, `b:1`, `a:2`. */
const numbered = (names: readonly string[]): readonly string[] => {
  const counts = new Map<string, number>();
  return names.map((name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return `${name}:${count}`;
  });
};

/** Every place that a life passes, by line, and what it comes to in the end. */
const undisturbed = async ({ lines }: Life) => {
  const house = await newHouse();
  const places: Place[] = [];
  for (const [index, line] of lines.entries()) {
    await house.play(line, index, { env: tracing(house) });
    for (const point of numbered(traceOf(house))) places.push({ index, point });
  }
  await house.play(DRAINED, lines.length, { laterMs: DRAIN_MS });
  const end = await comeTo(house, lines.length);
  await house.remove();
  return { places, end };
};

/** Who got no answer types it again, and a worker drains; then the life goes on. */
const playsAfter = ({ lines }: Life, killed: number): readonly Play[] =>
  lines.slice(killed).flatMap((line, n) => {
    const index = killed + n;
    return [
      { line, index, laterMs: n === 0 ? AGAIN_MS : 0 },
      { line: DRAINED, index, laterMs: DRAIN_MS },
    ];
  });

/** The life up to its first kill; null: the process did not die. */
const killedOnce = async ({ lines }: Life, { index, point }: Place): Promise<House | null> => {
  const house = await newHouse();
  for (const [at, line] of lines.slice(0, index + 1).entries()) {
    const { signal } = await house.play(line, at, at === index ? { env: { OSS_CRASH_POINT: point } } : {});
    if (signal === 'SIGKILL') return house;
  }
  await house.remove();
  return null;
};

/** Goes on after the first kill, and notes what there is to be killed: less than in a life that nobody disturbs. */
const goOn = async (life: Life, house: House, { index }: Place): Promise<readonly Traced[]> => {
  const traced: Traced[] = [];
  for (const play of playsAfter(life, index)) {
    const before = await house.copy();
    await house.play(play.line, play.index, { laterMs: play.laterMs, env: tracing(house) });
    traced.push({ ...play, before, points: numbered(traceOf(house)) });
  }
  return traced;
};

/** Kills it a second time, and lives it to its end. Whether the process died, and what all came to. */
const killedAgain = async (
  life: Life,
  { traced, at, point }: { traced: readonly Traced[]; at: number; point: string },
): Promise<{ readonly died: boolean; readonly come: Come } | null> => {
  const [struck, ...rest] = traced.slice(at);
  const house = await struck?.before.copy();
  if (struck === undefined || house === undefined) return null;
  try {
    const { line, index, laterMs } = struck;
    const { signal } = await house.play(line, index, { laterMs, env: { OSS_CRASH_POINT: point } });
    for (const play of [struck, ...rest]) {
      const late = play.index === index ? AFTER_A_KILL_MS : 0;
      await house.play(play.line, play.index, { laterMs: play.laterMs + late });
    }
    return { died: signal === 'SIGKILL', come: await comeTo(house, life.lines.length) };
  } finally {
    await house.remove();
  }
};

/** Kills one life at its first place of this pass, and once more at each place after it: it ends as if nobody had. */
export const expectKeptTwice = async (
  life: Life,
  { pass, most = Number.POSITIVE_INFINITY }: Passed,
): Promise<void> => {
  const { places, end } = await undisturbed(life);
  const first = places[((pass - 1) * STRIDE) % places.length];
  expect(first).toBeDefined();
  // All of its places have been the first one in the passes before.
  if (first === undefined || pass > places.length) return;
  const house = await killedOnce(life, first);
  if (house === null) return;
  const traced = await goOn(life, house, first);
  expect(await comeTo(house, life.lines.length), JSON.stringify(first)).toEqual(end);
  const seconds = traced.flatMap(({ points }, at) => points.map((point) => ({ at, point }))).slice(0, most);
  let killed = 0;
  await eachOf(seconds, 4, async (second) => {
    const ended = await killedAgain(life, { traced, ...second });
    expect(ended?.come, JSON.stringify([first, second])).toEqual(end);
    if (ended?.died === true) killed += 1;
  });
  for (const { before } of traced) await before.remove();
  await house.remove();
  // How often a place is passed can differ by a wait or two; only who died twice is counted.
  expect(killed).toBeGreaterThan(seconds.length * 0.8);
  countRuns(killed);
};
