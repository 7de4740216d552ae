import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { SagaDeps } from '../core/app/deps.ts';
import type { Warning } from '../core/codes/warning.ts';
import type { Binding } from '../core/peers/binding.ts';
import type { Secrets } from '../core/ports/access-tokens.ts';
import type { SignedHead, Via } from '../core/ports/audit.ts';
import type { Copied, MaintainedStore, Restoring } from '../core/ports/maintenance.ts';
import type { Clock, Ids, Processes } from '../core/ports/runtime.ts';
import { sharedClock } from '../core/ports/shared-clock.ts';
import type { Store } from '../core/ports/store.ts';
import type { Policy } from '../core/rules/policy.ts';
import { Refusal } from '../core/rules/refusal.ts';
import { iso } from '../core/time/iso.ts';
import type { BatchFiles } from './batch/batch-files.ts';
import { configuredBinding } from './compose/binding.ts';
import { boundStore } from './compose/bound-store.ts';
import { type ConfiguredBreaker, configuredBreakers } from './compose/configured-breakers.ts';
import { asNamed, isThere, openDatabase } from './compose/database.ts';
import type { EmbeddedPeers } from './compose/embedded-peers.ts';
import type { Standalone, StandaloneOptions } from './compose/standalone-simulators.ts';
import type { DatabaseServer } from './config/database-path.ts';
import type { Env } from './config/paths.ts';
import { loadSettings, type Settings } from './config/settings.ts';
import type { Flags } from './config/sources.ts';
import { unusedProxy } from './config/unused-proxy.ts';
import type { AreaFile } from './csv/area-file.ts';
import type { TechnicianFile } from './csv/technician-file.ts';
import { consoleVia } from './runtime/console-via.ts';
import { crashPoint, isCrashArmed } from './runtime/crash-point.ts';
import { crashingStore } from './runtime/crashing-store.ts';
import type { Leftovers } from './runtime/leftovers.ts';
import { systemProcesses } from './runtime/processes.ts';
import { systemSecrets } from './runtime/secrets.ts';
import { systemClock } from './runtime/system-clock.ts';
import { uuidIds } from './runtime/uuid-ids.ts';
import type { LedgerContents } from './simulators/ledger.ts';

export type StoreOptions = {
  /** A database that does not exist yet is not made, but stood in for by an empty one in memory. */
  readonly dryRun?: boolean;
};

/** Everything a command may reach. Each is built at its first use, and closed once at the end. */
export type Services = Restoring & {
  readonly settings: Settings;
  readonly policy: Policy;
  readonly actor: string;
  /** From where this console is used. */
  readonly via: Via;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly processes: Processes;
  /** How many things this machine does at once. */
  readonly cores: number;
  /**
   * write: makes a default database that does not exist, and binds it to the configured peers at its first write.
   * Throws Refusal DATABASE_MISSING, BOUND_ELSEWHERE and those of opening.
   */
  readonly store: (mode: 'read' | 'write', options?: StoreOptions) => Promise<Store>;
  /** The database itself, for the commands about it; made only with `create`. `asFound`: its schema is not judged. */
  readonly database: (
    mode: 'read' | 'write',
    options?: { readonly create?: boolean; readonly asFound?: boolean },
  ) => Promise<MaintainedStore>;
  /** Throws what keeps SQLite itself from being used here, though there may be no database yet. */
  readonly sqlite: () => Promise<void>;
  /** Store and peers for commands that run steps; with the built-in simulators these are started on free ports. */
  readonly saga: () => Promise<SagaDeps>;
  /** Where the built-in simulators keep their ledger. */
  readonly ledgerPath: string;
  /** What the built-in simulators hold for true; null: they never ran. */
  readonly ledger: () => Promise<LedgerContents | null>;
  /** The configured peers: their breakers, and how many requests each takes at once. */
  readonly breakers: Readonly<Record<'ne' | 'tm', ConfiguredBreaker>>;
  /** Variables that would send other programs to a peer through a proxy; this one goes there directly. */
  readonly unusedProxies: Readonly<Record<'ne' | 'tm', string | null>>;
  /** The peers that the configuration names, as a database is bound to them. */
  readonly binding: Binding;
  /** The peers are simulators: the built-in ones, or the database has learnt it from their answers. */
  readonly simulated: () => Promise<boolean>;
  /** Serves simulators until they are closed. */
  readonly simulate: (options: StandaloneOptions) => Promise<Standalone>;
  /** Makes and compares secrets. */
  readonly secrets: Secrets;
  /** Signs with the private key of that file. Throws Refusal BAD_VALUE, SECRET_READABLE. */
  readonly signer: (path: string) => Promise<(text: string) => string>;
  /** What `oss db head` printed into a file. Throws Refusal BAD_VALUE. */
  readonly headFile: (path: string) => Promise<SignedHead>;
  /** Whether a text was signed, by the public key of that file. Throws Refusal BAD_VALUE. */
  readonly signatureCheck: (path: string) => Promise<(text: string, signature: string) => boolean>;
  /** Moves the configured file to a server. Throws the refusals of `copyDatabase`. */
  readonly copyTo: (target: DatabaseServer) => Promise<Copied>;
  /** Stays with the configured file. Throws the refusals of `unsealDatabase`. */
  readonly unseal: () => Promise<Pick<Copied, 'from' | 'to'>>;
  /** Reads a technicians' file: all of it, or everything that is wrong with it. The database itself is refused. */
  readonly technicianFile: (path: string) => Promise<TechnicianFile>;
  /** The same of a file of areas. */
  readonly areaFile: (path: string) => Promise<AreaFile>;
  /** What killed processes have left beside the database and in the folder for temporary files. */
  readonly leftovers: () => Promise<Leftovers>;
  /** Reads and writes files of batches. The database itself is refused. */
  readonly batchFiles: () => Promise<BatchFiles>;
  readonly close: () => Promise<void>;
};

export type ComposeOptions = {
  readonly flags?: Flags;
  readonly env: Env;
  /** What the call is for, as the audit keeps it. */
  readonly purpose?: string | undefined;
  /** Hears of what is odd but does not stop the command. */
  readonly warn?: (warning: Warning) => void;
};

/** Reads the configuration and prepares the rest. Throws Refusal of an unusable configuration. */
export const compose = ({ flags = {}, env, purpose, warn = () => {} }: ComposeOptions): Services => {
  const settings = loadSettings({ flags, env });
  if (settings.now !== null && !settings.simulated) throw new Refusal('CLOCK_WITH_REAL_PEERS', {});
  const clock = systemClock({ now: settings.now });
  const ids = uuidIds(clock.now);
  const processes = systemProcesses();
  const { policy, actor } = settings;
  const via = consoleVia(env, purpose);
  const by = () => ({ at: iso(clock.now()), actor, via });
  const ledgerPath = `${settings.database.beside}.ledger`;
  const unusedProxies = {
    ne: unusedProxy(settings.ne.url ?? '', env),
    tm: unusedProxy(settings.tm.url ?? '', env),
  };
  const crash = crashPoint(env.OSS_CRASH_POINT, { trace: env.OSS_CRASH_TRACE });
  const closers: (() => Promise<void>)[] = [];
  const once = <T>(build: () => Promise<T>): (() => Promise<T>) => {
    let built: Promise<T> | undefined;
    return () => {
      built ??= build();
      return built;
    };
  };

  const writer = once(async () => {
    const database = await openDatabase(settings.database, { mode: 'write', ids, by });
    closers.push(database.close);
    const bound = boundStore(database, settings, clock);
    return isCrashArmed(env.OSS_CRASH_POINT, env.OSS_CRASH_TRACE) ? crashingStore(bound, crash) : bound;
  });
  const reader = once(async (): Promise<Store> => {
    if (!isThere(settings.database)) {
      // No command has written yet: a default database that is not there is an empty one.
      const { memoryStore } = await import('./memory/memory-store.ts');
      return memoryStore();
    }
    const database = await openDatabase(settings.database, { mode: 'read', ids, by });
    closers.push(database.close);
    return database;
  });
  const rehearsal = once(async () => {
    const { rehearsalStore } = await import('./compose/rehearsal-store.ts');
    return rehearsalStore(settings, { ids, by, clock, onOpen: (close) => closers.push(close) });
  });
  const peers = once(async (): Promise<EmbeddedPeers> => {
    const { startPeers } = await import('./compose/embedded-peers.ts');
    const started = await startPeers({
      settings,
      clock,
      store: await writer(),
      self: processes.self,
      ledgerPath,
      unusedProxies,
      warn,
    });
    closers.push(started.close);
    return started;
  });

  return {
    settings,
    policy,
    actor,
    via,
    clock,
    ids,
    processes,
    cores: availableParallelism(),
    ledgerPath,
    store: (mode, options = {}) => {
      if (options.dryRun === true) return rehearsal();
      return mode === 'write' ? writer() : reader();
    },
    database: async (mode, options = {}) => {
      const database = await openDatabase(asNamed(settings.database), { ...options, mode, ids, by });
      closers.push(database.close);
      return database;
    },
    sqlite: async () => {
      const { tryOut } = await import('./store/sqlite/connect.ts');
      tryOut();
    },
    saga: async () => {
      const { ne, tm } = await peers();
      const store = await writer();
      const shared = sharedClock(clock, store);
      const deps = { store, clock: shared, ids, processes, policy, actor, via, ne, tm };
      return { ...deps, crashPoint: crash };
    },
    ledger: async () => {
      if (!existsSync(ledgerPath)) return null;
      const { readLedger } = await import('./simulators/ledger.ts');
      return readLedger(ledgerPath);
    },
    breakers: configuredBreakers(settings),
    unusedProxies,
    binding: configuredBinding(settings, clock),
    simulated: async () => {
      if (settings.simulated) return true;
      try {
        return (await (await reader()).read((tx) => tx.meta.binding()))?.simulated ?? false;
      } catch (error) {
        // A database that cannot be read knows nothing; a command that needs it says so itself.
        if (error instanceof Refusal) return false;
        throw error;
      }
    },
    simulate: async (options) => {
      const { startStandalone } = await import('./compose/standalone-simulators.ts');
      const started = await startStandalone(settings, clock, options);
      closers.push(started.close);
      return started;
    },
    secrets: systemSecrets,
    signer: async (path) => (await import('./runtime/signing.ts')).signerOf(path),
    headFile: async (path) => (await import('./runtime/signing.ts')).readHead(path),
    signatureCheck: async (path) => (await import('./runtime/signing.ts')).signatureCheck(path),
    checkBackup: async (file) => {
      const { checkBackup } = await import('./store/sqlite/restore.ts');
      return checkBackup(file);
    },
    restore: async (file) => {
      const { restoreDatabase } = await import('./compose/restore-database.ts');
      return restoreDatabase(file, settings, { clock, ids, via });
    },
    copyTo: async (target) => {
      const { copyDatabase } = await import('./compose/copy-database.ts');
      return copyDatabase(settings, target, {
        clock,
        ids,
        by,
        via,
        onStep: (step) => crash(`copy-${step}`),
      });
    },
    unseal: async () => {
      const { unsealDatabase } = await import('./compose/copy-database.ts');
      return unsealDatabase(settings, { clock, ids, by, via });
    },
    technicianFile: async (path) => {
      const { readTechnicianFile } = await import('./csv/technician-file.ts');
      return readTechnicianFile(path, { never: [settings.database.beside, ledgerPath] });
    },
    areaFile: async (path) => {
      const { readAreaFile } = await import('./csv/area-file.ts');
      return readAreaFile(path, { never: [settings.database.beside, ledgerPath] });
    },
    leftovers: async () => {
      const { leftovers } = await import('./runtime/leftovers.ts');
      return leftovers(settings.database.beside, Date.now());
    },
    batchFiles: async () => {
      const { batchFiles } = await import('./batch/batch-files.ts');
      return batchFiles({ never: [settings.database.beside, ledgerPath] });
    },
    close: async () => {
      // Last opened, first closed: the peers tell their breakers' rows before the store goes.
      for (const close of closers.splice(0).reverse()) await close();
    },
  };
};
