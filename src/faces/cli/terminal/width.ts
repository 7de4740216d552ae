import { simpleWidth, simpleWrap } from './width-simple.ts';

/** How texts are measured and wrapped; texts without colours, in NFC. */
export type Widths = {
  /** Columns that a text on one line takes: 2 for Hangul and emoji, none for combining marks. */
  readonly width: (text: string) => number;
  /** Lines of at most `width` columns; a word that is longer is cut, so that nothing is ever lost. */
  readonly wrap: (text: string, width: number) => readonly string[];
};

/** ASCII, and what is 2 columns wide wherever it stands: Hangul, Han, kana and full-width signs; newline separates. */
const SIMPLE =
  /^[\n\u0020-\u007e\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u3131-\u3163\u3165-\u318e\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]*$/;

export const isSimple = (text: string): boolean => SIMPLE.test(text);

export const SIMPLE_WIDTHS: Widths = { width: simpleWidth, wrap: simpleWrap };

/**
 * string-width and wrap-ansi, which know every script and emoji, cost 30 ms to load: they are loaded when one of the
 * texts needs them. For the others the answers are the same (a test compares them).
 */
export const widthsFor = async (texts: Iterable<string>): Promise<Widths> => {
  for (const text of texts) {
    if (!isSimple(text)) return (await import('./width-exact.ts')).EXACT_WIDTHS;
  }
  return SIMPLE_WIDTHS;
};

/** Fills up with spaces. */
export const padTo = (text: string, width: number, widths: Widths): string =>
  text + ' '.repeat(Math.max(0, width - widths.width(text)));
