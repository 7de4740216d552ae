import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Libraries of this folder that come before the C library of a process. */
export type Preload = 'fail-io' | 'step-clock';

export const NO_PRELOAD = 'no C compiler here that makes a library for LD_PRELOAD';

/** Such a library, built into `folder` now: its path. null: this machine has no C compiler or no LD_PRELOAD. */
export const buildPreload = (name: Preload, folder: string): string | null => {
  const library = join(folder, `${name}.so`);
  const source = join(import.meta.dirname, `${name}.c`);
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'], { stdio: 'pipe' });
    execFileSync(process.execPath, ['-e', ''], { env: { LD_PRELOAD: library }, stdio: 'pipe' });
    return library;
  } catch {
    return null;
  }
};
