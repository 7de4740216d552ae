import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inEveryFormat, machineRoom } from '../../testing/cli/machine.fixture.ts';
import type { Desk } from '../../testing/cli/orders.fixture.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';
import { served } from '../../testing/http/served.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await machineRoom();
});
afterEach(() => desk.close());

type Token = { readonly tokenId: string; readonly token: string; readonly state: string };

const NEW = ['access', 'token', 'new', '--role', 'noc', '--name', 'monitor'];

const made = async (line: readonly string[] = NEW, env: NodeJS.ProcessEnv = {}): Promise<Token> => {
  const { exitCode, stderr, json } = await desk.oss([...line, '--json'], { env: { ...desk.env(), ...env } });
  expect(exitCode, stderr).toBe(0);
  expect(validateOutput('oss.token/1', json())).toEqual([]);
  return json() as Token;
};

const refused = async (line: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  const { exitCode, stderr } = await desk.oss([...line, '--json'], { env: { ...desk.env(), ...env } });
  return [exitCode, /"code":\s*"([A-Z_]+)"/.exec(stderr)?.[1]];
};

describe('access token', () => {
  it('new tells the token once; list never does, and revoke ends it', async () => {
    const { token, tokenId } = await made();
    expect(token).toMatch(new RegExp(`^oss_${tokenId}_[A-Za-z0-9_-]{43}$`));
    const listed = await inEveryFormat(desk, ['access', 'token', 'list']);
    expect(listed).toMatchObject({
      items: [{ tokenId, actor: 'noc:monitor', client: 'monitor', state: 'valid', lastUsedAt: null }],
    });
    const { stdout } = await desk.oss(['access', 'token', 'list', '--json']);
    expect(stdout).not.toContain(token.slice(20));
    expect(await made(['access', 'token', 'revoke', tokenId])).toMatchObject({ state: 'revoked' });
    const again = await desk.oss(['access', 'token', 'revoke', tokenId]);
    expect([again.exitCode, again.stderr.includes('revoked before')]).toEqual([0, true]);
    expect(await refused(['access', 'token', 'revoke', '0123456789ab'])).toEqual([3, 'TOKEN_NOT_FOUND']);
    const audit = (await desk.json(['audit', 'list'])) as {
      items: readonly { action: string; subject: string }[];
    };
    const rights = audit.items.filter(({ action }) => action.startsWith('access.'));
    expect(rights.map(({ action, subject }) => [action, subject])).toEqual([
      ['access.token.revoke', tokenId],
      ['access.token.new', tokenId],
    ]);
    expect(JSON.stringify(audit)).not.toContain(token.slice(20));
  });

  it('is for supervisors, of people who exist, and in clear for the roles that see it', async () => {
    expect(await refused(NEW, { OSS_ACTOR: 'noc:kim' })).toEqual([5, 'DENIED']);
    expect(await refused(['access', 'token', 'list'], { OSS_ACTOR: 'cs:kim' })).toEqual([5, 'DENIED']);
    expect(await refused([...NEW, '--pii'])).toEqual([2, 'NOT_IN_CLEAR']);
    expect(await refused(['access', 'token', 'new', '--role', 'technician', '--name', 'T-77'])).toEqual([
      5,
      'NO_SUCH_ACTOR',
    ]);
    expect(await refused(['access', 'token', 'new', '--role', 'cs', '--name', 'a b'])).toEqual([
      2,
      'BAD_VALUE',
    ]);
    expect(await refused([...NEW, '--expires', '900d'])).toEqual([2, 'BAD_VALUE']);
    expect(((await desk.json(['access', 'token', 'list'])) as { items: readonly unknown[] }).items).toEqual(
      [],
    );
  });

  it('lets a program in until it is revoked or expires, and remembers that it was used', async () => {
    const { token, tokenId } = await made();
    const short = await made([...NEW, '--expires', '1s'], { OSS_NOW: '2026-11-24T00:00:00Z' });
    const { url, end } = await served(desk);
    const ask = async (authorization: string) => {
      const answer = await fetch(`${url}/metrics`, { headers: { authorization } });
      await answer.text();
      return answer.status;
    };
    expect(await ask(`Bearer ${token}`)).toBe(200);
    expect(await ask(`Bearer ${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBe(401);
    expect(await ask(`Bearer ${short.token}`)).toBe(401);
    const [item] = (
      (await desk.json(['access', 'token', 'list'])) as { items: readonly Token[] }
    ).items.filter((one) => one.tokenId === tokenId);
    expect(item).toMatchObject({ lastUsedAt: expect.stringMatching(/^20/) });
    await made(['access', 'token', 'revoke', tokenId]);
    await expect.poll(() => ask(`Bearer ${token}`), { timeout: 5_000 }).toBe(401);
    const { stderr } = await end();
    expect(stderr).toContain(`"token":"${tokenId}"`);
    expect(stderr).not.toContain(token.slice(20));
  });
});
