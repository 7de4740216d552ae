import { randomBytes } from 'node:crypto';
import { databaseError } from '../store/sqlite/database-error.ts';
import { type AnswerMix, EVERYBODY_AGREES } from './answers.ts';
import { openJournal } from './journal.ts';
import { createNe } from './ne.ts';
import { openLedger } from './open-ledger.ts';
import { type Simulator, serveSimulator } from './simulator.ts';
import { createTm } from './tm.ts';

export type SimulatorsOptions = {
  readonly which: 'ne' | 'tm' | 'all';
  /** One SQLite file, shared by every process that serves the same simulated world. Created (0600) when missing. */
  readonly ledgerPath: string;
  readonly seed: number;
  /** Wall clock in epoch ms: the only clock that what the simulators write down depends on. */
  readonly now: () => number;
  /** Missing or 0: a free one. */
  readonly ports?: { readonly ne?: number; readonly tm?: number };
  /** Fault rules, see `parseFault`. */
  readonly faults?: readonly string[];
  /** true: counts of fault rules begin anew, as a standalone simulator wants it. Default: they go on from the ledger. */
  readonly freshFaults?: boolean;
  readonly answers?: AnswerMix;
  /** Time between doing and answering. */
  readonly latencyMs?: number;
  /** How long a phone call lasts; 0 (default): over when its request is answered. */
  readonly callMs?: number;
  /** GPON ports of each area; null (default): no limit. */
  readonly capacity?: number | null;
  /** The operator's zone, in which the desk's day lies. Default Asia/Seoul. */
  readonly tz?: string;
  /** How long to wait for others that write to the ledger, ms; default 10 s. */
  readonly busyTimeoutMs?: number;
  /** Given one line for every request, with the faults that struck it. */
  readonly log?: (line: string) => void;
};

export type Simulators = {
  /** Present when the options want it. */
  readonly ne: Simulator | null;
  readonly tm: Simulator | null;
  /** For the header `X-Admin-Token` of `/admin/faults`. */
  readonly adminToken: string;
  readonly close: () => Promise<void>;
};

/**
 * Serves the simulated NE, the simulated TM desk, or both, on 127.0.0.1, over one ledger. Used by `oss simulate` and
 * inside commands alike. What is overdue in the ledger is done before this resolves.
 * Throws Refusal BAD_VALUE for a fault rule that is none, or a port that is taken, and what `databaseError` makes of a
 * ledger that cannot be used: DATABASE_BUSY when another process does not let go of it, DISK_FULL …
 */
export const startSimulators = async (options: SimulatorsOptions): Promise<Simulators> => {
  try {
    return await start(options);
  } catch (error) {
    throw databaseError(error, options.ledgerPath);
  }
};

const start = async (options: SimulatorsOptions): Promise<Simulators> => {
  const db = openLedger(options.ledgerPath, options.busyTimeoutMs);
  const adminToken = randomBytes(16).toString('hex');
  const started: Simulator[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(started.map((simulator) => simulator.close()));
    db.close();
  };
  const serve = async (kind: 'ne' | 'tm'): Promise<Simulator | null> => {
    if (options.which !== 'all' && options.which !== kind) return null;
    const journal = openJournal(db, kind);
    const { seed, now } = options;
    const peer =
      kind === 'ne'
        ? createNe({ db, journal, capacity: options.capacity ?? null })
        : createTm({
            db,
            journal,
            seed,
            answers: options.answers ?? EVERYBODY_AGREES,
            callMs: options.callMs ?? 0,
            tz: options.tz ?? 'Asia/Seoul',
          });
    const simulator = await serveSimulator({
      peer,
      db,
      journal,
      seed,
      adminToken,
      port: options.ports?.[kind] ?? 0,
      faults: options.faults ?? [],
      freshFaults: options.freshFaults ?? false,
      latencyMs: options.latencyMs ?? 0,
      now,
      log: options.log ?? (() => {}),
    });
    started.push(simulator);
    return simulator;
  };
  try {
    const ne = await serve('ne');
    const tm = await serve('tm');
    return { ne, tm, adminToken, close };
  } catch (error) {
    await close();
    throw error;
  }
};
