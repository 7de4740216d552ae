import { dirname } from 'node:path';
import type { PeerTiming } from '../../core/rules/policy.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { KEYS } from './keys.ts';
import { type Env, expandPath, type Places } from './paths.ts';
import type { PeerName } from './peer-keys.ts';
import type { Reader } from './reader.ts';
import type { Setting } from './setting.ts';

export type PeerSettings = {
  /** null: the built-in simulator. */
  readonly url: string | null;
  readonly timing: PeerTiming;
  /** Requests of one process under way at the same time. */
  readonly bulkhead: number;
  /** Absolute path. At most one of file and command is set. */
  readonly tokenFile: string | null;
  readonly tokenCommand: string | null;
  /** Plain http to another host is allowed. */
  readonly allowHttp: boolean;
};

export const peerSettings = (peer: PeerName, read: Reader, places: Places): PeerSettings => {
  const keys = KEYS[peer];
  const timing: PeerTiming = {
    windowMs: read.pick(keys.windowMs),
    timeoutMs: read.pick(keys.timeoutMs),
    settleMs: read.pick(keys.settleMs),
    pollMs: read.pick(keys.pollMs),
    pollMaxMs: read.pick(keys.pollMaxMs),
  };
  if (timing.pollMaxMs < timing.pollMs)
    read.reject(keys.pollMaxMs, { code: 'NOT_LESS_THAN', key: keys.pollMs.key });
  const tokenCommand = read.pick(keys.tokenCommand);
  const tokenFile = pathSetting(read, keys.tokenFile, places);
  if (tokenCommand !== null && tokenFile !== null) {
    read.reject(keys.tokenCommand, { code: 'NOTHING_BESIDE', key: keys.tokenFile.key });
  }
  return {
    url: read.pick(keys.url),
    timing,
    bulkhead: read.pick(keys.bulkhead),
    tokenFile,
    tokenCommand,
    allowHttp: read.pick(keys.allowHttp),
  };
};

/** The absolute path of a file that a setting names. */
export const pathSetting = (read: Reader, setting: Setting<string | null>, places: Places): string | null => {
  const path = read.pick(setting);
  if (path === null) return null;
  const origin = read.origin(setting);
  return expandPath(path, origin.from === 'file' ? dirname(origin.path) : places.cwd, places.home);
};

/** One real peer beside a simulated one is never meant: orders would be switched on in one world and visited in another. */
export const checkBothUrls = (ne: PeerSettings, tm: PeerSettings, read: Reader): void => {
  if ((ne.url === null) === (tm.url === null)) return;
  const [set, missing] = ne.url === null ? (['tm.url', 'ne.url'] as const) : (['ne.url', 'tm.url'] as const);
  read.note([
    new Refusal('PEER_URL', {
      key: missing,
      cause: { code: 'ONE_OF_BOTH', set, missing },
    }),
  ]);
};

/** Node would take any certificate for a peer's: a machine in between would get the token and give the answers. */
export const checkTls = (
  { ne, tm }: { readonly ne: PeerSettings; readonly tm: PeerSettings },
  env: Env,
  read: Reader,
): void => {
  const isReal = ne.url !== null || tm.url !== null;
  if (isReal && env[UNCHECKED] === '0') read.note([new Refusal('TLS_UNCHECKED', { variable: UNCHECKED })]);
};

const UNCHECKED = 'NODE_TLS_REJECT_UNAUTHORIZED';
