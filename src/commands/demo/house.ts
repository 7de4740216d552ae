import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { compose, type Services } from '../../adapters/compose.ts';
import { configuration } from '../../configuration.ts';
import type { OutStream } from '../../faces/cli/terminal/terminal.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { run } from '../framework/run/run.ts';
import { TECHNICIANS } from './act.ts';
import { typed } from './typed.ts';

/** What a command printed, stdout and stderr as they came. */
export type Played = { readonly exit: number; readonly output: string };

/** A place of its own for the play: folder, clock, peers. Nothing of the caller's configuration reaches it. */
export type House = {
  readonly folder: string;
  /** Moves the clock on to a moment (UTC ISO); it never goes back. */
  readonly until: (moment: string) => void;
  readonly play: (line: string) => Promise<Played>;
  /** Opens the play's own services, for looking behind the scene. */
  readonly open: <T>(look: (services: Services) => Promise<T>) => Promise<T>;
  /** Real time, in which the play's clock goes on too. */
  readonly pause: (ms: number) => Promise<void>;
  readonly remove: () => Promise<void>;
};

/**
 * Peers that are quick, on a machine that may be slow, or stand still for a moment: what takes ten seconds in the field
 * takes five here, and a command goes on until its order must wait.
 */
const QUICK: Readonly<Record<string, string>> = {
  OSS_INLINE_MAX_MS: '60000',
  OSS_NE_TIMEOUT_MS: '2500',
  OSS_NE_WINDOW_MS: '2500',
  OSS_NE_SETTLE_MS: '200',
  OSS_TM_TIMEOUT_MS: '30000',
  OSS_TM_WINDOW_MS: '30000',
  OSS_TM_SETTLE_MS: '200',
  OSS_TM_POLL_MS: '200',
  OSS_BREAKER_FAILURES: '2',
  OSS_BREAKER_OPEN_MS: '300000',
};

export const openHouse = async (ctx: CommandContext): Promise<House> => {
  const folder = await mkdtemp(join(tmpdir(), 'oss-demo-'));
  await writeFile(join(folder, 'technicians.csv'), TECHNICIANS);
  let begun = performance.now();
  let from = 0;
  const now = (): number => from + (performance.now() - begun);
  const env = (extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
    HOME: folder,
    XDG_CONFIG_HOME: folder,
    XDG_DATA_HOME: folder,
    OSS_HOME: folder,
    OSS_TZ: 'Asia/Seoul',
    OSS_LANG: ctx.terminal.lang,
    OSS_ACTOR: 'supervisor:demo',
    OSS_NOW: new Date(now()).toISOString(),
    COLUMNS: String(Math.min(ctx.terminal.width, 110)),
    NO_COLOR: '1',
    ...QUICK,
    ...extra,
  });
  const play = async (line: string): Promise<Played> => {
    let output = '';
    const stream: OutStream = {
      isTTY: false,
      columns: 0,
      write: async (text) => {
        output += text;
      },
    };
    const { env: extra, words } = typed(line);
    const argv = words.map((word) => (word.endsWith('.csv') ? join(folder, word) : word));
    const exit = await run({
      argv,
      env: env(extra),
      program: ctx.program,
      version: ctx.version,
      tree: ctx.tree,
      stdout: stream,
      stderr: stream,
      stdin: { isTTY: false, read: async function* () {} },
      now,
      signal: ctx.signal,
      openServices: async (request) => compose(request),
      configuration,
      openPrompts: () => {
        throw new Error('nobody is asked in the demo');
      },
      drafts: { save: async () => {}, load: async () => null, drop: async () => {} },
    });
    return { exit, output };
  };
  return {
    folder,
    until: (moment) => {
      from = Math.max(Date.parse(moment), now());
      begun = performance.now();
    },
    play,
    open: async (look) => {
      const services = compose({ env: env() });
      try {
        return await look(services);
      } finally {
        await services.close();
      }
    },
    pause: async (ms) => {
      await setTimeout(ms, undefined, { signal: ctx.signal }).catch(() => undefined);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
