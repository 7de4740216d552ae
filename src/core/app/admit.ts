import { type Access, isGranted } from '../rules/account-roles.ts';
import { Refusal } from '../rules/refusal.ts';
import { ACCESS_KEEPERS, type UseCase } from '../rules/who-may.ts';
import { technicianOf } from '../values/actor.ts';
import { mustBeAllowed, mustBeOneOf } from './allow.ts';
import { type Recorded, recordApart } from './audit.ts';
import type { AppDeps } from './deps.ts';

/** The database to read, or to write down in what was refused; null: there is none. */
type Opened = (mode: 'read' | 'write') => Promise<Pick<AppDeps['store'], 'read' | 'write'> | null>;

type Asked = {
  readonly access: Access;
  /** null: a command that the table does not know. */
  readonly command: UseCase | null;
  /** It only tells who acts, also to those who may do nothing. */
  readonly onlyTells?: boolean;
};

const mustBeGranted = (access: Access, actor: string): void => {
  if (access.kind === 'advice' || isGranted(access, actor)) return;
  throw new Refusal('NOT_YOUR_ROLE', { actor, account: access.account, grants: access.grants });
};

const mustExist = async (actor: string, opened: Opened): Promise<void> => {
  const technicianId = technicianOf(actor);
  if (technicianId === null) return;
  const store = await opened('read');
  const known = store === null ? null : await store.read((tx) => tx.technicians.get(technicianId));
  if (known === null) throw new Refusal('NO_SUCH_ACTOR', { actor, technicianId });
};

const recordingRefusals = async (
  call: Recorded,
  opened: Opened,
  { subject, work }: { readonly subject: string; readonly work: () => Promise<void> },
): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'denied') {
      const store = await opened('write');
      const detail = error.code === 'DENIED' ? {} : { why: error.code };
      if (store !== null) await recordApart({ ...call, store }, { action: 'denied', subject, detail });
    }
    throw error;
  }
};

/**
 * What a face asks before a command of somebody who is known by their account of the machine: whether the account is granted
 * the role, whether the technician is one of ours, and whether the role may run the command. What is refused leaves an
 * audit row. Throws Refusal NOT_YOUR_ROLE, NO_SUCH_ACTOR, DENIED.
 */
export const admit = (
  call: Recorded,
  opened: Opened,
  { access, command, onlyTells = false }: Asked,
): Promise<void> =>
  recordingRefusals(call, opened, {
    subject: command ?? 'console',
    work: async () => {
      mustBeGranted(access, call.actor);
      if (!onlyTells) await mustExist(call.actor, opened);
      if (command !== null) mustBeAllowed(call.actor, command);
    },
  });

/** The same before a setting is changed: who may act as what is changed by `ACCESS_KEEPERS` alone. */
export const admitToSetting = async (
  call: Recorded,
  opened: Opened,
  { access, key }: { readonly access: Access; readonly key: string },
): Promise<void> => {
  await admit(call, opened, { access, command: 'config set' });
  if (!key.startsWith('access.')) return;
  await recordingRefusals(call, opened, {
    subject: key,
    work: async () => mustBeOneOf(call.actor, ACCESS_KEEPERS, `config set ${key}`),
  });
};
