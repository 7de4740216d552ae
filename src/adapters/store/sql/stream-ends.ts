const HASH_BYTES = 32;
const FIRST_ROOM = 1024;

/**
 * Version and hash of the last event seen of each order. A million orders must fit beside everything else, so the
 * hashes are kept as bytes in one buffer.
 */
export type StreamEnds = {
  readonly get: (orderId: string) => { readonly version: number; readonly hash: string };
  /** `hash` is 64 hex digits; another text is kept as zeros, which no event follows. */
  readonly set: (orderId: string, version: number, hash: string) => void;
  readonly size: () => number;
};

export const streamEnds = (): StreamEnds => {
  const indices = new Map<string, number>();
  const versions: number[] = [];
  let hashes = Buffer.alloc(FIRST_ROOM * HASH_BYTES);

  const indexOf = (orderId: string): number => {
    const known = indices.get(orderId);
    if (known !== undefined) return known;
    const index = indices.size;
    indices.set(orderId, index);
    if ((index + 1) * HASH_BYTES > hashes.length) {
      const larger = Buffer.alloc(hashes.length * 2);
      hashes.copy(larger);
      hashes = larger;
    }
    return index;
  };

  return {
    get: (orderId) => {
      const index = indices.get(orderId);
      if (index === undefined) return { version: 0, hash: '' };
      const start = index * HASH_BYTES;
      return { version: versions[index] ?? 0, hash: hashes.toString('hex', start, start + HASH_BYTES) };
    },
    set: (orderId, version, hash) => {
      const index = indexOf(orderId);
      versions[index] = version;
      const start = index * HASH_BYTES;
      hashes.fill(0, start, start + HASH_BYTES);
      if (hash.length === HASH_BYTES * 2) hashes.write(hash, start, 'hex');
    },
    size: () => indices.size,
  };
};
