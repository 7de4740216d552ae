import { createPeers, type Peers, type PeersConfig } from '../../adapters/http/peers.ts';
import type { BreakerAccess } from '../../adapters/http/row-breaker.ts';
import { DEFAULT_BREAKER } from '../../core/peers/breaker.ts';
import type { BreakerRow } from '../../core/peers/breaker-row.ts';
import type { Admission, Permit, Sending } from '../../core/ports/peers.ts';
import type { Clock } from '../../core/ports/runtime.ts';

/** A store of breaker rows that several "processes" may share. */
export type TestRows = BreakerAccess & {
  readonly rows: Map<string, BreakerRow>;
  readonly writes: () => number;
};

export const testRows = (): TestRows => {
  const rows = new Map<string, BreakerRow>();
  let writes = 0;
  return {
    rows,
    writes: () => writes,
    readRow: async (name) => rows.get(name) ?? null,
    compareAndSet: async (row, expectedGen) => {
      if ((rows.get(row.name)?.gen ?? null) !== expectedGen) return false;
      rows.set(row.name, row);
      writes += 1;
      return true;
    },
  };
};

/** A clock whose wall time is set by the test; time within a request is real. */
export const testClock = (
  at: number = Date.UTC(2026, 10, 24, 5),
): Clock & { advance: (ms: number) => void } => {
  let now = at;
  return {
    now: () => now,
    monotonic: () => performance.now(),
    boot: 'boot:test',
    uptime: () => performance.now(),
    wait: async () => {},
    advance: (ms) => {
      now += ms;
    },
  };
};

const opened = new Set<Peers>();

/** Closes every pair of peers of the test; to be called in afterEach. */
export const closePeers = async (): Promise<void> => {
  await Promise.all([...opened].map((peers) => peers.close()));
  opened.clear();
};

type Changes = {
  readonly ne?: Partial<PeersConfig['ne']>;
  readonly tm?: Partial<PeersConfig['tm']>;
} & Partial<Omit<PeersConfig, 'ne' | 'tm'>>;

/** Both peers at one origin, under the base paths of the two APIs. */
export const testPeers = (origin: string, changes: Changes = {}): Peers => {
  const common = { timeoutMs: 30_000, breaker: DEFAULT_BREAKER };
  const ne = `${origin}/tmf-api/ServiceActivationAndConfiguration/v4`;
  const tm = `${origin}/tmf-api/appointment/v4`;
  const peers = createPeers({
    breakers: testRows(),
    clock: testClock(),
    self: 'host/1/1',
    random: () => 0.5,
    ...changes,
    ne: { ...common, url: ne, identity: `ne:${ne}`, breakerName: `ne:${origin}`, ...changes.ne },
    tm: { ...common, url: tm, identity: `tm:${tm}`, breakerName: `tm:${origin}`, ...changes.tm },
  });
  opened.add(peers);
  return peers;
};

export const permitOf = (admission: Admission): Permit => {
  if (!admission.admitted) throw new Error(`not admitted: ${admission.cause.code}`);
  return admission.permit;
};

/** An admission and the time for one request. */
export const sendingTo = async (
  peer: { readonly admit: () => Promise<Admission> },
  deadlineMs = 30_000,
): Promise<Sending> => ({ permit: permitOf(await peer.admit()), deadlineMs });
