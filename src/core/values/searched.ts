import { isInitials } from './initials.ts';

/** What a text that is looked for anywhere may be, besides a part of an id, a key or a name, and a phone number. */
export type Searched = {
  /** Up to four digits: the end of a phone number. They would be part of ten thousand ids. */
  readonly isShortNumber: boolean;
  /** Initial consonants of a name, two or more: one would be everybody. */
  readonly initials: string | null;
  /** In capitals and without separators, as results keep it; whole. */
  readonly serial: string | null;
  /** Part of the id of the equipment, in lower case. */
  readonly equipment: string | null;
  /** Part of an address. */
  readonly address: string | null;
};

const FEWEST = 2;

/** A reading is offered only where the text can be such a thing: each of them is looked for in a table of its own. */
export const searchedAnywhere = (text: string): Searched => {
  const typed = text.normalize('NFC').trim();
  const joined = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s:-]/g, '');
  const hasBoth = /[A-Z]/.test(joined) && /\d/.test(joined);
  const isName = isInitials(typed) && typed.length >= FEWEST;
  return {
    isShortNumber: /^\d{1,4}$/.test(typed),
    initials: isName ? typed : null,
    serial: hasBoth && /^[A-Z0-9]{4,24}$/.test(joined) ? joined : null,
    equipment:
      /^[a-z0-9./:-]*\d[a-z0-9./:-]*$/i.test(typed) && /[a-z/]/i.test(typed) ? typed.toLowerCase() : null,
    address: !isName && /\p{L}/u.test(typed) && typed.length >= FEWEST ? typed : null,
  };
};
