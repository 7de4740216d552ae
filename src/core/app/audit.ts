import type { AuditEntry } from '../ports/audit.ts';
import type { Tx } from '../ports/store.ts';
import { iso } from '../time/iso.ts';
import { withoutPersonal } from '../values/personal-words.ts';
import type { AppDeps } from './deps.ts';

/** What happened; who did it, when and from where is known from the call. */
export type Audited = Omit<AuditEntry, 'at' | 'actor' | 'via' | 'purpose'>;

/** Whose deed the row records. */
export type Recorded = Pick<AppDeps, 'clock' | 'actor' | 'via' | 'apart'>;

/** The entry of a call. */
const auditEntry = ({ clock, actor, via }: Recorded, what: Audited): AuditEntry => ({
  ...what,
  at: iso(clock.now()),
  actor,
  ...(via === undefined ? {} : { via }),
  ...(via?.purpose === undefined ? {} : { purpose: withoutPersonal(via.purpose) }),
});

/** Writes down, in the write that is open, what a call did. */
export const record = (tx: Pick<Tx, 'audit'>, call: Recorded, what: Audited): Promise<void> =>
  tx.audit.add(auditEntry(call, what));

/** Writes it in a commit of its own, so that no rollback of the change takes it along: inside a rehearsal, after that. */
export const recordApart = async (
  { store, ...call }: Recorded & { readonly store: Pick<AppDeps['store'], 'write'> },
  what: Audited,
): Promise<void> => {
  if (call.apart === undefined) await store.write((tx) => record(tx, call, what), {});
  else call.apart(auditEntry(call, what));
};
