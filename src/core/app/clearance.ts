import { CLEAR } from '../rules/who-may.ts';
import { roleOf } from '../values/actor.ts';
import type { Clearance } from '../views/personal.ts';
import { keepingDenials, mustBeOneOf } from './allow.ts';
import { type Recorded, recordApart } from './audit.ts';
import type { AppDeps } from './deps.ts';

type Asking = Recorded & Pick<AppDeps, 'store'>;

export type ClearReading = {
  /** Whose data: the id of an order or a customer, or the name of a list. */
  readonly subject: string;
  /** Every order and customer that is shown, also of a list. */
  readonly orders: readonly string[];
  readonly customers?: readonly string[];
  /** The same of technicians. */
  readonly technicians?: readonly string[];
  /** It is what the technician who reads works with: their own visits, or they themself. */
  readonly isOwn?: boolean;
};

/** Whether an opened order is clear for this role without a further wish: for customer service and who runs the place. */
export const seesClear = (actor: string): boolean => {
  const role = roleOf(actor);
  return role !== null && CLEAR.includes(role);
};

/** Refuses who may not see personal data in clear (DENIED), which leaves an audit row; writes nothing else. */
export const askToSeeClear = (
  deps: Asking,
  { subject, isOwn = false }: Pick<ClearReading, 'subject' | 'isOwn'>,
): Promise<void> =>
  keepingDenials(deps, { subject, command: SHOW }, async () => {
    if (!isOwn) mustBeOneOf(deps.actor, CLEAR, SHOW);
  });

const SHOW = '--show-pii';

/**
 * The only door to personal data in clear: refuses who may not (DENIED), and writes down who reads whose, before
 * anything is shown. The row is a commit of its own, which a dry run does not take back.
 */
export const clearanceFor = async (deps: Asking, reading: ClearReading): Promise<Clearance> => {
  await askToSeeClear(deps, reading);
  const { subject, orders, customers, technicians } = reading;
  await recordApart(deps, {
    action: 'pii.read',
    subject,
    detail: technicians === undefined ? {} : { technicians: technicians.join(' ') },
    orderIds: orders,
    ...(customers === undefined ? {} : { customerIds: customers }),
  });
  return { kind: 'clear' } as Clearance;
};
