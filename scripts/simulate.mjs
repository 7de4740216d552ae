// Simulated lives by the thousand, bundled so that nothing but the lives costs time.
// `node scripts/simulate.mjs --first SEED --lives N [--chunk N]`: a line of JSON a chunk, and one for each life that broke a promise.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const given = (/** @type {string} */ flag, /** @type {string} */ otherwise) => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise);
};
// Beside the packages of this checkout, which it loads.
const folder = mkdtempSync(join(root, 'node_modules/.oss-simulate-'));
const outfile = join(folder, 'lives.mjs');
try {
  await build({
    entryPoints: [join(root, 'test/simulation/lives.ts')],
    ...{ outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'warning' },
  });
  const lives = [given('--first', '1'), given('--lives', '1000'), given('--chunk', '100')];
  const child = spawn(process.execPath, ['--max-semi-space-size=64', outfile, ...lives], {
    stdio: 'inherit',
  });
  process.exitCode = await new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
