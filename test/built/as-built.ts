import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vitest/config';
import { loadedPart } from './loaded-parts.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where texts are read and written. What their tests say of the sources must be so of the bundle. */
const ROOMS = [
  'src/core/time',
  'src/core/values',
  'src/core/technicians',
  'src/adapters/csv',
  'src/commands/framework/parse',
  'src/faces/cli/terminal',
] as const;
/** What the tests look at besides. */
const BESIDES = ['src/core/rules/refusal.ts'] as const;

const modules = [
  ...ROOMS.flatMap((room) =>
    readdirSync(join(root, room))
      .filter((name) => name.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/.test(name))
      .map((name) => `${room}/${name}`),
  ),
  ...BESIDES,
];

export const TEXT_SUITES = ROOMS.map((room) => `${room}/*.test.ts`);

const build = async (): Promise<string> => {
  const dist = mkdtempSync(join(root, 'node_modules/.oss-parts-'));
  process.once('exit', () => rmSync(dist, { recursive: true, force: true }));
  const { bundleParts }: { bundleParts: (folder: string, modules: readonly string[]) => Promise<void> } =
    await import(String(new URL('../../scripts/build.mjs', import.meta.url)));
  await bundleParts(dist, modules);
  return dist;
};

/** In place of each of these modules its tests get what bin/load.cjs loads of the bundle. */
export const asBuilt = (): Plugin => {
  let built: Promise<string> | undefined;
  return {
    name: 'as-built',
    enforce: 'pre',
    async load(id) {
      const index = modules.indexOf(id.replace(root, ''));
      if (index < 0) return null;
      built ??= build();
      const dist = await built;
      const names = Object.keys(loadedPart(dist, index));
      return [
        `import { loadedPart } from ${JSON.stringify(join(root, 'test/built/loaded-parts.ts'))};`,
        `export const { ${names.join(', ')} } = loadedPart(${JSON.stringify(dist)}, ${index});`,
      ].join('\n');
    },
  };
};
