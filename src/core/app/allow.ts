import { Refusal } from '../rules/refusal.ts';
import { type UseCase, WHO_MAY } from '../rules/who-may.ts';
import { type Role, roleOf } from '../values/actor.ts';
import { type Recorded, recordApart } from './audit.ts';
import type { AppDeps } from './deps.ts';

type Asking = Recorded & { readonly store: Pick<AppDeps['store'], 'write'> };

/** Throws Refusal DENIED unless the actor's role is one of these. Whoever calls it keeps the denial. */
export const mustBeOneOf = (actor: string, roles: readonly Role[], command: string): void => {
  const role = roleOf(actor);
  if (role !== null && roles.includes(role)) return;
  throw new Refusal('DENIED', { actor, command, roles, whose: null });
};

/** Throws Refusal DENIED unless the table (`WHO_MAY`) gives this to the actor's role. Whoever calls it keeps the denial. */
export const mustBeAllowed = (actor: string, command: UseCase): void =>
  mustBeOneOf(actor, WHO_MAY[command], command);

/** A denial is not about one order's life: it goes to the audit log, after the write that it undid. */
export const keepingDenials = async <T>(
  deps: Asking,
  about: { readonly subject: string; readonly command: string },
  work: () => Promise<T>,
): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal && error.code === 'DENIED') {
      const { subject, command } = about;
      const detail = subject === command ? {} : { command };
      await recordApart(deps, { action: 'denied', subject, detail });
    }
    throw error;
  }
};

/** Refuses whom the table does not name (DENIED), which leaves an audit row. `subject`: the order that it is about. */
export const allow = (deps: Asking, command: UseCase, subject: string = command): Promise<void> =>
  keepingDenials(deps, { subject, command }, async () => mustBeAllowed(deps.actor, command));
