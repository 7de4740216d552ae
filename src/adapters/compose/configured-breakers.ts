import type { BreakerSettings } from '../../core/peers/breaker.ts';
import type { PeerSettings } from '../config/peer-settings.ts';
import type { Settings } from '../config/settings.ts';
import { type PeerKind, peerPlace } from '../http/peer-url.ts';
import { probeLeaseMs } from '../http/probe-lease.ts';

/** A configured peer as its breaker's row and its intents name it, and what bounds the work on it. */
export type ConfiguredBreaker = {
  readonly name: string;
  readonly identity: string;
  readonly settings: BreakerSettings;
  /** Requests in flight that the peer has room for. */
  readonly bulkhead: number;
};

/** The breakers of the configured peers. Opens and sends nothing. */
export const configuredBreakers = (settings: Settings): Readonly<Record<PeerKind, ConfiguredBreaker>> => {
  const of = (kind: PeerKind, { url, timing, allowHttp, bulkhead }: PeerSettings): ConfiguredBreaker => {
    const { breakerName, identity } =
      url === null
        ? { breakerName: `${kind}:simulated`, identity: `${kind}:simulated` }
        : peerPlace(kind, url, { allowHttp });
    return {
      name: breakerName,
      identity,
      bulkhead,
      settings: { ...settings.breaker, probeLeaseMs: probeLeaseMs(timing.timeoutMs) },
    };
  };
  return { ne: of('ne', settings.ne), tm: of('tm', settings.tm) };
};
