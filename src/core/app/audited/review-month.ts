import type { AuditRow } from '../../ports/audit.ts';
import type { Policy } from '../../rules/policy.ts';
import { ms } from '../../time/iso.ts';
import { fromLocal, toLocal } from '../../time/zone.ts';
import { allow } from '../allow.ts';
import { recordApart } from '../audit.ts';
import type { AppDeps } from '../deps.ts';
import { auditRows } from './read-audit.ts';

/** What one person did in a month, as far as it was written down. */
export type PersonReview = {
  readonly actor: string;
  /** The account of the operating system; '' in rows of the time before it was kept. */
  readonly osUser: string;
  /** Times that personal data was looked at. */
  readonly readings: number;
  /** Different orders and customers that were shown in clear. */
  readonly orders: number;
  readonly customers: number;
  /** Rows outside the usual hours. */
  readonly unusualHours: number;
  /** Readings of so many at once that nobody does it for one call. */
  readonly bulk: number;
  /** The most orders or customers that one reading showed. */
  readonly most: number;
  /** What was refused because of the role. */
  readonly denied: number;
  /** Everything else: erasures, imports, breakers, backups, rights. */
  readonly changes: number;
};

/** Operator-local hours within which people work: from, and before. */
export const USUAL_HOURS = { from: 7, to: 21 } as const;
/** So many orders or customers of one reading are called bulk. */
export const BULK = 20;

/** `*.read`: somebody was shown something. */
const isReading = (action: string): boolean => action.endsWith('.read');

type Gathered = { row: PersonReview; readonly orders: Set<string>; readonly customers: Set<string> };

const isUnusual = (at: string, tz: string): boolean => {
  const hour = Math.floor(toLocal(ms(at), tz).minutes / 60);
  return hour < USUAL_HOURS.from || hour >= USUAL_HOURS.to;
};

const gathered = ({ row: so, orders, customers }: Gathered, row: AuditRow, tz: string): PersonReview => {
  const reading = isReading(row.action);
  const denied = row.action === 'denied';
  const shown = reading ? Math.max(row.orderIds.length, row.customerIds.length) : 0;
  return {
    ...so,
    readings: so.readings + (reading ? 1 : 0),
    orders: orders.size,
    customers: customers.size,
    unusualHours: so.unusualHours + (isUnusual(row.at, tz) ? 1 : 0),
    bulk: so.bulk + (shown >= BULK || row.action === 'backup.read' ? 1 : 0),
    most: Math.max(so.most, shown),
    denied: so.denied + (denied ? 1 : 0),
    changes: so.changes + (reading || denied ? 0 : 1),
  };
};

/** First day of a month `YYYY-MM` and of the one after it. */
const monthSpan = (month: string, tz: string): { readonly since: number; readonly until: number } => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
  return { since: fromLocal(`${month}-01`, 0, tz).at, until: fromLocal(`${next}-01`, 0, tz).at };
};

type Reviewer = Pick<AppDeps, 'store' | 'clock' | 'actor' | 'via'> & { readonly policy: Pick<Policy, 'tz'> };

/**
 * The monthly check: what each person did in an operator-local month (`YYYY-MM`), who looked most first. It is written down
 * that it was made. Throws Refusal DENIED.
 */
export const reviewMonth = async (deps: Reviewer, month: string): Promise<readonly PersonReview[]> => {
  await allow(deps, 'audit review');
  const { tz } = deps.policy;
  const people = new Map<string, Gathered>();
  for await (const row of auditRows(deps, { ...monthSpan(month, tz), newestFirst: false })) {
    const { actor, osUser } = row;
    const key = JSON.stringify([actor, osUser]);
    const none = {
      readings: 0,
      orders: 0,
      customers: 0,
      unusualHours: 0,
      bulk: 0,
      most: 0,
      denied: 0,
      changes: 0,
    };
    const person = people.get(key) ?? {
      row: { actor, osUser, ...none },
      orders: new Set(),
      customers: new Set(),
    };
    if (isReading(row.action)) {
      for (const id of row.orderIds) person.orders.add(id);
      for (const id of row.customerIds) person.customers.add(id);
    }
    person.row = gathered(person, row, tz);
    people.set(key, person);
  }
  await recordApart(deps, { action: 'audit.review', subject: month, detail: { people: people.size } });
  return [...people.values()]
    .map(({ row }) => row)
    .sort((a, b) => b.orders + b.customers - (a.orders + a.customers) || (a.actor < b.actor ? -1 : 1));
};
