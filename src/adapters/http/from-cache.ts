type Headers = Readonly<Record<string, string>>;

/** What each header looks like when a cache on the way gave the answer instead of the peer. */
const SIGNS: readonly (readonly [name: string, sign: RegExp])[] = [
  ['age', /^\s*0*[1-9]/],
  ['cache-status', /;\s*hit(?![\w-])/i],
  ['x-cache', /(?<![a-z])hit(?![a-z])/i],
  ['x-cache-status', /(?<![a-z])(?:hit|stale|updating)(?![a-z])/i],
  ['x-proxy-cache', /(?<![a-z])(?:hit|stale|updating)(?![a-z])/i],
  ['cf-cache-status', /(?<![a-z])(?:hit|stale|updating)(?![a-z])/i],
  ['warning', /(?:^|,)\s*11[0-3](?!\d)/],
];

/** By which header an answer shows that it comes out of a cache; null: by none. What is not there may be there by now. */
export const fromCache = (headers: Headers): string | null => {
  const [name] = SIGNS.find(([name, sign]) => sign.test(headers[name] ?? '')) ?? [];
  return name === undefined ? null : `${name}: ${headers[name]?.slice(0, 60)}`;
};
