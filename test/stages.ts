import type { ViteUserConfig } from 'vitest/config';

type Stage = {
  /** How the names of its files end: `*.test.ts` is run by everybody, `*.full.ts` and `*.long.ts` are not. */
  readonly endings: readonly string[];
  /** It ends what hangs, and nothing else: no test may fail because a machine is slow. */
  readonly longestMs?: number;
  /** How much is drawn, and from which seed on; nothing: as the tests themselves say. */
  readonly draws?: Readonly<Record<string, string>>;
  /** Its files share the modules that they load: for what keeps nothing in them. */
  readonly isShared?: boolean;
};

/** Which database the suites of the matrix work on (`test/support/test-database.ts`). */
const ON_SERVER = 'OSS_TEST_DATABASE';

/** What the stages of the tests have in common. */
export const stage = ({
  endings,
  longestMs = 240_000,
  draws = {},
  isShared = false,
}: Stage): ViteUserConfig => ({
  test: {
    ...(ON_SERVER in { ...process.env, ...draws } ? { globalSetup: ['test/postgres/serve-tests.ts'] } : {}),
    include: endings.flatMap((ending) => [`src/**/*.${ending}.ts`, `test/**/*.${ending}.ts`]),
    setupFiles: ['test/setup.ts'],
    pool: 'forks',
    isolate: !isShared,
    maxWorkers: 2,
    testTimeout: longestMs,
    hookTimeout: longestMs,
    env: { TZ: 'America/New_York', LANG: 'C', ...draws },
  },
});
