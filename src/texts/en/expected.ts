/** What a value must be like; said after "expected". */
export const expected = {
  integer: (min: number | undefined, max: number | undefined): string => {
    if (min !== undefined && max !== undefined) return `a whole number from ${min} to ${max}`;
    if (min !== undefined) return `a whole number from ${min}`;
    return max === undefined ? 'a whole number' : `a whole number up to ${max}`;
  },
  number: (min: number | undefined, max: number | undefined): string => {
    if (min !== undefined && max !== undefined) return `a number from ${min} to ${max}`;
    if (min !== undefined) return `a number from ${min}`;
    return max === undefined ? 'a number' : `a number up to ${max}`;
  },
  text: (max: number): string => `a text of 1 to ${max} characters on one line`,
  lines: (max: number): string => `a text of 1 to ${max} characters`,
  name: 'a name of 1 to 100 characters',
  phone: 'a phone number such as 010-1234-5678',
  time: 'a time such as "2026-11-24 14:00", 14:00, "tomorrow 14:00" or +2d',
  timeGap: 'a time that exists: the clocks skip this one',
  date: 'a date such as 2026-11-24, today, tomorrow or +2d',
  dates: 'a date or a range of dates such as 2026-11-24..2026-11-26',
  noSuchDate: 'a date that exists',
  reversed: 'a range whose first date is not after its last',
  duration: 'a duration such as 90s, 5m, 2h or 1d',
  orderId: 'an order id such as 42 or ORD-000042',
  id: 'an id of letters, digits and - _ . : / #, at most 100 characters',
  technician: 'the id or the name of a technician, such as T-04',
  choice: (choices: readonly string[], meant: string | null): string =>
    `one of ${choices.join(', ')}${meant === null ? '' : ` (did you mean ${meant}?)`}`,
  zone: 'a time zone such as Asia/Seoul',
  actor: (roles: readonly string[]): string => `role:name with one of the roles ${roles.join(', ')}`,
  yesNo: 'true or false',
  noDashes: 'a value that does not begin with --',
  noBlank: 'a value that is not blank',
};
