import type { Warning } from '../../core/codes/warning.ts';
import type { BreakerSettings } from '../../core/peers/breaker.ts';
import type { NetworkElement, TmDesk } from '../../core/ports/peers.ts';
import type { Clock } from '../../core/ports/runtime.ts';
import { withoutEndSlashes } from '../../core/values/end-slashes.ts';
import { createGate, type Gate } from './gate.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';
import { createHttpNe } from './ne.ts';
import type { RevertVerb } from './ne-revert.ts';
import { createPeerClient, type PeerClient } from './peer-client.ts';
import type { PeerPlace } from './peer-url.ts';
import { probeLeaseMs } from './probe-lease.ts';
import { type BreakerAccess, createRowBreaker } from './row-breaker.ts';
import { createHttpTm } from './tm.ts';

export type PeerConfig = Pick<PeerPlace, 'url' | 'identity' | 'breakerName'> & {
  /** No request takes longer, in ms. */
  readonly timeoutMs: number;
  /** Requests in flight at most; 8 by default. */
  readonly bulkhead?: number;
  readonly breaker: Omit<BreakerSettings, 'probeLeaseMs'>;
  /** Gives it before every request; may cache. */
  readonly token?: () => Promise<string>;
  /** Hears what kind of peer has answered. Must not reject. */
  readonly heard?: (by: 'simulator' | 'real') => Promise<void>;
};

export type PeersConfig = {
  readonly ne: PeerConfig & { readonly revertVerb?: RevertVerb };
  readonly tm: PeerConfig;
  readonly breakers: BreakerAccess;
  readonly clock: Clock;
  /** This process, as `Processes.self`. */
  readonly self: string;
  /** 0 to 1; Math.random by default. */
  readonly random?: () => number;
  /** Hears of breakers that cannot be read or written. */
  readonly warn?: (warning: Warning) => void;
};

export type Peers = {
  readonly ne: NetworkElement;
  readonly tm: TmDesk;
  /** Waits until the breakers' rows know all results, then cuts the connections. Call it before the store is closed. */
  readonly close: () => Promise<void>;
};

const DEFAULT_PLACES = 8;

/** Both peers over HTTP, as configured; connections are made when they are first needed. */
export const createPeers = (config: PeersConfig): Peers => {
  const clients = new Map<string, HttpClient>();
  const gates: Gate[] = [];

  const clientOf = (origin: string): HttpClient => {
    const client = clients.get(origin) ?? createHttpClient(origin);
    clients.set(origin, client);
    return client;
  };
  const peerOf = (peer: PeerConfig): PeerClient => {
    const { origin, pathname } = new URL(peer.url);
    const settings = { ...peer.breaker, probeLeaseMs: probeLeaseMs(peer.timeoutMs) };
    const row = createRowBreaker({
      name: peer.breakerName,
      settings,
      access: config.breakers,
      clock: config.clock,
      self: config.self,
      random: config.random ?? Math.random,
      warn: config.warn ?? (() => {}),
    });
    const gate = createGate({ row, places: peer.bulkhead ?? DEFAULT_PLACES, settings, clock: config.clock });
    gates.push(gate);
    return createPeerClient({
      client: clientOf(origin),
      gate,
      clock: config.clock,
      basePath: withoutEndSlashes(pathname),
      timeoutMs: peer.timeoutMs,
      ...(peer.token === undefined ? {} : { token: peer.token }),
      ...(peer.heard === undefined ? {} : { heard: peer.heard }),
    });
  };

  return {
    ne: createHttpNe({
      client: peerOf(config.ne),
      identity: config.ne.identity,
      revertVerb: config.ne.revertVerb ?? 'patch',
    }),
    tm: createHttpTm({ client: peerOf(config.tm), identity: config.tm.identity }),
    close: async () => {
      await Promise.all(gates.map((gate) => gate.told()));
      await Promise.all([...clients.values()].map((client) => client.close()));
    },
  };
};
