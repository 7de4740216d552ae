import { expect, test } from 'vitest';
import { ROLES, type Role } from '../values/actor.ts';
import { CLEAR, WHO_MAY } from './who-may.ts';

const ORDERS = ['order new', 'order amend', 'order cancel', 'order note'];
const VISITS = ['schedule assign', 'schedule call', 'schedule move', 'schedule unassign', 'schedule plan'];
const REPORTS = ['field start', 'field complete', 'field return', 'field revisit', 'field correct'];
const STAFF = ['technician import', 'technician on', 'technician off', 'area import'];
const MENDING = ['fallout retry', 'fallout done', 'ne reconcile', 'worker', 'worker run'];
const KEEPING = [
  'serve',
  'breaker open',
  'breaker close',
  'config set',
  'db init',
  'db bind',
  'db rebuild',
  'db backup',
  'db restore',
  'db copy',
  'db migrate',
];
const RIGHTS = ['access token new', 'access token list', 'access token revoke'];
/** Over HTTP alone, of all orders at once. */
const WATCHING = ['metrics', 'events feed'];
const AUDIT = ['audit list', 'audit export', 'audit review', 'audit prune'];

/** What each role may beside reading, written down once more: a row that is changed by mistake does not agree with this. */
const MAY: Readonly<Record<Role, readonly string[]>> = {
  supervisor: [
    ...ORDERS,
    ...VISITS,
    ...REPORTS,
    ...STAFF,
    ...MENDING,
    ...KEEPING,
    ...AUDIT,
    ...RIGHTS,
    ...WATCHING,
    'customer erase',
    'fallout waive',
    'find',
  ],
  cs: [...ORDERS, ...WATCHING, 'customer erase', 'find'],
  dispatcher: [...WATCHING, ...VISITS, ...REPORTS, ...STAFF, 'order note', 'find'],
  tm: [...WATCHING, ...VISITS, 'order note', 'find'],
  technician: [...REPORTS, 'order note', 'find'],
  noc: [...WATCHING, ...MENDING, ...KEEPING, 'order note', 'find'],
  batch: [...WATCHING, ...ORDERS, ...VISITS, ...REPORTS, ...STAFF, ...MENDING],
  system: [...WATCHING, ...MENDING, ...KEEPING],
};

const restricted = Object.entries(WHO_MAY).filter(([, roles]) => roles.length < ROLES.length);

test.each(ROLES)('%s', (role) => {
  const may = restricted.filter(([, roles]) => roles.some((one) => one === role)).map(([command]) => command);
  expect(may.sort()).toEqual([...MAY[role]].sort());
});

test('who sees every customer', () => {
  expect(CLEAR).toEqual(['supervisor', 'cs', 'dispatcher', 'tm']);
});
