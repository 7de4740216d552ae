import { withoutInvisible } from './invisible.ts';

/** As wide as a Korean letter; each means what the narrow one does. */
const WIDE = /[\uff01-\uff5e]/g;
const WIDE_TO_NARROW = 0xfee0;

/**
 * What is read by its signs (numbers, times, phone numbers, codes; never names and texts) as a keyboard writes it: `２` is
 * 2, every space is one, and invisible signs are left out.
 */
export const narrow = (text: string): string =>
  withoutInvisible(text)
    .replace(WIDE, (sign) => String.fromCharCode(sign.charCodeAt(0) - WIDE_TO_NARROW))
    .replace(/\s/g, ' ')
    .normalize('NFC');

/** Dashes that are written, or put in by a word processor, where a hyphen or a minus is meant. */
export const withHyphens = (text: string): string => text.replace(/[\u2010-\u2015\u2212]/g, '-');
