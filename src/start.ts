import { basename } from 'node:path';
import { addAbortSignal } from 'node:stream';
import type { Services } from './adapters/compose.ts';
import { processZone } from './adapters/runtime/process-zone.ts';
import type { Configuration, ServicesRequest } from './commands/framework/run/configuration.ts';
import { run } from './commands/framework/run/run.ts';
import { TREE } from './commands/tree.ts';
import { lendOffsets } from './core/time/offset.ts';
import { endSoon } from './end-soon.ts';
import { fileDrafts } from './faces/cli/terminal/drafts.ts';
import { linePrompts } from './faces/cli/terminal/line-prompts.ts';
import { processStream } from './faces/cli/terminal/output.ts';
import { terminalPrompts } from './faces/cli/terminal/prompts.ts';
import { onAsked, watchSignals } from './signals.ts';
import { VERSION } from './version.ts';

/** Runs the program on this process's streams. Resolves with the exit code. */
export const start = async (argv: readonly string[]): Promise<number> => {
  const stderr = processStream(process.stderr);
  const signals = watchSignals();
  try {
    return await run({
      argv,
      env: process.env,
      program: programName(process.argv[1]),
      version: VERSION,
      tree: TREE,
      stdout: processStream(process.stdout),
      stderr,
      stdin: {
        isTTY: process.stdin.isTTY === true,
        read: () => addAbortSignal(signals.signal, process.stdin),
      },
      now: Date.now,
      signal: signals.signal,
      onAsked,
      endSoon,
      openServices,
      configuration: lazyConfiguration,
      openPrompts: (t, { plain }) => {
        const streams = { input: process.stdin, output: process.stderr, signal: signals.signal };
        return plain ? linePrompts(streams, t.prompts) : terminalPrompts(streams, t.prompts);
      },
      drafts: fileDrafts(process.env),
      home: () => import('./commands/home/home.ts'),
    });
  } finally {
    signals.stop();
  }
};

const openServices = async (request: ServicesRequest): Promise<Services> => {
  const { compose } = await import('./adapters/compose.ts');
  const services = compose(request);
  lendOffsets((tz) => (tz === services.settings.tz ? processZone(tz) : null));
  return services;
};

const lazyConfiguration: Configuration = {
  keys: async () => (await loadConfiguration()).keys(),
  inspect: async (request) => (await loadConfiguration()).inspect(request),
  problems: async (request) => (await loadConfiguration()).problems(request),
  set: async (...args) => (await loadConfiguration()).set(...args),
};

const loadConfiguration = async (): Promise<Configuration> =>
  (await import('./configuration.ts')).configuration;

/** The name that was typed, which hints and errors repeat. */
const programName = (path: string | undefined): string => {
  const name = basename(path ?? 'oss').replace(/\.(?:m?js|ts)$/, '');
  return /^[\w.-]+$/.test(name) && name !== 'main' ? name : 'oss';
};
