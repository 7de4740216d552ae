const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** FNV-1a over UTF-16 units, 32 bits unsigned. Another `start` gives another hash. For spreading, never for secrets. */
export const fnv1a = (text: string, start = OFFSET_BASIS): number => {
  let hash = start;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME);
  return hash >>> 0;
};
