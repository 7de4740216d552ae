import type { AccessToken, Secrets } from '../../ports/access-tokens.ts';
import { Refusal } from '../../rules/refusal.ts';
import { CLEAR } from '../../rules/who-may.ts';
import { iso, ms } from '../../time/iso.ts';
import { actorText, parseActor, ROLES, technicianOf } from '../../values/actor.ts';
import { allow } from '../allow.ts';
import { type Recorded, record } from '../audit.ts';
import type { AppDeps } from '../deps.ts';

type Keeping = Recorded & Pick<AppDeps, 'store'>;

/** For whom a token is. */
export type TokenAsked = {
  readonly role: string;
  /** The name that stands behind the role in the log; of a technician the id. */
  readonly name: string;
  /** undefined: the name. */
  readonly client: string | undefined;
  readonly seesClear: boolean;
  /** From now on, ms. */
  readonly livesMs: number;
};

/** `token`: what the caller sends; it is told this once, and kept nowhere. */
export type NewToken = { readonly kept: AccessToken; readonly token: string };

const ID_DIGITS = 12;
const FORM = /^oss_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** A name that could be an actor's, so that it may stand in the log. Throws Refusal BAD_VALUE. */
const readActor = (role: string, name: string): string => {
  const actor = parseActor(`${role}:${name}`);
  if (actor !== null) return actorText(actor);
  throw new Refusal('BAD_VALUE', {
    flag: '--name',
    value: name,
    expected: { code: 'ACTOR', roles: ROLES },
  });
};

/** Makes a token for a program. Audited. Throws Refusal DENIED, BAD_VALUE, NO_SUCH_ACTOR, NOT_IN_CLEAR. */
export const newToken = async (
  deps: Keeping,
  secrets: Secrets,
  { role, name, client, seesClear, livesMs }: TokenAsked,
): Promise<NewToken> => {
  await allow(deps, 'access token new');
  const actor = readActor(role, name);
  const readClient = readActor(role, client ?? name).slice(role.length + 1);
  if (seesClear && !CLEAR.some((one) => one === role))
    throw new Refusal('NOT_IN_CLEAR', { role, roles: CLEAR });
  const secret = secrets.draw();
  const now = deps.clock.now();
  const made = {
    digest: secrets.digest(secret),
    actor,
    client: readClient,
    seesClear,
    createdAt: iso(now),
    createdBy: deps.actor,
    expiresAt: iso(now + livesMs),
  };
  return deps.store.write(async (tx) => {
    const technicianId = technicianOf(actor);
    if (technicianId !== null) {
      tx.needs({ technicians: [technicianId] });
      const known = await tx.technicians.get(technicianId);
      if (known === null) throw new Refusal('NO_SUCH_ACTOR', { actor, technicianId });
    }
    const tokenId = secrets.drawHex(ID_DIGITS);
    const kept = { ...made, tokenId };
    await tx.accessTokens.add(kept);
    const { expiresAt } = kept;
    const detail = { actor, client: readClient, clear: seesClear, expiresAt };
    await record(tx, deps, { action: 'access.token.new', subject: tokenId, detail });
    return {
      kept: { ...kept, revokedAt: null, lastUsedAt: null },
      token: `oss_${tokenId}_${secret}`,
    };
  }, {});
};

/** Throws Refusal DENIED. */
export const listTokens = async (deps: Keeping): Promise<readonly AccessToken[]> => {
  await allow(deps, 'access token list');
  return deps.store.read((tx) => tx.accessTokens.list());
};

/** `already`: it was revoked before. */
export type Revoked = { readonly status: 'done' | 'already'; readonly token: AccessToken };

/** Ends a token for good. Audited. Throws Refusal DENIED, TOKEN_NOT_FOUND. */
export const revokeToken = async (deps: Keeping, tokenId: string): Promise<Revoked> => {
  await allow(deps, 'access token revoke');
  return deps.store.write(async (tx) => {
    const isNew = await tx.accessTokens.revoke(tokenId, iso(deps.clock.now()));
    const token = await tx.accessTokens.get(tokenId);
    if (token === null) throw new Refusal('TOKEN_NOT_FOUND', { tokenId });
    if (isNew) {
      const detail = { actor: token.actor, client: token.client };
      await record(tx, deps, { action: 'access.token.revoke', subject: tokenId, detail });
    }
    return { status: isNew ? 'done' : 'already', token };
  }, {});
};

/** How often it is written down that a token is used, ms. */
const USED_EVERY_MS = 60_000;

/** Whose token it is; null: it is unknown, expired or revoked. */
export const knownToken = async (
  { store, clock }: Pick<AppDeps, 'store' | 'clock'>,
  secrets: Secrets,
  token: string,
): Promise<AccessToken | null> => {
  const [, tokenId = '', secret = ''] = FORM.exec(token) ?? [];
  const found = await store.read((tx) => tx.accessTokens.get(tokenId));
  // Compared also where there is none: who guesses does not learn which ids there are.
  const isRight = secrets.same(found?.digest ?? '', secrets.digest(secret));
  const now = clock.now();
  if (found === null || !isRight || found.revokedAt !== null || ms(found.expiresAt) <= now) return null;
  if (found.lastUsedAt === null || ms(found.lastUsedAt) <= now - USED_EVERY_MS) {
    // It tells of a use; none is refused because that could not be written.
    await store.write((tx) => tx.accessTokens.used(tokenId, iso(now)), {}).catch(() => {});
  }
  return found;
};
