import { Refusal } from '../../rules/refusal.ts';
import { parseAddress } from '../../values/address.ts';
import { parsePersonName } from '../../values/person-name.ts';
import { parsePhone } from '../../values/phone.ts';

const PARSED = { name: parsePersonName, phone: parsePhone, address: parseAddress } as const;

/** Contact data as it is kept; undefined when it was not given. Throws Refusal BAD_CONTACT. */
export const contactText = (field: keyof typeof PARSED, text: string | undefined): string | undefined => {
  if (text === undefined) return undefined;
  const parsed = PARSED[field](text);
  if (parsed === null) throw new Refusal('BAD_CONTACT', { field });
  return parsed;
};
