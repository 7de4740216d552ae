// Plans: how much of the known priority of public instances they keep, and how long large ones take.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ftspFolder, readFtsp } from '../lib/ftsp.mjs';
import { root } from '../lib/library.mjs';
import { sampleHops } from '../lib/sample-plan.mjs';

/** Starts at every minute, or at every half hour. */
const GRIDS = [1, 30];

const solved = ({ search, startsOf, EFFORTS }, instance, { grid, effort }) => {
  const places = instance.places.length;
  const ways = new Int32Array(places * places);
  for (let a = 0; a < places; a += 1) {
    for (let b = 0; b < places; b += 1) {
      const [x, y] = [instance.places[a], instance.places[b]];
      // Whole minutes, rounded up: what is promised can be driven.
      ways[a * places + b] = Math.ceil(Math.hypot(x[0] - y[0], x[1] - y[1]) - 1e-9);
    }
  }
  const shifts = instance.technicians.map(({ start, end }) => ({
    ...{ start, end, base: 0, room: 99, limit: 99, fixed: [], break: null },
  }));
  const tasks = instance.orders.map(({ priority, minutes, from, to, able, place }) => {
    const allowed = [];
    for (let at = from; at + minutes <= to; at += 1) if (at % grid === 0) allowed.push(at);
    const starts = startsOf(allowed);
    const options = able.flatMap((isAble, shift) =>
      isAble ? [{ shift, starts, points: 0, wished: null }] : [],
    );
    return { value: priority * 1_000_000, minutes, place, options };
  });
  const costs = { travelMinute: 1, fullDay: 0 };
  const { placed } = search(
    { tasks, shifts, ways, tolls: ways, places, costs },
    { seed: 1, iterations: EFFORTS[effort] },
  );
  return { placed, kept: driven(instance, placed) };
};

/** The priority of the visits that can be kept when they are driven with the true distances, beside how many were promised. */
const driven = ({ orders, technicians, places }, placed) => {
  let priority = 0;
  let kept = 0;
  const distance = (a, b) => Math.hypot(places[a][0] - places[b][0], places[a][1] - places[b][1]);
  for (const [shift, { start, end }] of technicians.entries()) {
    let [at, free] = [0, start];
    for (const { task, start: promised } of placed
      .filter((one) => one.shift === shift)
      .sort((a, b) => a.start - b.start)) {
      const { place, minutes, from, to, priority: worth, able } = orders[task];
      const arrives = free + distance(at, place);
      const isKept =
        arrives <= promised + 1e-9 && promised >= from && promised + minutes <= to && able[shift];
      const isHome = promised + minutes + distance(place, 0) <= end + 1e-9;
      [at, free] = [place, Math.max(arrives, promised) + minutes];
      if (!isKept || !isHome) continue;
      kept += 1;
      priority += worth;
    }
  }
  return { priority, kept };
};

export const plan = async ({ library, quick }) => {
  const functions = await import(library);
  return [...publicInstances(functions, quick), ...(await samples(functions)), ...large(functions, quick)];
};

const publicInstances = (library, quick) => {
  const folder = ftspFolder(root);
  if (folder === null) {
    process.stderr.write(
      'plan: SKIPPED, no instances: set OSS_FTSP_DIR to a folder with FTSP_*.txt and reference.csv\n',
    );
    return [];
  }
  const instances = quick ? readFtsp(folder).filter(({ name }) => name.includes('_5_')) : readFtsp(folder);
  const rows = [];
  for (const effort of quick ? ['quick'] : ['quick', 'normal', 'thorough']) {
    for (const grid of GRIDS) {
      if (effort !== 'normal' && grid !== 1) continue;
      let [priority, reference, promised, kept, longest] = [0, 0, 0, 0, 0];
      for (const instance of instances) {
        const used = process.cpuUsage();
        const { placed, kept: of } = solved(library, instance, { grid, effort });
        longest = Math.max(longest, process.cpuUsage(used).user);
        priority += of.priority;
        reference += instance.reference;
        promised += placed.length;
        kept += of.kept;
      }
      const least = { quick: null, normal: grid === 1 ? 0.99 : null, thorough: 1 }[effort];
      rows.push({
        what: `FTSP, ${instances.length} instances, ${effort}, starts every ${grid} min: priority kept`,
        measured: (priority / reference).toFixed(4),
        ...(least === null ? { aim: '-' } : { aim: `>= ${least}`, met: priority / reference >= least }),
        floor: '1 (best known)',
      });
      rows.push({
        what: '  promised starts kept; the longest plan',
        measured: `${kept} of ${promised}; ${(longest / 1e6).toFixed(1)} s of one core`,
        aim: '100 %',
        met: kept === promised,
        floor: '-',
      });
    }
  }
  return rows;
};

/** Orders all over the country for two weeks: areas in the order of the sample, technicians each for a few neighbours. */
const largeWorld = ({ DEFAULT_POLICY, travelOf }, { orders, technicians }) => {
  const rows = readFileSync(join(root, 'data', 'samples', 'areas.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1, 229)
    .map((line) => line.split(','))
    .map(([area, lat, lon]) => ({ area, lat: Number(lat), lon: Number(lon), group: null }));
  const day = { from: 540, to: 1_080 };
  const areaAt = (n) => rows[n % rows.length].area;
  const importedAt = '2026-11-22T00:00:00.000Z';
  const people = Array.from({ length: technicians }, (_, i) => ({
    technicianId: `T-${String(i).padStart(3, '0')}`,
    ...{
      name: 'n',
      phone: '010-0000-0000',
      skills: ['internet', 'tv'],
      daysOff: [],
      dailyLimit: 6,
      active: true,
    },
    areas: [0, 1, 2].map((n) => areaAt(i * 3 + n)),
    base: areaAt(i * 3),
    hours: { 1: day, 2: day, 3: day, 4: day, 5: day },
  }));
  const world = {
    technicians: people,
    occupied: [],
    travel: travelOf({ places: { version: 'v', importedAt, rows }, matrix: null }, DEFAULT_POLICY),
    policy: DEFAULT_POLICY,
    now: Date.parse('2026-11-22T23:00:00Z'),
  };
  const requests = Array.from({ length: orders }, (_, i) => ({
    orderId: `ORD-${String(i + 1).padStart(6, '0')}`,
    lines: { internet: 1 + (i % 2), tv: i % 3 === 0 ? 1 : 0 },
    area: areaAt((i * 37) % (technicians * 3)),
    wishes: i % 4 === 0 ? { prefer: i % 8 === 0 ? 'am' : 'pm' } : {},
    offered: null,
    urgency: {
      priority: ['low', 'normal', 'normal', 'high'][i % 4],
      isLate: i % 20 === 0,
      waitedDays: i % 6,
    },
  }));
  return { world, requests };
};

const large = (library, quick) => {
  const sizes = quick
    ? [{ orders: 100, technicians: 20, seconds: null }]
    : [
        { orders: 200, technicians: 33, seconds: 2 },
        { orders: 2_000, technicians: 200, seconds: 30 },
      ];
  return sizes.flatMap(({ orders, technicians, seconds }) => {
    const { world, requests } = largeWorld(library, { orders, technicians });
    const { plan, wall, cpu } = watched(library.planning(requests, world, {}));
    const heap = held(library.planning(requests, world, {}));
    const few = requests.slice(0, 50);
    const [again, once] = [library.planVisits(few, world), library.planVisits(few, world)].map(mark);
    return [
      {
        what: `${orders} orders, ${technicians} technicians, 14 days, normal: ${plan.placed.length} placed`,
        measured: `${cpu.toFixed(1)} s (${wall.toFixed(1)} s on the clock)`,
        ...(seconds === null ? { aim: '-' } : { aim: `<= ${seconds} s of one core`, met: cpu <= seconds }),
        floor: '-',
      },
      {
        what: `  a plan of ${few.length} of them made twice, by its hash`,
        measured: again === once ? once : `${once} and ${again}`,
        aim: 'one, everywhere',
        met: again === once,
        floor: '-',
      },
      {
        what: `  memory that the search of ${orders} orders holds, at first and at most`,
        measured: `${heap.first} and ${heap.most} MB`,
        aim: 'flat',
        met: heap.most <= heap.first * 1.2,
        floor: '-',
      },
    ];
  });
};

/** What tells two plans apart, on this machine and on another one. */
const mark = (plan) => createHash('sha256').update(JSON.stringify(plan)).digest('hex').slice(0, 12);

const samples = async (library) => {
  const rows = [];
  for (const file of ['technicians.csv', 'technicians-base.csv']) {
    const { orders, placed, hops, impossible } = await sampleHops(library, file);
    rows.push({
      what: `${orders} sample orders, ${file}: ${placed} placed; ways that cannot be driven`,
      measured: `${impossible} of ${hops}`,
      aim: '0',
      met: impossible === 0,
      floor: '-',
    });
  }
  return rows;
};

/** Runs a plan; how long it took, by the clock and of a core. */
const watched = (steps) => {
  const [began, used] = [performance.now(), process.cpuUsage()];
  let step = steps.next(false);
  while (step.done !== true) step = steps.next(false);
  return {
    plan: step.value,
    wall: (performance.now() - began) / 1000,
    cpu: process.cpuUsage(used).user / 1e6,
  };
};

/** So many steps of a search from one look at its memory to the next. */
const LOOKED_EVERY = 12;

/** Megabytes of the heap that are in use while a plan is searched, without what is garbage already. */
const held = (steps) => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const looks = [];
  let nth = 0;
  for (let step = steps.next(false); step.done !== true; step = steps.next(false)) {
    nth += 1;
    if (nth % LOOKED_EVERY !== 1) continue;
    collect();
    looks.push(Math.round(process.memoryUsage().heapUsed / 1e6));
  }
  return { first: looks[0] ?? 0, most: Math.max(0, ...looks) };
};
