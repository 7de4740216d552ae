// Writes V8's code cache of a built program: `node scripts/code-cache.cjs <dist>`. The program runs the commands that
// are typed most, so that the cache holds the functions they need and not only the outermost ones.
'use strict';
const { mkdtempSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { load } = require('../bin/load.cjs');

const ORDER = ['--name', 'A', '--phone', '010-0000-0000', '--address', 'B 1', '--internet', '1', '--tv', '1'];
const TYPED = [
  ['order', 'new', ...ORDER, '--quiet'],
  ['status', '1'],
  ['status'],
  ['order', 'list', '--json'],
];

const home = mkdtempSync(join(tmpdir(), 'oss-build-'));
for (const name of Object.keys(process.env)) if (name.startsWith('OSS_')) delete process.env[name];
Object.assign(process.env, { OSS_HOME: home, OSS_INLINE_MAX_MS: '0' });

const run = async () => {
  const { main, script, cacheFile } = load(process.argv[2]);
  for (const argv of TYPED) await main(argv);
  // Another process may start while it is written.
  writeFileSync(`${cacheFile}.new`, script.createCachedData());
  renameSync(`${cacheFile}.new`, cacheFile);
};

void run().finally(() => rmSync(home, { recursive: true, force: true }));
