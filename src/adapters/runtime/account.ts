import { execFileSync } from 'node:child_process';
import {
  type Access,
  type Account,
  type AccountRule,
  ADVICE,
  grantsOf,
} from '../../core/rules/account-roles.ts';
import { thisOrigin } from './this-origin.ts';

/** Asked by its place: a PATH of the caller's would find another one. */
const ID = '/usr/bin/id';

const toldGroups = (): readonly string[] => {
  try {
    const told = execFileSync(ID, ['-Gn'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return told.split(/\s+/).filter((name) => name !== '');
  } catch {
    return [];
  }
};

let known: readonly string[] | undefined;

/** The groups of this process's account, by name; none where the machine cannot tell. Asked once. */
const groupNames = (): readonly string[] => {
  known ??= toldGroups();
  return known;
};

/** What this process's account may act as; `rules` null: nothing was set. The system is asked, never the environment. */
export const accessHere = (rules: readonly AccountRule[] | null): Access => {
  if (rules === null) return ADVICE;
  const account: Account = {
    user: thisOrigin().osUser,
    groups: rules.some(({ isGroup }) => isGroup) ? groupNames() : [],
  };
  return { kind: 'held', account: account.user, grants: grantsOf(rules, account) };
};
