import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
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
  expect(Object.values(allowScripts)).toEqual([true, true]);
});

test('every package is locked by its digest, and every dependency of ours by its version', () => {
  const packages = locked.filter(([path]) => path !== '');
  expect(packages.length).toBeGreaterThan(50);
  expect(packages.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ''))).toEqual([]);
  const { dependencies, devDependencies, overrides } = read('package.json');
  for (const version of Object.values({ ...dependencies, ...devDependencies, ...overrides }))
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
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
