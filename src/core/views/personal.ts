import type { Contact } from '../order/contact.ts';
import { maskAddress, maskName, maskPhone } from '../values/mask.ts';
import { withoutPersonal } from '../values/personal-words.ts';

declare const SHOWN: unique symbol;
declare const CLEARED: unique symbol;

/** Personal data as this reader may see it. Only the functions below make one, so that no view can show what is kept. */
export type Shown = string & { readonly [SHOWN]: true };

/** That a reader may see personal data in clear, and that it is recorded. Only `core/app/clearance.ts` gives one. */
export type Clearance = { readonly kind: 'clear'; readonly [CLEARED]: true };

export type Known = Pick<Contact, 'name' | 'phone' | 'address'>;

/** What the reader has typed in this very command: it is no secret to them, and no reading. */
export type Typed = Partial<Known>;

/** How a reader sees personal data. */
export type Sight =
  | { readonly kind: 'masked' }
  | { readonly kind: 'typed'; readonly typed: Typed }
  | Clearance;

export const MASKED: Sight = { kind: 'masked' };

/** Clear or masked, as the reader may see it; null fields: erased. */
export type ShownContact = { readonly [K in keyof Known]: Shown | null };

const MASK: { readonly [K in keyof Known]: (text: string) => string } = {
  name: maskName,
  phone: maskPhone,
  address: maskAddress,
};

export const shownField = <K extends keyof Known>(field: K, text: string, sight: Sight): Shown => {
  const isSeen = sight.kind === 'clear' || (sight.kind === 'typed' && sight.typed[field] === text);
  return (isSeen ? text : MASK[field](text)) as Shown;
};

/** `contact` undefined: erased. */
export const shownContact = (contact: Known | undefined, sight: Sight): ShownContact => ({
  name: contact === undefined ? null : shownField('name', contact.name, sight),
  phone: contact === undefined ? null : shownField('phone', contact.phone, sight),
  address: contact === undefined ? null : shownField('address', contact.address, sight),
});

/** A free text about an order. Who has no clearance reads it without phone numbers, and without the customer's own data. */
export const shownText = (text: string, contact: Known | undefined, sight: Sight): Shown =>
  (sight.kind === 'clear' ? text : withoutPersonal(text, contact)) as Shown;
