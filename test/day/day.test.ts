import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Envelope } from '../../src/core/process/events.ts';
import { iso, ms } from '../../src/core/time/iso.ts';
import { runCli } from '../../src/testing/cli/run-cli.ts';
import { validateOutput } from '../../src/testing/cli/validate-output.ts';
import { brokenInvariants, type RunRecord } from '../support/invariants.ts';
import { homeOf, located, ORDERS, recordIn, SCENARIO, writeOrders } from './house.ts';
import { type Played, playDay, type Ran } from './play-day.ts';
import { readScenario } from './scenario.ts';

type Told = { readonly at: string; readonly typed: string; readonly ran: Ran | null };

const told: Told[] = [];
let folder = '';
let played: Played;
let record: RunRecord;

const cli = async (argv: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> => {
  const { exitCode, stdout, stderr } = await runCli(located(argv, folder), {
    env: { ...homeOf(folder), ...env },
  });
  return { code: exitCode, stdout, stderr };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oss-day-'));
  writeOrders(folder);
  played = await playDay(readScenario(SCENARIO), {
    oss: cli,
    tell: (at, typed, ran) => told.push({ at, typed, ran }),
  });
  record = await recordIn(folder, played.endedAt);
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const logs = (): readonly (readonly Envelope[])[] => [...record.events.values()];
const stages = (): readonly string[] => [...record.views.values()].map(({ stage }) => stage);
const count = (stage: string): number => stages().filter((one) => one === stage).length;

describe('a scripted week of two hundred orders', () => {
  it('keeps every promise, against the log and the ledger of the simulators', () => {
    expect(record.acknowledged).toHaveLength(ORDERS);
    expect(record.events.size).toBe(ORDERS);
    expect(brokenInvariants(record)).toEqual([]);
  });

  it('brings every order to an end, and has seen every kind of it', () => {
    expect(stages().filter((stage) => !['completed', 'returned', 'cancelled'].includes(stage))).toEqual([]);
    expect(count('completed')).toBeGreaterThan(ORDERS / 2);
    expect(count('returned')).toBeGreaterThan(0);
    expect(count('cancelled')).toBeGreaterThan(0);
    const revisited = logs().filter(
      (log) =>
        log.some(({ type }) => type === 'VisitNotDone') &&
        log.some(({ type }) => type === 'FieldWorkCompleted'),
    );
    expect(revisited.length).toBeGreaterThan(0);
  });

  it('takes orders while the network is down, and switches them on when it is back', () => {
    const [down, back] = told.filter(({ typed }) => typed.startsWith('worker')).map(({ at }) => at);
    for (const log of logs()) {
      const times = log.filter(({ type }) => type === 'ServiceActivated').map(({ at }) => at);
      expect(times.every((at) => at > (back ?? ''))).toBe(true);
      expect((log[0]?.at ?? '') < (down ?? '')).toBe(true);
    }
  });

  it('gives the visits of who is ill to others', () => {
    const off = told.find(({ typed }) => typed.startsWith('technician off'));
    const since = off?.at ?? '';
    const moved = logs().filter((log) => log.some(({ type, at }) => type === 'MoveRequested' && at >= since));
    expect(moved.length).toBeGreaterThan(0);
    const byTheIll = logs()
      .flat()
      .filter((event) => event.type === 'FieldWorkCompleted' && event.actor === 'technician:T-10')
      .filter((event) => event.at.startsWith('2026-11-25'));
    expect(byTheIll).toEqual([]);
    // Nobody is phoned for a visit that only changes hands.
    const phoned = moved.filter((log) =>
      log.some(({ type, at }) => type === 'CallRequested' && at >= since && at < iso(ms(since) + 600_000)),
    );
    expect(phoned).toEqual([]);
  });

  it('has a report that says what the log says', async () => {
    const { stdout } = await cli(['report', '--from', '2026-11-23', '--to', '2026-12-05', '--json'], {
      OSS_NOW: iso(played.endedAt),
    });
    const report = JSON.parse(stdout);
    expect(validateOutput('oss.report/1', report)).toEqual([]);
    expect(report).toMatchObject({
      placed: ORDERS,
      completed: count('completed'),
      returned: count('returned'),
      cancelled: count('cancelled'),
    });
  });
});
