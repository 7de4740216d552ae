export type Delimiter = ',' | ';' | '\t';

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t'];

/** The delimiter that a header uses most, outside quotes; a comma when there is none. */
export const detectDelimiter = (header: string): Delimiter => {
  const plain = header.replace(/"[^"]*"/g, '');
  const count = (delimiter: Delimiter): number => plain.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
};

/** The first line of a text that has something on it, and the text with nothing missing. Each piece is looked at once. */
export const firstLine = async (
  text: AsyncGenerator<string, void>,
  max: number,
): Promise<{ readonly head: string; readonly rest: AsyncIterable<string> }> => {
  let read = '';
  let line = '';
  while (read.length <= max) {
    const next = await text.next();
    if (next.done === true) break;
    read += next.value;
    line += next.value;
    if (!next.value.includes('\n')) continue;
    const lines = line.split('\n');
    const head = lines.slice(0, -1).find((one) => one.trim() !== '');
    if (head !== undefined) return { head, rest: chain(read, text) };
    line = lines.at(-1) ?? '';
  }
  return { head: read, rest: chain(read, text) };
};

async function* chain(head: string, text: AsyncIterable<string>): AsyncGenerator<string, void> {
  if (head !== '') yield head;
  yield* text;
}
