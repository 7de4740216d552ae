import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What was typed so far, by command; kept when a wizard is left and dropped when it is submitted. */
export type Drafts = {
  readonly save: (command: string, typed: unknown) => Promise<void>;
  /** null: none, or none that can be read. */
  readonly load: (command: string) => Promise<unknown>;
  readonly drop: (command: string) => Promise<void>;
};

/** Drafts in files that only their owner can read, for they hold names and phone numbers. */
export const fileDrafts = (env: NodeJS.ProcessEnv): Drafts => {
  const folder = env.OSS_HOME
    ? join(env.OSS_HOME, 'drafts')
    : join(env.XDG_STATE_HOME || join(env.HOME || homedir(), '.local', 'state'), 'oss', 'drafts');
  const fileOf = (command: string): string => join(folder, `${command.replaceAll(' ', '-')}.json`);
  return {
    save: async (command, typed) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(fileOf(command), `${JSON.stringify(typed)}\n`, { mode: 0o600 });
      await chmod(fileOf(command), 0o600);
    },
    load: async (command) => {
      try {
        return JSON.parse(await readFile(fileOf(command), 'utf8'));
      } catch {
        return null;
      }
    },
    drop: (command) => rm(fileOf(command), { force: true }),
  };
};
