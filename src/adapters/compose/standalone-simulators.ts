import { dirname, join } from 'node:path';
import type { Clock } from '../../core/ports/runtime.ts';
import type { Settings } from '../config/settings.ts';

export type StandaloneOptions = {
  readonly which: 'ne' | 'tm' | 'all';
  /** 0: a free one. With both, the desk takes the next number. */
  readonly port: number;
  readonly seed: number;
  /** Besides those of the configuration. */
  readonly faults: readonly string[];
  /** Given one line for every request. */
  readonly log?: (line: string) => void;
};

/** One simulator that is being served. */
export type StandaloneSimulator = {
  readonly peer: 'ne' | 'tm';
  /** As `ne.url` or `tm.url` takes it. */
  readonly url: string;
  /** For the header `X-Admin-Token` of `/admin/faults`. */
  readonly adminToken: string;
  /** The file of its own truth. */
  readonly ledger: string;
};

export type Standalone = {
  readonly simulators: readonly StandaloneSimulator[];
  readonly close: () => Promise<void>;
};

/**
 * Simulators for several processes, on ports of their own. Their ledger is not the one of the simulators inside commands:
 * these are other peers. Throws Refusal BAD_VALUE for a port that is taken or a fault rule that is none.
 */
export const startStandalone = async (
  settings: Settings,
  clock: Clock,
  { which, port, seed, faults, log }: StandaloneOptions,
): Promise<Standalone> => {
  const { startSimulators } = await import('../simulators/simulators.ts');
  const { parseAnswers } = await import('../simulators/answers.ts');
  const { answers, latencyMs, callMs } = settings.simulate;
  const ledger = join(dirname(settings.database.beside), 'simulators.ledger');
  const started = await startSimulators({
    which,
    ledgerPath: ledger,
    seed,
    now: clock.now,
    ports: { ne: port, tm: which === 'all' && port !== 0 ? port + 1 : port },
    faults: [...settings.simulate.faults, ...faults],
    freshFaults: true,
    ...(answers === null ? {} : { answers: parseAnswers(answers) }),
    latencyMs,
    callMs,
    tz: settings.tz,
    ...(log === undefined ? {} : { log }),
  });
  const { adminToken } = started;
  const served = [started.ne, started.tm].flatMap((one) =>
    one === null ? [] : [{ peer: one.kind, url: one.url, adminToken, ledger }],
  );
  return { simulators: served, close: started.close };
};
