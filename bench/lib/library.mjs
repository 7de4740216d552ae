// The program's own functions for the benchmarks, bundled as the program is.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles bench/library.ts beside the packages; returns its path and how to remove it. */
export const bundleLibrary = async () => {
  const folder = mkdtempSync(join(root, 'node_modules', '.oss-bench-'));
  const outfile = join(folder, 'library.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['bench/library.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['better-sqlite3', 'iconv-lite', 'undici'],
    banner: {
      js: "import { createRequire as $createRequire } from 'node:module'; const require = $createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  return { library: outfile, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
