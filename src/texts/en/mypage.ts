/** What a subscriber reads. */
export const mypage = {
  fourDigits: 'the last four digits of the phone number, such as 5678',
  none: 'there is no order under this phone number',
  weCome: (when: string): string => `we come on ${when}`,
  /** With an arrival window. */
  weArrive: (when: string): string => `we arrive on ${when}`,
  late: 'we are late: the technician has not come yet; we are sorry',
  /** A time of day. */
  delayed: (about: string): string =>
    `the technician is held up and will be with you about ${about}; we are sorry`,
  columns: { order: 'ORDER', state: 'STATE', visit: 'VISIT', lines: 'LINES', placed: 'ORDERED' },
  labels: { visit: 'We come', lines: 'Ordered', placed: 'Order taken', since: 'Last change' },
};
