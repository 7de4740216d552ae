/** An address of version 4 or 6, and how many of its bits belong to the network. */
export type Network = { readonly version: 4 | 6; readonly address: bigint; readonly prefix: number };

const BITS = { 4: 32, 6: 128 } as const;

const version4 = (text: string): bigint | null => {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^(?:0|[1-9][0-9]{0,2})$/.test(part) || Number(part) > 255))
    return null;
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
};

/** The last two groups may be written as an address of version 4. */
const withoutEmbedded = (text: string): string | null => {
  const at = text.lastIndexOf(':');
  if (!text.includes('.')) return text;
  const four = version4(text.slice(at + 1));
  return four === null
    ? null
    : `${text.slice(0, at + 1)}${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}`;
};

const version6 = (given: string): bigint | null => {
  const text = withoutEmbedded(given);
  if (text === null) return null;
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const [before = [], after = []] = groups;
  const missing = 8 - before.length - after.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const all = [...before, ...Array.from({ length: Math.max(missing, 0) }, () => '0'), ...after];
  if (all.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  return all.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
};

/** An address that is version 4 written as version 6 (`::ffff:10.0.0.1`) is read as version 4. */
const MAPPED = 0xffffn;

const parseAddress = (text: string): Network | null => {
  const four = version4(text);
  if (four !== null) return { version: 4, address: four, prefix: BITS[4] };
  const six = version6(text);
  if (six === null) return null;
  return six >> 32n === MAPPED
    ? { version: 4, address: six & 0xffff_ffffn, prefix: BITS[4] }
    : { version: 6, address: six, prefix: BITS[6] };
};

/** `10.0.0.5`, `10.0.0.0/8`, `fd00::/8`; null for anything else. */
export const parseNetwork = (text: string): Network | null => {
  const [address = '', prefix, ...more] = text.split('/');
  const parsed = parseAddress(address);
  if (parsed === null || more.length > 0) return null;
  if (prefix === undefined) return parsed;
  const bits = /^(?:0|[1-9][0-9]{0,2})$/.test(prefix) ? Number(prefix) : -1;
  return bits < 0 || bits > BITS[parsed.version] || address.includes(':') !== (parsed.version === 6)
    ? null
    : { ...parsed, prefix: bits };
};

export const isNetwork = (text: string): boolean => parseNetwork(text) !== null;

/** Whether an address lies in a network. false: it is no address. */
export const isWithin = (address: string, { version, address: start, prefix }: Network): boolean => {
  const parsed = parseAddress(address);
  if (parsed === null || parsed.version !== version) return false;
  const rest = BigInt(BITS[version] - prefix);
  return parsed.address >> rest === start >> rest;
};
