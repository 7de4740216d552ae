import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

const ASCII = /^[\u0020-\u007e]*$/;

/** Columns that a text takes: wide for Hangul and emoji, none for combining marks and colours. */
export const displayWidth = (text: string): number =>
  ASCII.test(text) ? text.length : stringWidth(text.normalize('NFC'));

/** Lines of at most `width` columns; a word that is longer is cut hard, so that nothing is ever lost. */
export const wrap = (text: string, width: number): readonly string[] => {
  if (displayWidth(text) <= width && !text.includes('\n')) return [text];
  return wrapAnsi(text, Math.max(2, width), { hard: true, trim: true }).split('\n');
};

export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)));
