import { type MemoryClock, memoryClock } from '../../src/adapters/memory/memory-clock.ts';
import { memoryIds } from '../../src/adapters/memory/memory-ids.ts';
import type { MemoryNeLedger } from '../../src/adapters/memory/memory-ne.ts';
import { memoryProcesses } from '../../src/adapters/memory/memory-processes.ts';
import { memoryStore } from '../../src/adapters/memory/memory-store.ts';
import { readOrder } from '../../src/core/app/write-order.ts';
import type { Finding } from '../../src/core/peers/finding.ts';
import { START } from '../../src/core/ports/cursor.ts';
import type { Store } from '../../src/core/ports/store.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/core/rules/policy.ts';
import { iso } from '../../src/core/time/iso.ts';
import { DAY_MS, HOUR_MS } from '../../src/core/time/units.ts';
import { brokenInvariants, type RunRecord } from '../support/invariants.ts';
import { recordOf } from '../support/run-record.ts';
import { TECHNICIAN } from '../support/saga-world.ts';
import { cancel, complete, giveBack } from './commands.ts';
import type { Counts } from './counts.ts';
import { happenings, type Spared } from './happenings.ts';
import { type Machine, machine } from './machines.ts';
import type { Fate, Fates } from './mortal.ts';
import { stormyPeers } from './peers.ts';
import { type Random, random } from './random.ts';
import { type Town, town } from './town.ts';
import { drawWays, isBeyondKnowing, isSteady, showWays, type Ways } from './ways.ts';
import { napOf, stepOf, weather } from './weather.ts';

export type ScheduleResult = {
  /** One sentence for each promise that was broken; empty: all were kept. */
  readonly broken: readonly string[];
  /** What was done and what struck, in order. */
  readonly trace: readonly string[];
  /** Deaths, sleeps, faults and commands, also those that were spared. */
  readonly happened: number;
  readonly counts: Counts;
};

/** Longer than any request can be under way (rule 3), so that the day may then move on. */
const ALL_ARRIVED_MS = 20_000;
/** The last drain waits for the longest backoffs and the leases of the dead. */
const DRAIN_MS = 1_800_000;

/**
 * One whole life of a small operator, made by the seed alone: one to eight workers, people who give commands, peers
 * that go wrong, processes that die and sleep; then the storm is over, everything is drained, and what is left must
 * keep every promise. `spared`: what of its happenings is left out.
 */
export const runSchedule = async (seed: number, spared: Spared = new Set()): Promise<ScheduleResult> => {
  const { happens, count } = happenings(spared);
  const chaos = random(seed);
  const time = memoryClock('2026-11-24T01:00:00.000Z');
  const store = memoryStore({ secret: 'simulation', refusesNesting: false });
  const danger = chaos.pick([0, 0.5, 1, 3]);
  const ways = drawWays(chaos.fork());
  const safe = danger === 0 && isSteady(ways);
  const peers = stormyPeers(chaos.fork(), time, { ways, safe, happens });
  const auto = chaos.is(0.6);
  const policy: Policy = {
    ...DEFAULT_POLICY,
    schedule: { ...DEFAULT_POLICY.schedule, auto },
    ne: { ...DEFAULT_POLICY.ne, ...ways.timing },
  };
  const processes = memoryProcesses('client/0/0');
  const base = { store, ids: memoryIds(), processes, policy, actor: 'supervisor:test' };
  await store.write(async (tx) => {
    const second = { ...TECHNICIAN, technicianId: 'T-02', name: '박서진' };
    for (const technician of chaos.is(0.5) ? [TECHNICIAN] : [TECHNICIAN, second])
      await tx.technicians.put(technician);
  });
  const trace: string[] = [`danger ${danger}, ${showWays(ways)}`];
  const counts = { orders: 0, events: 0, deaths: 0, sleeps: 0, steps: 0, naps: 0 };
  const note = (line: string): void => {
    trace.push(`${time.monotonic()} ${line}`);
  };
  const struck: Struck = (line, kind) => {
    if (!happens()) return false;
    note(line);
    counts[kind] += 1;
    return true;
  };
  const one = machine('one', time, { upMs: chaos.between(0, DAY_MS) });
  const other = machine('other', time, {
    upMs: chaos.between(0, DAY_MS),
    aheadMs: chaos.between(-3_000, 3_000),
  });
  const machines = ways.machines === 1 ? ([one] as const) : ([one, other] as const);
  const fates = fatesOf(chaos.fork(), { danger, ways }, struck);
  let powerCut: Town['powerCut'] = () => {};
  const sky = weather({
    ...{ time, ways, peers, machines, happens, note, chaos: chaos.fork() },
    powerCut: (where) => powerCut(where),
    isKnown: (appointmentId) => isOnLog(store, appointmentId),
  });
  const people = town({
    ...{ base, time, machines, peers, chaos: chaos.fork(), fates, happens, processes, note },
    trouble: sky.trouble,
  });
  powerCut = people.powerCut;
  await drive(time, people.orders());

  const storms = chaos.between(1, 3);
  for (let storm = 0; storm < storms; storm += 1) {
    const ms = chaos.between(4_000, 30_000);
    const work = people.storm({ workers: crew(chaos), ms });
    await drive(time, Promise.all([work, sky.until(time.monotonic() + ms)]));
    await time.advance(ALL_ARRIVED_MS);
    const hours = chaos.pick([0, 0, 1, 3, 24]);
    // A night passes, or every wall clock jumps.
    if (hours > 0 && chaos.is(0.5)) await time.advance(hours * HOUR_MS);
    else if (hours > 0) time.set(iso(time.now() + hours * HOUR_MS));
  }
  peers.calm();
  people.calm();
  sky.calm();
  if (chaos.is(0.5)) for (const one of machines) one.setRight();
  await drive(time, people.drain(DRAIN_MS));
  await finish(people, chaos, time);
  await drive(time, people.drain(DRAIN_MS));
  await time.advance(ALL_ARRIVED_MS);
  await drive(time, people.drain(DRAIN_MS));

  const world = { store, policy, peers, machine: one };
  const isBeyond = isBeyondKnowing(ways);
  const broken: string[] = isBeyond ? [] : [...(await judge(people, world, { findings: [] }))];
  const before = await headOf(store);
  const findings = await lookBack(people, time, isBeyond ? 2 : 1);
  if (!isBeyond) broken.push(...(await surprises(store, findings)));
  if (isBeyond || (await headOf(store)) > before)
    broken.push(...(await judge(people, world, { findings, isBeyond })));
  const stages = await store.read((tx) => tx.views.counts());
  const events = await headOf(store);
  const log = broken.length === 0 ? [] : await logOf(world);
  await store.close();
  return {
    broken,
    trace: [...trace, ...log],
    happened: count(),
    counts: { ...counts, orders: people.acknowledged().length, events, stages },
  };
};

const isOnLog = (store: Store, appointmentId: string): Promise<boolean> =>
  store.read(async (tx) => {
    const events = await tx.events.page({ after: START, limit: 100_000 });
    return events.some(({ data }) => 'appointmentId' in data && data.appointmentId === appointmentId);
  });

const headOf = (store: Store): Promise<number> => store.read(async (tx) => (await tx.events.head()).n);

/** Where the peers keep what rests on them, a comparison with the NE finds nothing but what a person left unproven. */
const surprises = (store: Store, findings: readonly Finding[]): Promise<readonly string[]> =>
  store.read(async (tx) => {
    const found: string[] = [];
    for (const { kind, key, orderId, detail } of findings) {
      if (!NE_KINDS.has(kind)) continue;
      const { activation } = await readOrder(tx, orderId);
      const isWaived = activation.services.get(key)?.waived === true;
      if (!isWaived && detail.code !== 'LEFT_UNPROVEN')
        found.push(`the comparison found ${key}: ${kind} ${detail.code}`);
    }
    return found;
  });

const NE_KINDS: ReadonlySet<string> = new Set(['orphan', 'unrecorded', 'duplicate', 'ghost', 'drift']);

/** Comparisons after the storm: what is found is undone, and what is left is what a person was told of. */
const lookBack = async (people: Town, time: MemoryClock, times: number): Promise<readonly Finding[]> => {
  let findings: readonly Finding[] = [];
  for (let looks = 0; looks < times; looks += 1) {
    await time.advance(HOUR_MS);
    findings = await drive(time, people.lookBack());
    await drive(time, people.drain(DRAIN_MS));
  }
  return findings;
};

/** One to eight, mostly few: the fewer, the cheaper. */
const crew = (chaos: Random): number =>
  Math.min(chaos.between(1, 8), chaos.between(1, 8), chaos.between(1, 8));

const LIVES = { kind: 'lives' } as const;

/** Told of each; false: it does not happen. */
type Struck = (line: string, kind: 'deaths' | 'sleeps' | 'steps' | 'naps') => boolean;

/** How dangerous this life is, and when. */
const fatesOf =
  (
    chaos: Random,
    { danger, ways }: { readonly danger: number; readonly ways: Ways },
    struck: Struck,
  ): Fates =>
  (place) => {
    const drawn = chaos.next();
    if (drawn < 0.008 * danger) {
      const commits = chaos.is(0.5);
      const line = `dies at ${place}${commits ? ', after the commit' : ''}`;
      return struck(line, 'deaths') ? { kind: 'dies', commits } : LIVES;
    }
    if (drawn < 0.011 * danger) {
      const ms = chaos.between(500, 90_000);
      return struck(`sleeps ${ms} ms at ${place}`, 'sleeps') ? { kind: 'sleeps', ms } : LIVES;
    }
    return ways.clocks && drawn > 0.995 ? clockFate(chaos, place, struck) : LIVES;
  };

const clockFate = (chaos: Random, place: string, struck: Struck): Fate => {
  if (chaos.is(0.7)) {
    const ms = stepOf(chaos);
    return struck(`the wall clock steps ${ms} ms at ${place}`, 'steps') ? { kind: 'steps', ms } : LIVES;
  }
  const ms = napOf(chaos);
  return struck(`the machine sleeps ${ms} ms at ${place}`, 'naps') ? { kind: 'suspends', ms } : LIVES;
};

/** In the end people bring many orders to their end, so that final states are judged too. */
const finish = async (people: Town, chaos: Random, clock: MemoryClock): Promise<void> => {
  for (const orderId of people.acknowledged()) {
    const end = chaos.pick([null, cancel, complete, giveBack]);
    if (end !== null) await drive(clock, people.command('finish', end, orderId));
  }
};

/** Moves the clock for whatever waits, until the work is done. Throws when nothing moves any more. */
const drive = async <T>(clock: MemoryClock, work: Promise<T>): Promise<T> => {
  let isDone = false;
  const watched = work.finally(() => {
    isDone = true;
  });
  watched.catch(() => {});
  for (let idle = 0; !isDone; ) {
    idle = (await clock.toNext()) ? 0 : idle + 1;
    if (idle > 100) throw new Error('nothing moves any more: somebody waits for what never comes');
  }
  return watched;
};

type World = {
  readonly store: Store;
  readonly policy: Policy;
  readonly peers: ReturnType<typeof stormyPeers>;
  readonly machine: Machine;
};

type Judging = {
  /** What people were told of. */
  readonly findings: readonly Finding[];
  /** What is asked for once may be there twice for a while, or be lost. */
  readonly isBeyond?: boolean;
};

const judge = async (
  people: Town,
  world: World,
  { findings, isBeyond = false }: Judging,
): Promise<readonly string[]> => {
  const { peers } = world;
  const record = await recordOf(world.store, {
    acknowledged: people.acknowledged(),
    policy: world.policy,
    now: world.machine.clock().now(),
    ne: byWhatWasAsked(peers.ne.ledger()),
    tm: peers.tm.ledger(),
  });
  const excused = new Set(findings.filter(isForPeople).map(({ key }) => key));
  const logged = new Set([...record.events.values()].flat().map(({ eventId }) => eventId));
  const lost = people.promised().filter((eventId) => !logged.has(eventId));
  return [
    ...brokenInvariants(record, { excused, peersRepeat: isBeyond, peersForget: isBeyond }),
    ...people.faults(),
    ...lost.map((eventId) => `event ${eventId} was acknowledged and is not in the log`),
    ...(people.permits() === 0 ? [] : [`${people.permits()} permits were not given back`]),
  ];
};

/** An NE that writes names down in its own way made them all the same for the orders that asked. */
const byWhatWasAsked = ({ services, effects }: MemoryNeLedger): RunRecord['ne'] => ({
  effects,
  services: services.map((service) => ({ ...service, key: service.asked })),
});

const isForPeople = ({ state }: Finding): boolean => state !== 'fixed';

const logOf = async ({ store, peers }: World): Promise<readonly string[]> => {
  const events = await store.read(async (tx) => tx.events.page({ after: START, limit: 100_000 }));
  return [
    ...events.map((one) => `${one.at} ${one.orderId} ${one.type} ${show(one.data)}`),
    ...[...peers.ne.ledger().effects, ...peers.tm.ledger().effects].map(
      ({ at, key, effect }) => `${at} ${effect} ${key}`,
    ),
  ];
};

const show = (data: object): string => JSON.stringify(data).slice(0, 200);
