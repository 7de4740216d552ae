import { seenText, withoutOverlays } from './invisible.ts';

/** C0, DEL, C1, and the two separators that some programs take for a new line. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** What no name, id or other text of one line may hold. */
export const hasControls = (text: string): boolean => CONTROLS.test(text);

/** The same, and lone surrogates. */
const UNFIT = /[\p{Cc}\p{Cs}\u2028\u2029]/u;
const UNFIT_BUT_LINES = /[^\P{Cc}\n\t]|[\p{Cs}\u2028\u2029]/u;

/** What no text of one line may hold that is kept: control characters, and halves of characters. */
export const isUnfit = (text: string): boolean => UNFIT.test(text);

/**
 * A text as it is kept: NFC, without space around it, `max` characters (code points) at most. On one line runs of space
 * become one; with `lines` new lines and tabs stay. null: empty, too long, or with control characters.
 */
export const cleanText = (
  text: string,
  max: number,
  options: { readonly lines?: boolean } = {},
): string | null => {
  // Measured before anything else is done with it: a text of megabytes costs nothing.
  if (text.length > max * 4) return null;
  const trimmed = text.trim();
  const lines = options.lines === true;
  if ((lines ? UNFIT_BUT_LINES : UNFIT).test(trimmed)) return null;
  const clean = (lines ? trimmed : trimmed.replace(/\s+/gu, ' ')).normalize('NFC');
  return clean === '' || Array.from(clean).length > max ? null : clean;
};

/** Marks stand on something. */
const BEGINS_WITH_MARK = /^\p{M}/u;

/**
 * The name of a person or a place as it is kept: `cleanText` without signs that nobody sees. null: nothing is seen of it, or
 * it is too long, has control characters, or is written over, so that nobody could read or find it.
 */
export const cleanName = (text: string, max: number): string | null => {
  if (text.length > max * 4) return null;
  const name = cleanText(seenText(text), max);
  if (name === null || BEGINS_WITH_MARK.test(name)) return null;
  return withoutOverlays(name) === name ? name : null;
};
