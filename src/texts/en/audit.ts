import { count } from './count.ts';

export const audit = {
  columns: {
    at: 'WHEN',
    actor: 'WHO',
    account: 'ACCOUNT',
    action: 'WHAT',
    subject: 'ABOUT',
    shown: 'SHOWN',
    from: 'FROM',
    purpose: 'WHAT FOR',
    readings: 'READINGS',
    orders: 'ORDERS',
    customers: 'CUSTOMERS',
    unusual: 'ODD HOURS',
    bulk: 'BULK',
    denied: 'DENIED',
    changes: 'OTHER',
  },
  empty: 'nothing of that kind was written down',
  month: 'a month, as 2026-11',
  nobody: (month: string): string => `nobody looked at anything in ${month}`,
  confirmPrune: (before: string): string =>
    `Take away for ever what the audit holds from before ${before}? (changes of rights are kept three years)`,
  pruned: (rows: number, anchors: number): string =>
    rows === 0
      ? 'nothing is old enough to be taken away'
      : `${count(rows, 'row', 'rows')} taken away; ${count(anchors, 'signed anchor stands', 'signed anchors stand')} for them`,
  verdict: 'the audit',
  whole: 'whole: every row is what was written',
};
