import type { BatchFileRow, BatchPass } from '../../core/ports/batch-file.ts';
import { decodeText } from '../csv/decode-text.ts';
import { readFlatJson } from './flat-json.ts';

const MAX_LINE_CHARS = 1_000_000;

/** Reads NDJSON: one object a line. Empty lines are skipped; a line that is none is reported, and the next one read. */
export async function* readNdjson(
  bytes: AsyncIterable<Uint8Array>,
  { onError }: BatchPass,
): AsyncGenerator<BatchFileRow, void> {
  let line = 0;
  let found = false;
  for await (const text of linesOf(decodeText(bytes))) {
    line += 1;
    if (text === null) {
      onError({ line, field: '', reason: `is longer than ${MAX_LINE_CHARS} characters` }, true);
      return;
    }
    if (text.trim() === '') continue;
    found = true;
    const read = readFlatJson(text);
    if (read.ok) yield { line, cells: read.cells };
    else onError({ line, field: read.column, reason: read.reason }, false);
  }
  if (!found) onError({ line: 0, field: '', reason: 'it is empty' }, true);
}

/** null: too long, and nothing follows. */
async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string | null, void> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > MAX_LINE_CHARS) {
      yield null;
      return;
    }
  }
  if (rest !== '') yield rest;
}
