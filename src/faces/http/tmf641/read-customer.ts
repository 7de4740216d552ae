import { badField, listAt, objectAt, oneOfAt, textAt } from './fields.ts';
import { CUSTOMER_ROLE, MOST } from './profile.ts';

/** Whose order it is: a customer who is known by id, or one by name and phone. */
export type AskedCustomer = { readonly customer: string } | { readonly name: string; readonly phone: string };

/** Reads the one `relatedParty`. Throws Refusal BAD_FIELD. */
export const readCustomer = (value: unknown): AskedCustomer => {
  const path = 'relatedParty';
  if (value === undefined) throw badField(path, { code: 'REQUIRED' });
  const [first, second] = listAt(value, path);
  if (first === undefined || second !== undefined) throw badField(path, { code: 'ALL_THE_SAME' });
  const at = first.path;
  const party = objectAt(first.value, at, { fields: ['id', 'role', 'name', 'contactMedium', 'href'] });
  oneOfAt(party.role, `${at}.role`, [CUSTOMER_ROLE]);
  if (typeof party.id === 'string' && /^CUS-\d+$/.test(party.id)) {
    for (const field of ['name', 'contactMedium']) {
      if (party[field] !== undefined) throw badField(`${at}.${field}`, { code: 'NOT_SETTABLE' });
    }
    return { customer: party.id };
  }
  return {
    name: textAt(party.name, `${at}.name`, MOST.id),
    phone: readPhone(party.contactMedium, `${at}.contactMedium`),
  };
};

const readPhone = (value: unknown, path: string): string => {
  if (value === undefined) throw badField(path, { code: 'REQUIRED' });
  const [first, second] = listAt(value, path);
  if (first === undefined || second !== undefined) throw badField(path, { code: 'ALL_THE_SAME' });
  const medium = objectAt(first.value, first.path, { fields: ['mediumType', 'characteristic', 'preferred'] });
  oneOfAt(medium.mediumType, `${first.path}.mediumType`, ['phone']);
  const at = `${first.path}.characteristic`;
  const characteristic = objectAt(medium.characteristic, at, { fields: ['phoneNumber'] });
  return textAt(characteristic.phoneNumber, `${at}.phoneNumber`, MOST.words);
};
