import { cleanName } from './clean-text.ts';
import { withoutInvisible } from './invisible.ts';

const MAX_CHARS = 200;

/** An address as it is kept: as it is seen, NFC, on one line, 1 to 200 characters. null: it is none. */
export const parseAddress = (text: string): string | null => cleanName(text, MAX_CHARS);

/** The words of an address or of the name of a place, however they are spaced, cased and set apart, as they are seen. */
export const placeWords = (text: string): readonly string[] =>
  withoutInvisible(text)
    .normalize('NFC')
    .toLowerCase()
    .split(/[\s,()]+/)
    .filter((word) => word !== '');

/** Whether two texts name one place: the same words, however they are spaced, cased and set apart. */
export const isSameAddress = (one: string, other: string): boolean =>
  one === other || placeWords(one).join(' ') === placeWords(other).join(' ');
