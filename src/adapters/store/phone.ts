/** The digits of a phone number, by which numbers are compared. */
export const digitsOf = (phone: string): string => phone.replace(/[^0-9]/g, '');
