/**
 * Where a database of a PostgreSQL server is, and how it is spoken to. It has no password: that has places of its own, which
 * nobody sees who lists processes or reads a configuration.
 */
export type ServerAddress = {
  /** A name, an address, or the folder of a socket. */
  readonly host: string;
  readonly port: number;
  /** null: named as the account of the operating system. */
  readonly user: string | null;
  readonly database: string;
  /** Of the session, as `-c search_path=oss`; null: none. */
  readonly options: string | null;
  readonly tls: Tls;
  /** false: nobody is told of changes, and no setting outlives a transaction; a pooler may give each its own connection. */
  readonly listens: boolean;
};

/** off: in clear. unverified: in secret, with whoever answers. verified: with the very host alone. */
export type TlsMode = 'off' | 'unverified' | 'verified';

/** Files in PEM; null: the authorities that Node knows, no certificate of ours. */
export type Tls = {
  readonly mode: TlsMode;
  readonly authority: string | null;
  readonly certificate: string | null;
  readonly key: string | null;
};

/** Why a text is no address of a server. */
export type ServerUrlFault = 'SHAPE' | 'PASSWORD';

const PORT = 5_432;
const MODES: Readonly<Record<string, TlsMode>> = {
  disable: 'off',
  require: 'unverified',
  'verify-full': 'verified',
};
const SWITCH: Readonly<Record<string, boolean>> = { on: true, off: false };
const PARAMETERS = ['host', 'options', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'listen'];

export const isServerUrl = (text: string): boolean => /^postgres(ql)?:/i.test(text);

/** No line to another machine: nobody in between can listen or answer. */
export const isThisMachine = (host: string): boolean =>
  host.startsWith('/') || host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

/** Reads `postgres://user@host:port/database?…`, with the parameters of libpq that mean something here, and `listen`. */
export const parseServerUrl = (text: string): ServerAddress | ServerUrlFault => {
  if (!/^postgres(ql)?:\/\//i.test(text)) return 'SHAPE';
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    // A password with signs that do not belong into a URL is one all the same.
    return /:\/\/[^:@/]*:.*@/s.test(text) ? 'PASSWORD' : 'SHAPE';
  }
  const { searchParams: parameters, hash } = url;
  if (url.password !== '' || parameters.has('password')) return 'PASSWORD';
  const names = [...parameters.keys()];
  const isKnown = names.every((name) => PARAMETERS.includes(name)) && new Set(names).size === names.length;
  const database = decode(url.pathname.slice(1));
  const user = decode(url.username);
  const host = parameters.get('host') ?? decode(url.hostname.replace(/^\[(.*)\]$/, '$1')) ?? '';
  if (!isKnown || hash !== '' || user === null || database === null) return 'SHAPE';
  if (database === '' || database.includes('/') || host === '' || /[,\s]/.test(host)) return 'SHAPE';
  const mode = MODES[parameters.get('sslmode') ?? (isThisMachine(host) ? 'disable' : 'verify-full')];
  const listens = SWITCH[parameters.get('listen') ?? 'on'];
  const options = parameters.get('options');
  // A pooler takes no options of a session.
  if (mode === undefined || listens === undefined || (!listens && options !== null)) return 'SHAPE';
  return {
    host,
    port: url.port === '' ? PORT : Number(url.port),
    user: user === '' ? null : user,
    database,
    options,
    tls: {
      mode,
      authority: parameters.get('sslrootcert'),
      certificate: parameters.get('sslcert'),
      key: parameters.get('sslkey'),
    },
    listens,
  };
};

const decode = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

/** Part of the name of files that belong to a database and lie on this machine. */
export const fileNameOf = ({ host, port, database, options }: ServerAddress): string =>
  ['postgres', host, String(port), database, ...(options === null ? [] : [options])]
    .join('-')
    .replace(/[^\p{L}\p{N}._]+/gu, '-')
    .slice(0, 150);
