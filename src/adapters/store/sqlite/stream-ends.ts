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
  const places = new Map<string, number>();
  const versions: number[] = [];
  let hashes = Buffer.alloc(FIRST_ROOM * HASH_BYTES);

  const placeOf = (orderId: string): number => {
    const known = places.get(orderId);
    if (known !== undefined) return known;
    const place = places.size;
    places.set(orderId, place);
    if ((place + 1) * HASH_BYTES > hashes.length) {
      const larger = Buffer.alloc(hashes.length * 2);
      hashes.copy(larger);
      hashes = larger;
    }
    return place;
  };

  return {
    get: (orderId) => {
      const place = places.get(orderId);
      if (place === undefined) return { version: 0, hash: '' };
      const start = place * HASH_BYTES;
      return { version: versions[place] ?? 0, hash: hashes.toString('hex', start, start + HASH_BYTES) };
    },
    set: (orderId, version, hash) => {
      const place = placeOf(orderId);
      versions[place] = version;
      const start = place * HASH_BYTES;
      hashes.fill(0, start, start + HASH_BYTES);
      if (hash.length === HASH_BYTES * 2) hashes.write(hash, start, 'hex');
    },
    size: () => places.size,
  };
};
