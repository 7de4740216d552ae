import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readBinding } from '../../core/app/peers/read-binding.ts';
import { readClockStep } from '../../core/app/worker/read-clock-step.ts';
import { bindingText, isMixed, samePeers } from '../../core/peers/binding.ts';
import type { MaintainedStore } from '../../core/ports/maintenance.ts';
import { isGranted } from '../../core/rules/account-roles.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { bad, badOf, type Check, ok, type Surgery, warn } from './check.ts';

/** A log that is ahead of the clock by more than this was written by another clock, ms. */
const CLOCK_TOLERANCE_MS = 120_000;
const MIB = 1_048_576;
const LEAST_FREE_MIB = 100;
const LITTLE_FREE_MIB = 1_024;

/** Everything that is wrong with the configuration, each on its own line. */
export const checkConfiguration = async (
  ctx: Pick<CommandContext, 't' | 'program' | 'configuration'>,
): Promise<readonly Check[]> => {
  const problems = await ctx.configuration.problems();
  if (problems.length > 0) return problems.map((problem) => badOf(ctx, 'configuration', problem));
  const { settings } = await ctx.configuration.inspect();
  const { path, exists } = settings.file;
  return [ok('configuration', exists ? path : ctx.t.doctor.noFile(path)), checkAccess(ctx, settings)];
};

/** Whether the role that is named here is more than advice. With simulators nothing is at risk yet. */
const checkAccess = (
  ctx: Pick<CommandContext, 't' | 'program'>,
  { access, actor, simulated, file }: Surgery['services']['settings'],
): Check => {
  const { doctor } = ctx.t;
  if (access.kind === 'advice')
    return simulated
      ? ok('access', doctor.advice)
      : warn('access', doctor.advice, `${ctx.program} config set access.roles …`);
  const { account, grants } = access;
  return isGranted(access, actor)
    ? ok('access', doctor.held(account, grants, file.path))
    : badOf(ctx, 'access', new Refusal('NOT_YOUR_ROLE', { actor, account, grants }));
};

/** The database as far as it can be opened for reading. */
export const checkDatabase = async (
  ctx: Surgery,
): Promise<{ readonly checks: readonly Check[]; readonly database: MaintainedStore | null }> => {
  const { services, t, program } = ctx;
  try {
    const database = await services.database('read');
    const { orders, events, database: path } = await database.info();
    return { checks: [ok('database', t.doctor.database(path, orders, events))], database };
  } catch (error) {
    const { named, name: path } = services.settings.database;
    const broken = await services.sqlite().then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (broken !== null) return { checks: [badOf(ctx, 'database', broken)], database: null };
    const isNew = error instanceof Refusal && error.code === 'DATABASE_MISSING' && !named;
    const check = isNew
      ? warn('database', t.doctor.noDatabase(path), `${program} db init`)
      : badOf(ctx, 'database', error);
    return { checks: [check], database: null };
  }
};

export const checkBinding = async (
  { services, t, program }: Surgery,
  database: MaintainedStore,
): Promise<Check> => {
  const bound = await readBinding({ store: database });
  if (bound === null) return ok('binding', t.doctor.unbound);
  const { binding } = services;
  const told = bindingText(bound, t.common.simulated);
  if (samePeers(bound, binding)) {
    if (isMixed(bound)) return bad('binding', t.doctor.mixed(told), `${program} db bind --reason "…"`);
    return ok('binding', told);
  }
  const configured = bindingText(binding, t.common.simulated);
  return bad('binding', t.doctor.boundElsewhere(told, configured), `${program} db bind --reason "…"`);
};

export const checkClock = async (
  { services, t, clock }: Surgery,
  database: MaintainedStore,
): Promise<Check> => {
  const { lastEventAt } = await database.info();
  const now = services.clock.now();
  if (lastEventAt !== null && Date.parse(lastEventAt) - now > CLOCK_TOLERANCE_MS) {
    const told = t.doctor.clockBehind(clock(now), clock(lastEventAt));
    // With simulators a clock that was moved once (OSS_NOW) and is not now is no harm.
    const bound = await readBinding({ store: database });
    return (bound?.simulated === true ? warn : bad)('clock', told, t.doctor.setClock);
  }
  const step = await readClockStep({ store: database, clock: services.clock });
  if (step !== null) {
    return warn('clock', t.doctor.clockStepped(step.byMs, clock(step.since)), t.doctor.keepClock);
  }
  const told = `${clock(now)} ${services.settings.tz}`;
  return services.settings.now === null ? ok('clock', told) : warn('clock', t.doctor.clockMoved(told));
};

export const checkDisk = async ({ services, t }: Surgery): Promise<Check> => {
  const folder = dirname(services.settings.database.beside);
  const free = await freeMebibytes(folder);
  if (free === null) return warn('disk', t.doctor.noFolder(folder));
  const told = t.doctor.free(free, folder);
  if (free < LEAST_FREE_MIB) return bad('disk', told, t.doctor.makeRoom);
  return free < LITTLE_FREE_MIB ? warn('disk', told, t.doctor.makeRoom) : ok('disk', told);
};

const freeMebibytes = async (folder: string): Promise<number | null> => {
  try {
    const { bavail, bsize } = await statfs(folder);
    return Math.floor((bavail * bsize) / MIB);
  } catch {
    return null;
  }
};
