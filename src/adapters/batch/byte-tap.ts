import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';

const HASH_SIGN = 0x23;
const NEW_LINE = 0x0a;
/** Rows of one piece are in memory at once: a smaller one is garbage before it is taken for something that stays. */
const PIECE_BYTES = 16 * 1024;
const BOM = [0xef, 0xbb, 0xbf];

/** A file's bytes, their hash known at the end. `comments`: leading lines that begin with `#` are emptied. */
export const tapBytes = (
  path: string,
  { comments, onHash }: { readonly comments: boolean; readonly onHash: (sha256: string) => void },
): Readable => {
  const bytes = createReadStream(path, { highWaterMark: PIECE_BYTES });
  const hash = createHash('sha256');
  async function* tapped(): AsyncGenerator<Uint8Array, void> {
    const empty = comments ? commentFilter() : (piece: Uint8Array) => piece;
    for await (const piece of bytes as AsyncIterable<Uint8Array>) {
      hash.update(piece);
      yield empty(piece);
    }
    onHash(hash.digest('hex'));
  }
  return Readable.from(tapped(), { objectMode: false });
};

/** Keeps the line ends, so that lines are still counted as in the file. */
const commentFilter = (): ((piece: Uint8Array) => Uint8Array) => {
  let state: 'line-start' | 'comment' | 'rows' = 'line-start';
  let isFirst = true;
  return (piece) => {
    if (state === 'rows') return piece;
    const kept: number[] = [];
    let at = isFirst && BOM.every((byte, i) => piece[i] === byte) ? BOM.length : 0;
    isFirst = false;
    for (; at < piece.length; at += 1) {
      const byte = piece[at] ?? 0;
      if (state === 'line-start' && byte !== HASH_SIGN && byte !== NEW_LINE) break;
      if (byte === NEW_LINE) {
        kept.push(byte);
        state = 'line-start';
      } else {
        state = 'comment';
      }
    }
    if (at === piece.length) return Uint8Array.from(kept);
    state = 'rows';
    return Buffer.concat([Uint8Array.from(kept), piece.subarray(at)]);
  };
};
