import type { Warning } from '../../core/codes/warning.ts';
import type { NetworkElement, TmDesk } from '../../core/ports/peers.ts';
import type { Clock } from '../../core/ports/runtime.ts';
import { sharedClock } from '../../core/ports/shared-clock.ts';
import type { Store } from '../../core/ports/store.ts';
import type { PeerSettings } from '../config/peer-settings.ts';
import { tokenSource } from '../config/secrets.ts';
import type { Settings } from '../config/settings.ts';
import { type PeerKind, peerPlace } from '../http/peer-url.ts';
import { createPeers, type PeerConfig } from '../http/peers.ts';
import { answeredBy } from './answered-by.ts';

export type EmbeddedPeers = {
  readonly ne: NetworkElement;
  readonly tm: TmDesk;
  readonly close: () => Promise<void>;
};

export type PeersOptions = {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly store: Store;
  /** This process. */
  readonly self: string;
  readonly ledgerPath: string;
  readonly unusedProxies: Readonly<Record<PeerKind, string | null>>;
  readonly warn: (warning: Warning) => void;
};

/** The configured peers over HTTP; without URLs the simulators, served inside this process on free loopback ports. */
export const startPeers = async (options: PeersOptions): Promise<EmbeddedPeers> => {
  const { settings, clock, store, self, warn } = options;
  const simulators = settings.simulated ? await startEmbedded(options) : null;
  const hear = answeredBy(store, warn);
  const config = (kind: PeerKind, peer: PeerSettings, simulatedUrl: string | null): PeerConfig => {
    const url = peer.url ?? simulatedUrl ?? '';
    const place = peerPlace(kind, url, { allowHttp: peer.allowHttp, embedded: peer.url === null });
    const proxy = options.unusedProxies[kind];
    if (proxy !== null) warn({ code: 'PROXY_UNUSED', peer: kind, variable: proxy });
    const token = tokenSource(peer, clock.monotonic);
    return {
      ...place,
      timeoutMs: peer.timing.timeoutMs,
      bulkhead: peer.bulkhead,
      breaker: settings.breaker,
      ...(token === undefined ? {} : { token }),
      // Of the simulators inside this command nothing is to be learnt.
      ...(peer.url === null ? {} : { heard: (by) => hear(kind, by) }),
    };
  };
  const peers = createPeers({
    ne: { ...config('ne', settings.ne, simulators?.ne ?? null), revertVerb: settings.ne.revertVerb },
    tm: config('tm', settings.tm, simulators?.tm ?? null),
    breakers: {
      readRow: (name) => store.read((tx) => tx.breakers.get(name)),
      compareAndSet: (row, expectedGen) =>
        store.write((tx) => tx.breakers.compareAndSet(row, expectedGen), {}),
    },
    clock: sharedClock(clock, store),
    self,
    warn,
  });
  return {
    ne: peers.ne,
    tm: peers.tm,
    close: async () => {
      await peers.close();
      await simulators?.close();
    },
  };
};

type Embedded = { readonly ne: string; readonly tm: string; readonly close: () => Promise<void> };

const startEmbedded = async ({ settings, clock, ledgerPath }: PeersOptions): Promise<Embedded> => {
  const { startSimulators } = await import('../simulators/simulators.ts');
  const { parseAnswers } = await import('../simulators/answers.ts');
  const { seed, faults, answers, latencyMs, callMs } = settings.simulate;
  const started = await startSimulators({
    which: 'all',
    ledgerPath,
    seed,
    now: clock.now,
    faults,
    ...(answers === null ? {} : { answers: parseAnswers(answers) }),
    latencyMs,
    callMs,
    tz: settings.tz,
  });
  if (started.ne === null || started.tm === null) throw new Error('both simulators were asked for');
  return { ne: started.ne.url, tm: started.tm.url, close: started.close };
};
