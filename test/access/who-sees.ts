import { afterAll, beforeAll, expect, test } from 'vitest';
import { TREE } from '../../src/commands/tree.ts';
import { CLEAR, isUseCase, WHO_MAY } from '../../src/core/rules/who-may.ts';
import { ROLES, type Role, roleOf } from '../../src/core/values/actor.ts';
import { type DeskHome, deskHome } from '../../src/testing/cli/desk.fixture.ts';
import { LINES } from './lines.ts';

/** Any of these in an answer is personal data in clear. */
const CANARIES = ['정하은', '5577', '황새울로'];
const OWN = 'technician:T-01';
const ACTORS = [
  ...ROLES.filter((role) => role !== 'technician').map((role) => `${role}:kim`),
  OWN,
  'technician:T-02',
];

/** A house in which order 1 is agreed for T-01, and what is asked of it. */
let desk: DeskHome;
beforeAll(async () => {
  desk = await deskHome();
  const note = '정하은 고객, 010 5577 8157, 황새울로 뒤편';
  for (const id of ['1', '2']) {
    await desk.place({ note, address: `경기도 성남시 분당구 황새울로 ${id}17` });
  }
  const visit = ['--technician', 'T-01', '--at', '2026-11-24 15:00', '--agreed'];
  expect((await desk.oss(['schedule', 'assign', '1', ...visit])).exitCode).toBe(0);
});
afterAll(() => desk.close());

type Row = { readonly actor: string; readonly action: string; readonly subject: string };

const audited = (): Promise<readonly Row[]> =>
  desk.withServices(async (services) => (await services.store('read')).read((tx) => tx.audit.list(100_000)));

const walked = TREE.commands.flatMap(({ spec: { path, change } }) => {
  const line = LINES[path];
  return line === null || line === undefined ? [] : [{ path, change: change === true, line }];
});

const mayRun = (actor: string, path: string): boolean =>
  isUseCase(path) && WHO_MAY[path].some((role: Role) => role === roleOf(actor));

const maySee = (actor: string): boolean => {
  const role = roleOf(actor);
  return actor === OWN || (role !== null && CLEAR.includes(role));
};

/** What changes is only rehearsed: every actor finds the same orders. */
const WISHES: readonly (readonly string[])[] = [[], ['--show-pii']];

/** The ones that nobody is kept from. */
const isReading = (path: string): boolean => isUseCase(path) && WHO_MAY[path].length === ROLES.length;

const walk = async ({ path, change, line }: (typeof walked)[number]): Promise<void> => {
  for (const actor of ACTORS) {
    for (const wish of WISHES) {
      const before = (await audited()).length;
      const words = [...line.split(' '), ...(change ? ['--dry-run'] : []), ...wish];
      // Only a denial is looked at where a command that changes something has no rehearsal.
      if (!change && !isReading(path) && mayRun(actor, path)) continue;
      const { stdout, stderr, exitCode } = await desk.oss([...words, '--json'], {
        env: { OSS_ACTOR: actor },
      });
      const now = await audited();
      const rows = now.slice(0, now.length - before);
      const what = `${actor} ${words.join(' ')}`;
      const isDenied = exitCode === 5;
      if (!mayRun(actor, path)) expect(isDenied, what).toBe(true);
      // A technician is denied what is another's; who asks for more than the role may see is denied that.
      else if (roleOf(actor) !== 'technician' && (wish.length === 0 || maySee(actor)))
        expect(isDenied, what).toBe(false);
      if (isDenied) {
        expect(rows, what).toMatchObject([{ actor, action: 'denied' }]);
        expect(stdout, what).toBe('');
      }
      const isClear = CANARIES.some((canary) => (stdout + stderr).includes(canary));
      if (isClear) {
        expect(maySee(actor), `${what}: ${stdout}`).toBe(true);
        expect(
          rows.filter(({ action }) => action === 'pii.read').map((row) => row.actor),
          what,
        ).toEqual([actor]);
      }
    }
  }
};

/** Runs these commands as everybody, with and without `--show-pii`: who may, who sees, and who is written down. */
export const walkCommands = (isAsked: (path: string) => boolean): void => {
  test.each(walked.filter(({ path }) => isAsked(path)))('$path', walk);
};
