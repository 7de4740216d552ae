import type { UrlFault } from '../../core/codes/url-fault.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { withoutEndSlashes } from '../../core/values/end-slashes.ts';

export type PeerKind = 'ne' | 'tm';

/** Where a peer is, and the names it goes by. */
export type PeerPlace = {
  /** Base URL, normalised, without a slash at its end. */
  readonly url: string;
  readonly origin: string;
  /** Path of the base URL; empty when it is the root. */
  readonly basePath: string;
  /** Written into every intent: `ne:<url>`, or `ne:simulated`. */
  readonly identity: string;
  /** Name of the breaker's row: `ne:<origin>`, or `ne:simulated`. */
  readonly breakerName: string;
};

export type PeerUrlOptions = {
  /** Plain http is allowed away from loopback too. */
  readonly allowHttp?: boolean;
  /** The simulator inside this command: one peer, whatever port it was given today. */
  readonly embedded?: boolean;
};

/** Reads a configured base URL. Throws Refusal PEER_URL, whose cause never repeats the URL: it may hold a password. */
export const peerPlace = (kind: PeerKind, text: string, options: PeerUrlOptions = {}): PeerPlace => {
  const refuse = (cause: UrlFault): Refusal => new Refusal('PEER_URL', { key: `${kind}.url`, cause });
  const url = parsed(text);
  if (url === null) throw refuse({ code: 'NOT_ABSOLUTE' });
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refuse({ code: 'NOT_HTTP', protocol: url.protocol });
  }
  if (url.username !== '' || url.password !== '') {
    throw refuse({ code: 'CREDENTIALS', file: `${kind}.tokenFile`, command: `${kind}.tokenCommand` });
  }
  if (text.includes('?') || text.includes('#')) throw refuse({ code: 'QUERY' });
  if (url.protocol === 'http:' && !isLoopback(url.hostname) && options.allowHttp !== true) {
    throw refuse({ code: 'NOT_HTTPS', lifts: `${kind}.allowHttp` });
  }
  const basePath = withoutEndSlashes(url.pathname);
  const normal = `${url.origin}${basePath}`;
  const embedded = options.embedded === true;
  return {
    url: normal,
    origin: url.origin,
    basePath,
    identity: embedded ? `${kind}:simulated` : `${kind}:${normal}`,
    breakerName: embedded ? `${kind}:simulated` : `${kind}:${url.origin}`,
  };
};

const parsed = (text: string): URL | null => {
  try {
    return new URL(text.trim());
  } catch {
    return null;
  }
};

/** The parser has turned every spelling of an address into the usual one. */
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  /^127\.\d+\.\d+\.\d+$/.test(hostname);
