import { appendFileSync } from 'node:fs';

/** Tells the long runs how many runs a test has made, where only the test itself knows. */
export const countRuns = (runs: number): void => {
  const file = process.env.OSS_LONG_COUNT;
  if (file !== undefined) appendFileSync(file, `${runs}\n`);
};
