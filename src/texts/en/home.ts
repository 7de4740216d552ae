import { count } from './count.ts';

/** `more`: '+' where it was not counted to the end. */
const orders = (n: number, more: string): string => count(n, 'order', 'orders').replace(' ', `${more} `);

/** The program alone on a terminal. */
export const home = {
  heading: (role: string, name: string, now: string): string => `${role} ${name}, ${now}. Search, or choose:`,
  nothingWaits: '(nothing waits)',
  find: (text: string): string => `find orders by "${text}"`,
  whatWith: (orderId: string): string => `What with ${orderId}?`,
  roles: {
    supervisor: 'supervisor',
    cs: 'customer service',
    dispatcher: 'dispatcher',
    tm: 'call desk',
    technician: 'technician',
    noc: 'network operation',
    batch: 'batch',
    system: 'system',
  },
  waiting: {
    overdue: (n: number, more: string): string =>
      `${orders(n, more)}: visits of earlier days without a result`,
    today: (n: number, more: string): string => `${orders(n, more)}: your visits of today`,
    calls: (n: number, more: string): string => `${orders(n, more)}: calls that are due`,
    plan: (n: number, more: string): string => `${orders(n, more)}: visits to plan`,
    unreached: (n: number, more: string): string => `${orders(n, more)}: customers to reach first`,
    held: (n: number, more: string): string => `${orders(n, more)}: held for a person`,
    late: (n: number, more: string): string => `${orders(n, more)}: late`,
    doubt: (n: number, more: string): string => `${orders(n, more)}: in doubt`,
    open: (n: number, more: string): string => `${orders(n, more)}: open`,
  },
};
