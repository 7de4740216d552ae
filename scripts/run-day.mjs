// Plays data/samples/day.yaml with the built program: `npm run day`. The player is TypeScript, which Node 20 cannot read,
// so it is bundled first; the file lies beside the packages, for it imports some of them.

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules/.cache/oss-day');
const outfile = join(folder, 'test/day/main.mjs');

mkdirSync(folder, { recursive: true });
try {
  // Files are found from where the sources lie.
  const source = pathToFileURL(join(root, 'test/day/main.ts')).href;
  await build({
    absWorkingDir: root,
    entryPoints: ['test/day/main.ts'],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    define: { 'import.meta.url': JSON.stringify(source) },
    logLevel: 'warning',
  });
  await import(pathToFileURL(outfile).href);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
