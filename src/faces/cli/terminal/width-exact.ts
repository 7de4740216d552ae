import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import type { Widths } from './width.ts';

/** For every text there is. */
export const EXACT_WIDTHS: Widths = {
  width: (text) => stringWidth(text.normalize('NFC')),
  wrap: (text, width) =>
    stringWidth(text) <= width && !text.includes('\n')
      ? [text]
      : wrapAnsi(text, Math.max(2, width), { hard: true, trim: true }).split('\n'),
};
