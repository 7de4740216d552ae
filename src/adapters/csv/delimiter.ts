export type Delimiter = ',' | ';' | '\t';

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t'];

/** The delimiter that a header uses most, outside quotes; a comma when there is none. */
export const detectDelimiter = (header: string): Delimiter => {
  const plain = header.replace(/"[^"]*"/g, '');
  const count = (delimiter: Delimiter): number => plain.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
};

/** The first line of a text that has something on it, and the text with nothing missing. */
export const firstLine = async (
  text: AsyncGenerator<string, void>,
  max: number,
): Promise<{ readonly head: string; readonly rest: AsyncIterable<string> }> => {
  let read = '';
  for (;;) {
    const [line] = /^[^\n]*\S[^\n]*(?=\n)/m.exec(read) ?? [];
    if (line !== undefined || read.length > max) return { head: line ?? read, rest: chain(read, text) };
    const next = await text.next();
    if (next.done === true) return { head: read, rest: chain(read, text) };
    read += next.value;
  }
};

async function* chain(head: string, text: AsyncIterable<string>): AsyncGenerator<string, void> {
  if (head !== '') yield head;
  yield* text;
}
