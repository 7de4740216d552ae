import type { BatchFileRow, BatchPass } from '../../core/ports/batch-file.ts';
import { decodeText } from '../csv/decode-text.ts';
import { readFlatJson } from './flat-json.ts';

const MAX_LINE_CHARS = 1_000_000;

/**
 * Reads NDJSON: one object a line. Empty lines are skipped; a line that is none is reported, and the next one read.
 * `mayBeEmpty`: the caller said NDJSON, so that nothing at all is no rows, and not a file that an export failed to write.
 */
export async function* readNdjson(
  bytes: AsyncIterable<Uint8Array>,
  { onError }: BatchPass,
  { mayBeEmpty = false }: { readonly mayBeEmpty?: boolean } = {},
): AsyncGenerator<readonly BatchFileRow[], void> {
  let line = 0;
  let found = false;
  let rest = '';
  const rowOf = (text: string): readonly BatchFileRow[] => {
    line += 1;
    if (text.trim() === '') return [];
    found = true;
    const read = readFlatJson(text);
    if (read.ok) return [{ line, cells: read.cells }];
    onError({ line, field: read.column, reason: read.reason }, false);
    return [];
  };
  for await (const piece of decodeText(bytes)) {
    rest += piece;
    if (piece.includes('\n')) {
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      yield lines.flatMap(rowOf);
    }
    if (rest.length > MAX_LINE_CHARS) {
      const reason = { code: 'LINE_TOO_LONG', most: MAX_LINE_CHARS } as const;
      return onError({ line: line + 1, field: '', reason }, true);
    }
  }
  yield rowOf(rest);
  if (!found && !mayBeEmpty) onError({ line: 0, field: '', reason: { code: 'EMPTY' } }, true);
}
