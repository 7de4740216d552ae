import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import type { Widths } from './width.ts';

/** Of longer texts string-width, wrap-ansi and the segmenter of the language take time by the square. */
const LONGEST = 1_000;

const widthOf = (text: string): number => {
  if (text.length <= LONGEST) return stringWidth(text);
  let width = 0;
  for (const character of charactersOf(text)) width += characterWidth(character);
  return width;
};

/** Of those that were measured: string-width takes 10 µs for each. */
const known = new Map<string, number>();
const MOST_KNOWN = 4_096;

const characterWidth = (character: string): number => {
  const before = known.get(character);
  if (before !== undefined) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const width = stringWidth(character);
  known.set(character, width);
  return width;
};

/** For every text there is. */
export const EXACT_WIDTHS: Widths = {
  width: (text) => widthOf(text.normalize('NFC')),
  wrap: (text, width) => {
    const columns = Math.max(2, width);
    if (text.length > LONGEST) return text.split('\n').flatMap((line) => [...wrapLong(line, columns)]);
    return stringWidth(text) <= width && !text.includes('\n')
      ? [text]
      : wrapAnsi(text, columns, { hard: true, trim: true }).split('\n');
  },
};

/** In one pass: at blanks, and within a word that is too long, never within what is seen as one character. */
function* wrapLong(line: string, columns: number): Generator<string, void> {
  let current = '';
  let width = 0;
  for (const word of line.split(/[ \t]/)) {
    if (word === '') continue;
    const columnsOfWord = widthOf(word);
    const fits = width + 1 + columnsOfWord <= columns;
    if (current !== '' && !fits) yield current;
    const parts = columnsOfWord <= columns ? [{ text: word, width: columnsOfWord }] : [...cut(word, columns)];
    for (const part of parts.slice(0, -1)) yield part.text;
    const last = parts.at(-1) ?? { text: '', width: 0 };
    const joins = current !== '' && fits;
    current = joins ? `${current} ${last.text}` : last.text;
    width = joins ? width + 1 + last.width : last.width;
  }
  yield current;
}

const segmenter = new Intl.Segmenter();

/** What is seen as one character each. */
function* charactersOf(text: string): Generator<string, void> {
  for (let from = 0; from < text.length; ) {
    const segments = [...segmenter.segment(text.slice(from, from + LONGEST))];
    // The last one may go on behind the piece.
    const isCut = from + LONGEST < text.length && segments.length > 1;
    for (const { segment } of isCut ? segments.slice(0, -1) : segments) {
      yield segment;
      from += segment.length;
    }
  }
}

/** A word in pieces that fit. */
function* cut(
  word: string,
  columns: number,
): Generator<{ readonly text: string; readonly width: number }, void> {
  let text = '';
  let width = 0;
  for (const segment of charactersOf(word)) {
    const more = characterWidth(segment);
    if (text !== '' && width + more > columns) {
      yield { text, width };
      text = '';
      width = 0;
    }
    text += segment;
    width += more;
  }
  yield { text, width };
}
