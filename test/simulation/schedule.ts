import { type MemoryClock, memoryClock } from '../../src/adapters/memory/memory-clock.ts';
import { memoryIds } from '../../src/adapters/memory/memory-ids.ts';
import { memoryProcesses } from '../../src/adapters/memory/memory-processes.ts';
import { memoryStore } from '../../src/adapters/memory/memory-store.ts';
import type { AppDeps } from '../../src/core/app/deps.ts';
import type { Store } from '../../src/core/ports/store.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/core/rules/policy.ts';
import { iso } from '../../src/core/time/iso.ts';
import { brokenInvariants } from '../support/invariants.ts';
import { recordOf } from '../support/run-record.ts';
import { TECHNICIAN } from '../support/saga-world.ts';
import { cancel, complete, giveBack } from './commands.ts';
import { happenings, type Spared } from './happenings.ts';
import type { Fates } from './mortal.ts';
import { stormyPeers } from './peers.ts';
import { type Random, random } from './random.ts';
import { type Town, town } from './town.ts';

export type ScheduleResult = {
  /** One sentence for each promise that was broken; empty: all were kept. */
  readonly broken: readonly string[];
  /** What was done and what struck, in order. */
  readonly trace: readonly string[];
  /** Deaths, sleeps, faults and commands, also those that were spared. */
  readonly happened: number;
  /** How much happened, so that a run of empty schedules cannot pass for proof. */
  readonly counts: {
    readonly orders: number;
    readonly events: number;
    readonly deaths: number;
    readonly sleeps: number;
    readonly stages: Readonly<Record<string, number>>;
  };
};

/** Longer than any request can be under way (rule 3), so that the day may then move on. */
const ALL_ARRIVED_MS = 20_000;
/** The last drain waits for the longest backoffs and the leases of the dead. */
const DRAIN_MS = 1_800_000;
const HOUR_MS = 3_600_000;

/**
 * One whole life of a small operator, made by the seed alone: one to eight workers, people who give commands, peers
 * that go wrong, processes that die and sleep; then the storm is over, everything is drained, and what is left must
 * keep every promise. `spared`: what of its happenings is left out.
 */
export const runSchedule = async (seed: number, spared: Spared = new Set()): Promise<ScheduleResult> => {
  const { happens, count } = happenings(spared);
  const chaos = random(seed);
  const clock = memoryClock('2026-11-24T01:00:00.000Z');
  const store = memoryStore({ secret: 'simulation' });
  const danger = chaos.pick([0, 0.5, 1, 3]);
  const peers = stormyPeers(chaos.fork(), clock, { safe: danger === 0, happens });
  const auto = chaos.is(0.6);
  const policy: Policy = { ...DEFAULT_POLICY, schedule: { ...DEFAULT_POLICY.schedule, auto } };
  const processes = memoryProcesses('client/0/0');
  const base: AppDeps = { store, clock, ids: memoryIds(), processes, policy, actor: 'supervisor:test' };
  await store.write(async (tx) => {
    const second = { ...TECHNICIAN, technicianId: 'T-02', name: '박서진' };
    for (const technician of chaos.is(0.5) ? [TECHNICIAN] : [TECHNICIAN, second])
      await tx.technicians.put(technician);
  });
  const trace: string[] = [];
  const counts = { orders: 0, events: 0, deaths: 0, sleeps: 0 };
  const note = (line: string): void => {
    trace.push(`${clock.monotonic()} ${line}`);
  };
  const struck = (line: string, kind: 'deaths' | 'sleeps'): boolean => {
    if (!happens()) return false;
    note(line);
    counts[kind] += 1;
    return true;
  };
  const fates = fatesOf(chaos.fork(), danger, struck);
  const people = town({ base, peers, chaos: chaos.fork(), fates, happens, processes, note });
  await drive(clock, people.orders());

  const storms = chaos.between(1, 3);
  for (let storm = 0; storm < storms; storm += 1) {
    await drive(clock, people.storm({ workers: crew(chaos), ms: chaos.between(5_000, 60_000) }));
    await clock.advance(ALL_ARRIVED_MS);
    const hours = chaos.pick([0, 0, 1, 3, 24]);
    if (hours > 0) clock.set(iso(clock.now() + hours * HOUR_MS));
  }
  peers.calm();
  people.calm();
  await drive(clock, people.drain(DRAIN_MS));
  await finish(people, chaos, clock);
  await drive(clock, people.drain(DRAIN_MS));
  await clock.advance(ALL_ARRIVED_MS);
  await drive(clock, people.drain(DRAIN_MS));

  const { broken, log } = await judge(people, { store, policy, peers, now: clock.now() });
  const stages = await store.read((tx) => tx.views.counts());
  const { position } = await store.read((tx) => tx.events.head());
  await store.close();
  return {
    broken,
    trace: broken.length === 0 ? trace : [...trace, ...log],
    happened: count(),
    counts: { ...counts, orders: people.acknowledged().length, events: position, stages },
  };
};

/** One to eight, mostly few: the fewer, the cheaper. */
const crew = (chaos: Random): number => Math.min(chaos.between(1, 8), chaos.between(1, 8));

const LIVES = { kind: 'lives' } as const;

/** How dangerous this life is, and when. `struck` is told, and says whether it is to be. */
const fatesOf =
  (chaos: Random, danger: number, struck: (line: string, kind: 'deaths' | 'sleeps') => boolean): Fates =>
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
    return LIVES;
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

const judge = async (
  people: Town,
  world: {
    readonly store: Store;
    readonly policy: Policy;
    readonly peers: ReturnType<typeof stormyPeers>;
    readonly now: number;
  },
): Promise<{ readonly broken: readonly string[]; readonly log: readonly string[] }> => {
  const { peers } = world;
  const record = await recordOf(world.store, {
    acknowledged: people.acknowledged(),
    policy: world.policy,
    now: world.now,
    ne: peers.ne.ledger(),
    tm: peers.tm.ledger(),
  });
  const logged = new Set([...record.events.values()].flat().map(({ eventId }) => eventId));
  const lost = people.promised().filter((eventId) => !logged.has(eventId));
  const broken = [
    ...brokenInvariants(record),
    ...people.faults(),
    ...lost.map((eventId) => `event ${eventId} was acknowledged and is not in the log`),
    ...(people.permits() === 0 ? [] : [`${people.permits()} permits were not given back`]),
  ];
  const log = [
    ...[...record.events.values()]
      .flat()
      .map((one) => `${one.at} ${one.orderId} ${one.type} ${show(one.data)}`),
    ...[...peers.ne.ledger().effects, ...peers.tm.ledger().effects].map(
      ({ at, key, effect }) => `${at} ${effect} ${key}`,
    ),
  ];
  return { broken, log };
};

const show = (data: object): string => JSON.stringify(data).slice(0, 200);
