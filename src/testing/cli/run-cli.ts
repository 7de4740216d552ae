import { PassThrough } from 'node:stream';
import type { Services } from '../../adapters/compose.ts';
import type { Configuration } from '../../commands/framework/run/configuration.ts';
import type { Tree } from '../../commands/framework/run/context.ts';
import { run } from '../../commands/framework/run/run.ts';
import type { OpenServices } from '../../commands/framework/run/session.ts';
import { TREE } from '../../commands/tree.ts';
import { configuration } from '../../configuration.ts';
import type { Drafts } from '../../faces/cli/terminal/drafts.ts';
import type { Prompts } from '../../faces/cli/terminal/prompts.ts';
import type { OutStream } from '../../faces/cli/terminal/terminal.ts';
import { type Answer, scriptedPrompts } from './scripted-prompts.ts';

export type CliOptions = {
  /** Exactly this environment. Default: HOME and OSS_HOME of a folder that does not exist. */
  readonly env: NodeJS.ProcessEnv;
  /** Text on stdin. Default: empty. */
  readonly stdin: string;
  /** All three streams are terminals. Default: none is. */
  readonly tty: boolean;
  /** One by one instead. */
  readonly stdinTty: boolean;
  readonly stdoutTty: boolean;
  readonly stderrTty: boolean;
  /** Default 120. */
  readonly columns: number;
  /** Epoch ms of commands without services. Default 2026-11-24T05:00:00Z. */
  readonly now: number;
  /** In order. A question without one fails the test, and so does an answer without a question. */
  readonly answers: readonly Answer[];
  /** Default: the real ones. */
  readonly services: Services | OpenServices;
  readonly configuration: Configuration;
  readonly tree: Tree;
  readonly signal: AbortSignal;
  readonly drafts: Drafts;
  /** Instead of collecting, e.g. to throw EPIPE. */
  readonly writeStdout: (text: string) => Promise<void>;
};

export type CliRun = {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as JSON; throws when it is none. */
  readonly json: () => unknown;
  /** Every question of the program. */
  readonly questions: readonly string[];
};

const TEST_NOW = Date.UTC(2026, 10, 24, 5);

const NOWHERE = '/nonexistent/oss-test';

/** Runs the whole program in this process. Never throws for what the program reports; throws for unexpected prompts. */
export const runCli = async (argv: readonly string[], options: Partial<CliOptions> = {}): Promise<CliRun> => {
  let stdout = '';
  let stderr = '';
  const tty = options.tty ?? false;
  const stream = (isTTY: boolean, write: (text: string) => Promise<void>): OutStream => ({
    isTTY,
    columns: options.columns ?? 120,
    write,
  });
  const prompts = scriptedPrompts(options.answers ?? []);
  const exitCode = await run({
    argv,
    env: options.env ?? { HOME: NOWHERE, OSS_HOME: NOWHERE },
    program: 'oss',
    version: '0.0.0-test',
    tree: options.tree ?? TREE,
    stdout: stream(
      options.stdoutTty ?? tty,
      options.writeStdout ??
        (async (text) => {
          stdout += text;
        }),
    ),
    stderr: stream(options.stderrTty ?? tty, async (text) => {
      stderr += text;
    }),
    stdin: { isTTY: options.stdinTty ?? tty, read: () => new PassThrough().end(options.stdin ?? '') },
    now: () => options.now ?? TEST_NOW,
    signal: options.signal ?? new AbortController().signal,
    openServices: opener(options.services),
    configuration: options.configuration ?? configuration,
    openPrompts: (): Prompts => prompts,
    drafts: options.drafts ?? memoryDrafts(),
    home: () => import('../../commands/home/home.ts'),
  });
  prompts.check();
  return { exitCode, stdout, stderr, questions: prompts.questions(), json: () => JSON.parse(stdout) };
};

const opener = (services: Services | OpenServices | undefined): OpenServices => {
  if (typeof services === 'function') return services;
  if (services !== undefined) return async () => services;
  return async (request) => (await import('../../adapters/compose.ts')).compose(request);
};

/** Drafts that end with the test; give one object to several runs to find them again. */
export const memoryDrafts = (): Drafts => {
  const kept = new Map<string, unknown>();
  return {
    save: async (command, typed) => {
      kept.set(command, structuredClone(typed));
    },
    load: async (command) => kept.get(command) ?? null,
    drop: async (command) => {
      kept.delete(command);
    },
  };
};
