/**
 * Signs that show nothing, or turn around what others show: marks of direction, spaces of no width, soft hyphens, the Hangul
 * fillers, the Braille blank, annotations. They come along with what is copied from messengers and pages, or on purpose.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/gu;

/** What makes one emoji of several, or of a sign: the joiner and the selector of emoji. */
const JOINER = '\u200d';
const SELECTOR = '\ufe0f';

/** A text without its invisible signs. */
export const withoutInvisible = (text: string): string => text.replace(INVISIBLE, '');

const PICTURE = /^\p{Extended_Pictographic}$/u;
const MODIFIER = /^\p{Emoji_Modifier}$/u;
const MAY_BE_EMOJI = /^\p{Emoji}$/u;

/** A name or a text without them, as people see it; what joins emoji stays. */
export const seenText = (text: string): string => {
  if (!text.includes(JOINER) && !text.includes(SELECTOR)) return withoutInvisible(text);
  const letters = Array.from(text);
  const isPicture = (at: number): boolean => PICTURE.test(letters[at] ?? '');
  /** The picture that the letter at `at` ends: itself, or what stands before a selector or a colour of skin. */
  const endsPicture = (at: number): boolean =>
    isPicture(at) || ((letters[at] === SELECTOR || MODIFIER.test(letters[at] ?? '')) && isPicture(at - 1));
  return letters
    .filter((letter, at) => {
      if (letter === JOINER) return endsPicture(at - 1) && isPicture(at + 1);
      if (letter === SELECTOR) return MAY_BE_EMOJI.test(letters[at - 1] ?? '');
      return withoutInvisible(letter) !== '';
    })
    .join('');
};

/** Whether nobody sees anything of a text. */
export const isBlank = (text: string): boolean => withoutInvisible(text).trim() === '';

/** Marks that cross out or enclose the sign before them. The key cap of emoji is none. */
const OVERLAID =
  /(?!\u20e3)\p{Me}|[\u0334-\u0338]|[\u20d8-\u20da]|\u20d2|\u20d3|\u20e5|\u20e6|\u20ea|\u20eb/gu;
/** More marks on one sign than any script has. */
const HEAP = /(\p{M}{4})\p{M}+/gu;

/** A text in which no sign is written over: neither crossed out nor under a heap of marks. */
export const withoutOverlays = (text: string): string => text.replace(OVERLAID, '').replace(HEAP, '$1');
