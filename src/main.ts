import { start } from './start.ts';

/** The program. Sets the exit code and never calls process.exit, which cuts what a pipe has not taken yet. */
export const main = async (argv: readonly string[]): Promise<void> => {
  process.exitCode = await start(argv);
};
