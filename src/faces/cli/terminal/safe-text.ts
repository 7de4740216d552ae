import { seenText, withoutOverlays } from '../../../core/values/invisible.ts';

/**
 * Text from customers and peers may carry terminal escapes, overwrite a line with CR, turn reading direction around, or be
 * written over by marks. C0 except newline and tab, DEL, C1, line and paragraph separators go here; the rest in the core.
 */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/g;
/** A whole escape sequence is dropped with its letters, so that no `[31m` is left to read. */
const SEQUENCES =
  /\u001b\][^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|(?:\u001b\[|\u009b)[\u0020-\u003f]*[\u0040-\u007e]|\u001b[\u0020-\u002f]*[\u0030-\u007e]/g;

/** True for almost every text: printable ASCII and whole Korean syllables. */
const PLAIN = /^[\u0020-\u007e\uac00-\ud7a3]*$/;

/** Text that is safe to print, in NFC; newlines and tabs stay. Lone surrogates become U+FFFD. */
export const safeText = (text: string): string =>
  PLAIN.test(text)
    ? text
    : withoutOverlays(
        seenText(text.replace(/\r\n/g, '\n').replace(SEQUENCES, '').replace(CONTROLS, ''))
          .replace(/\p{Surrogate}/gu, '\ufffd')
          .normalize('NFC'),
      ).normalize('NFC');

/** The same on one line: newlines and tabs become spaces. */
export const safeLine = (text: string): string =>
  safeText(text).replace(/\s+/g, (space) => (/[\n\t]/.test(space) ? ' ' : space));
