import { parseActor, ROLES, roleOf } from '../values/actor.ts';

/** What somebody may act as: a role under any name (`cs`), or under one name only (`technician:T-04`). */
export type Grant = string;

/** One item of `access.roles`: `kim=cs|tm`, `@noc=noc`, `park=technician:T-04`. */
export type AccountRule = {
  /** The name of an account of the machine, or of a group of accounts. */
  readonly account: string;
  readonly isGroup: boolean;
  readonly grants: readonly Grant[];
};

/** An account of the machine, with the groups that it is in. */
export type Account = { readonly user: string; readonly groups: readonly string[] };

/** advice: whoever calls may name any role. held: the account acts as it is granted, and as nothing else. */
export type Access =
  | { readonly kind: 'advice' }
  | { readonly kind: 'held'; readonly account: string; readonly grants: readonly Grant[] };

export const ADVICE: Access = { kind: 'advice' };

const ACCOUNT = /^[^\s=|,@][^\s=|,]{0,63}$/;

const parseGrant = (text: string): Grant | null =>
  ROLES.some((role) => role === text) || parseActor(text) !== null ? text : null;

/** null: it is not written like one. */
export const parseAccountRule = (text: string): AccountRule | null => {
  const [who = '', roles, ...more] = text.split('=').map((part) => part.trim());
  const isGroup = who.startsWith('@');
  const account = isGroup ? who.slice(1) : who;
  if (roles === undefined || more.length > 0 || !ACCOUNT.test(account)) return null;
  const grants = roles.split('|').map((role) => parseGrant(role.trim()));
  return grants.every((grant) => grant !== null) ? { account, isGroup, grants } : null;
};

/** Everything that the account is granted, by its own name and by its groups, in the order of the rules. */
export const grantsOf = (rules: readonly AccountRule[], { user, groups }: Account): readonly Grant[] => [
  ...new Set(
    rules
      .filter(({ account, isGroup }) => (isGroup ? groups.includes(account) : account === user))
      .flatMap(({ grants }) => grants),
  ),
];

/** Whether somebody may call themselves this: `role:name`. */
export const isGranted = (access: Access, actor: string): boolean =>
  access.kind === 'advice' || access.grants.some((grant) => grant === actor || grant === roleOf(actor));

/** A grant as somebody of that name would write it: `role:name`. */
export const asActor = (grant: Grant, name: string): string =>
  parseActor(grant) === null ? `${grant}:${name}` : grant;

/** Who acts where nobody was named: the first that the account is granted; null: it is granted nothing. */
export const firstGranted = (access: Access, name: string): string | null => {
  const [grant] = access.kind === 'advice' ? ['supervisor'] : access.grants;
  return grant === undefined ? null : asActor(grant, name);
};
