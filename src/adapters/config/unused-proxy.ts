type Env = Readonly<Record<string, string | undefined>>;

const firstSet = (env: Env, names: readonly string[]): string | null =>
  names.find((name) => (env[name] ?? '') !== '') ?? null;

/** Machines that no program reaches through a proxy. */
const isHere = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);

/** Whether NO_PROXY says that a program reaches a host directly: `*`, or a name with all below it, with or without a port. */
const isExcepted = ({ hostname, port, protocol }: URL, exceptions: string): boolean =>
  exceptions
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((one) => one !== '')
    .some((one) => {
      const [, name = one, onlyPort] = /^(.*?)(?::(\d+))?$/.exec(one) ?? [];
      const ownPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
      if (onlyPort !== undefined && onlyPort !== ownPort) return false;
      const domain = name.replace(/^\*?\.?/, '');
      return domain === '' || hostname === domain || hostname.endsWith(`.${domain}`);
    });

/**
 * The variable by which other programs would ask this URL through a proxy. This one never does (ADR 25), and must say so
 * where it matters. null: they would ask it directly too.
 */
export const unusedProxy = (text: string, env: Env): string | null => {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (isHere(url.hostname) || isExcepted(url, env.no_proxy || env.NO_PROXY || '')) return null;
  const own = url.protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY'];
  return firstSet(env, [...own, 'all_proxy', 'ALL_PROXY']);
};
