/**
 * Text from customers and peers may carry terminal escapes, overwrite a line with CR, or turn reading direction around.
 * C0 except newline and tab, DEL, C1, line and paragraph separators, bidi controls and zero-width characters.
 * ZWJ stays between emoji (it joins families) and nowhere else.
 */
const CONTROLS =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\u206a-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const LONE_JOINER =
  /(?<!\p{Extended_Pictographic}\u{fe0f}?\p{Emoji_Modifier}?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;
/** A whole escape sequence is dropped with its letters, so that no `[31m` is left to read. */
const SEQUENCES =
  /\u001b\][^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|(?:\u001b\[|\u009b)[\u0020-\u003f]*[\u0040-\u007e]|\u001b[\u0020-\u002f]*[\u0030-\u007e]/g;

/** True for almost every text: nothing but printable ASCII. */
const PLAIN = /^[\u0020-\u007e]*$/;

/** Text that is safe to print, in NFC; newlines and tabs stay. Lone surrogates become U+FFFD. */
export const safeText = (text: string): string =>
  PLAIN.test(text)
    ? text
    : text
        .replace(/\r\n/g, '\n')
        .replace(SEQUENCES, '')
        .replace(CONTROLS, '')
        .replace(LONE_JOINER, '')
        .replace(/\p{Surrogate}/gu, '\ufffd')
        .normalize('NFC');

/** The same on one line: newlines and tabs become spaces. */
export const safeLine = (text: string): string =>
  safeText(text).replace(/\s+/g, (space) => (/[\n\t]/.test(space) ? ' ' : space));
