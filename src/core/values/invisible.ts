/** Marks of direction, spaces of no width, soft hyphens: they come along with what is copied from messengers and pages. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/** A text without its invisible signs. Not for names and notes, in which a joiner may belong to an emoji. */
export const withoutInvisible = (text: string): string => text.replace(INVISIBLE, '');
