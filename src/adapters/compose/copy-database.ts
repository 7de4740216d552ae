import { randomUUID } from 'node:crypto';
import { recordApart } from '../../core/app/audit.ts';
import { checkDerived } from '../../core/app/check-derived.ts';
import type { Via } from '../../core/ports/audit.ts';
import type { Copied, MaintainedStore } from '../../core/ports/maintenance.ts';
import type { Clock, Ids } from '../../core/ports/runtime.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { databasePassword } from '../config/database-password.ts';
import type { DatabaseFile, DatabaseServer } from '../config/database-path.ts';
import type { Settings } from '../config/settings.ts';
import { openPgStore } from '../store/postgres/open-store.ts';
import { type Filling, openFilling } from '../store/postgres/pg-filling.ts';
import { openPortableSource } from '../store/sqlite/portable-source.ts';
import { readSeal, seal, sealForGood, unseal } from '../store/sqlite/seal.ts';
import { type OpenDatabase, openDatabase } from './database.ts';

type Parts = {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly by: OpenDatabase['by'];
  readonly via: Via;
};

type Copying = Parts & {
  readonly settings: Settings;
  readonly source: DatabaseFile;
  readonly target: DatabaseServer;
};

/** A step of the copy, as a test may end the process in it. */
export type CopyStep = 'sealed' | 'filled' | 'verified' | 'sealed-for-good';

const sourceOf = ({ database }: Settings): DatabaseFile => {
  if (database.kind === 'file') return database;
  throw new Refusal('COPY_ONE_WAY', { database: database.name });
};

/** Opens the source as it is written to every day, and writes down what is about to be done with it. */
const record = async ({ source, settings, target, ids, by, clock, via }: Copying): Promise<void> => {
  const store = await openDatabase({ ...source, named: true }, { mode: 'write', ids, by });
  try {
    const call = { store, clock, actor: settings.actor, via };
    await recordApart(call, { action: 'db.copy', subject: target.name, detail: {} });
  } finally {
    await store.close();
  }
};

/** The first thing that is not as it was sent; null: it is all there, and fits together. */
const differenceIn = async (
  store: MaintainedStore,
  { source, settings, clock }: Copying,
): Promise<string | null> => {
  const { problems } = await store.verify({ against: source.path });
  const found: string[] = problems.map(({ problem }) => problem);
  const { policy } = settings;
  await checkDerived({ store, policy, clock }, ({ problem }) => {
    found.push(problem);
  });
  return found[0] ?? null;
};

const fill = async (filling: Filling, { source, ids }: Copying): Promise<void> => {
  const all = await openPortableSource(source.path, { ids, beside: source.beside });
  await filling.fill(all).finally(all.close);
};

/**
 * Moves the configured file to a server. The source is sealed before its first row is read, and nobody is let into the target before
 * it was verified and the source sealed for good: never can both be written to. Killed anywhere, it goes on when the same is said
 * again. Refusals: COPY_ONE_WAY, DATABASE_SEALED (to another place), DATABASE_NOT_EMPTY, COPY_DIFFERS, NOT_SEALED when somebody
 * unseals meanwhile, those of opening both.
 */
export const copyDatabase = async (
  settings: Settings,
  target: DatabaseServer,
  { onStep = () => {}, ...parts }: Parts & { readonly onStep?: (step: CopyStep) => void },
): Promise<Copied> => {
  const source = sourceOf(settings);
  const copying: Copying = { ...parts, settings, source, target };
  const { url, name } = target;
  const password = databasePassword(target);
  const there = readSeal(source.path);
  const token = there?.token ?? randomUUID();
  const filling = await openFilling({ url, password, token });
  try {
    const found = await filling.state();
    if (found === 'used') throw new Refusal('DATABASE_NOT_EMPTY', { database: name });
    if (there === null) await record(copying);
    // Who came second may find another seal by now, whose token is not ours.
    const sealed = seal(source.path, { token, to: url });
    if (sealed.token !== token) throw new Refusal('DATABASE_SEALED', { database: source.name, to: url });
    onStep('sealed');
    if (found === 'empty') await fill(filling, copying);
    onStep('filled');
    const { ids } = parts;
    const store = await openPgStore({ url, password, mode: 'write', create: false, ids, token });
    try {
      const { orders, events } = await store.info();
      if (found !== 'opened') {
        const problem = await differenceIn(store, copying);
        if (problem !== null) throw new Refusal('COPY_DIFFERS', { database: name, problem });
        onStep('verified');
        sealForGood(source.path, token);
        onStep('sealed-for-good');
        if (!(await filling.open())) throw new Refusal('NOT_SEALED', { database: source.name });
      }
      return { from: source.name, to: name, orders, events };
    } finally {
      await store.close();
    }
  } finally {
    await filling.close();
  }
};

/**
 * Lets everybody write to the configured file again, unless the other database is open, or may be. Returns where it was to move. Refusals:
 * COPY_ONE_WAY, NOT_SEALED, DATABASE_MOVED, those of opening the other one.
 */
export const unsealDatabase = async (
  settings: Settings,
  { clock, ids, by, via }: Parts,
): Promise<{ readonly from: string; readonly to: string }> => {
  const source = sourceOf(settings);
  const there = readSeal(source.path);
  if (there === null) throw new Refusal('NOT_SEALED', { database: source.name });
  const { to, token, stage } = there;
  if (stage === 'sealed') {
    const target = settings.serverAt(to, 'db copy --unseal');
    const filling = await openFilling({ url: to, password: databasePassword(target), token });
    const isGivenUp = await filling.giveUp().finally(filling.close);
    if (!isGivenUp) throw new Refusal('DATABASE_MOVED', { database: source.name, to });
  }
  if (!unseal(source.path, there)) throw new Refusal('DATABASE_SEALED', { database: source.name, to });
  const store = await openDatabase({ ...source, named: true }, { mode: 'write', ids, by });
  try {
    const call = { store, clock, actor: settings.actor, via };
    await recordApart(call, { action: 'db.unseal', subject: to, detail: { stage } });
  } finally {
    await store.close();
  }
  return { from: source.name, to };
};
