import { processStream } from './faces/cli/terminal/output.ts';
import { VERSION } from './version.ts';

/** `oss --version`, which scripts call and which needs nothing of the program. */
export const printVersion = async (): Promise<void> => {
  await processStream(process.stdout)
    .write(`${VERSION}\n`)
    .catch(() => undefined);
};
