import { memoryStore } from '../../src/adapters/memory/memory-store.ts';
import { systemSecrets } from '../../src/adapters/runtime/secrets.ts';
import { systemClock } from '../../src/adapters/runtime/system-clock.ts';
import { knownToken, newToken } from '../../src/core/app/access/tokens.ts';
import type { AppDeps } from '../../src/core/app/deps.ts';
import type { Role } from '../../src/core/values/actor.ts';
import { knownCallers } from '../../src/faces/http/known-callers.ts';
import type { Limits } from '../../src/faces/http/server/limits.ts';
import { ROUTES } from '../../src/faces/http/table.ts';
import { type TestHouse, testHouse } from '../../src/testing/http/test-house.ts';

/** All routes, with tokens as they are in a database. */
export type GuardedHouse = TestHouse & {
  readonly tokens: Readonly<Record<Role | 'expired' | 'revoked', string>>;
};

const technician = {
  technicianId: 'T-01',
  name: '이준호',
  phone: '010-1111-2222',
  skills: ['internet', 'tv'],
  areas: ['강남구'],
  hours: {},
  dailyLimit: 5,
  daysOff: [],
  active: true,
} as never;

export const guardedHouse = async (limits: Partial<Limits> = {}): Promise<GuardedHouse> => {
  const store = memoryStore();
  const clock = systemClock();
  await store.write((tx) => tx.technicians.put(technician));
  const callerOf = knownCallers({
    now: clock.monotonic,
    lookUp: async (token) => {
      const found = await knownToken({ store, clock }, systemSecrets, token);
      return found === null ? null : { ...found, seesClear: found.seesClear };
    },
  });
  const home = await testHouse(ROUTES, {
    store,
    house: { callerOf },
    server: { limits, trustedProxies: ['127.0.0.1'] },
  });
  const deps: AppDeps = { ...home.house.own, actor: 'supervisor:lee' };
  const made = async (role: Role, livesMs = 60_000) => {
    const name = role === 'technician' ? 'T-01' : role;
    const asked = { role, name, client: undefined, seesClear: false, livesMs };
    return newToken(deps, systemSecrets, asked);
  };
  const roles: readonly Role[] = [
    'supervisor',
    'cs',
    'dispatcher',
    'tm',
    'technician',
    'noc',
    'batch',
    'system',
  ];
  const tokens: Record<string, string> = {};
  for (const role of roles) tokens[role] = (await made(role)).token;
  tokens.expired = (await made('cs', -1)).token;
  const { token, kept } = await made('cs');
  await store.write((tx) => tx.accessTokens.revoke(kept.tokenId, '2026-11-24T05:00:00.000Z'));
  tokens.revoked = token;
  return { ...home, tokens: tokens as GuardedHouse['tokens'] };
};

/** All that is on the log. */
export const logged = ({ store }: Pick<TestHouse, 'store'>): Promise<number> =>
  store.read(async (tx) => (await tx.events.page({ after: { epoch: 0, n: 0 }, limit: 10_000 })).length);
