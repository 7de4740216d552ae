// Bundles src/main.ts into dist/, one file a lazily imported part, so that a command loads only what it uses.

import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const START = resolve(root, 'src/start.ts');

/** @type {import('esbuild').BuildOptions} */
const options = {
  absWorkingDir: root,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Packages of many small files are bundled: finding and reading those is most of their start-up time. The native one
  // cannot be, and two large ones that few commands need stay as they are.
  external: ['better-sqlite3', 'inquirer', 'undici'],
  // CommonJS packages inside an ES module ask for Node's own modules with require.
  banner: {
    js: "import { createRequire as $createRequire } from 'node:module'; const require = $createRequire(import.meta.url);",
  },
  // Half the bytes to read; names stay, for the stack traces of --debug.
  minifyWhitespace: true,
  minifySyntax: true,
  chunkNames: 'chunks/[name]-[hash]',
  logLevel: 'warning',
};

/** commander loads child_process (5 ms) for subcommands that are programs of their own, which there are none of. */
const noSubprograms = {
  name: 'no-subprograms',
  setup(/** @type {import('esbuild').PluginBuild} */ { onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('/node_modules/commander/')
        ? { path: 'none', namespace: 'no-subprograms' }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'no-subprograms' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/** Every file of ours that a module loads as soon as it is loaded itself. */
const loadedWith = async (/** @type {string} */ entry) => {
  const { metafile } = await build({
    ...options,
    entryPoints: [entry],
    outdir: 'unused',
    write: false,
    metafile: true,
    plugins: [noSubprograms],
  });
  const found = new Set();
  const visit = (/** @type {string} */ file) => {
    if (found.has(file)) return;
    found.add(file);
    for (const { path, kind, external } of metafile.inputs[file]?.imports ?? []) {
      if (kind !== 'dynamic-import' && external !== true) visit(path);
    }
  };
  visit(entry);
  return [...found].filter((file) => file.startsWith('src/'));
};

/**
 * esbuild makes a chunk for every combination of lazy parts that share a file: dozens of tiny ones, and each costs about
 * a millisecond of start-up. Every lazy part is therefore made to share all files of a group, which are then one chunk.
 */
const oneChunk = (/** @type {readonly { name: string, files: readonly string[] }[]} */ groups) => {
  const own = new Set(groups.flatMap(({ files }) => files.map((file) => resolve(root, file))));
  const lazy = new Set();
  return {
    name: 'one-chunk',
    setup(/** @type {import('esbuild').PluginBuild} */ { onResolve, onLoad }) {
      onResolve({ filter: /^group:/ }, ({ path }) => ({ path, namespace: 'group' }));
      onLoad({ filter: /.*/, namespace: 'group' }, ({ path }) => ({
        contents: (groups.find(({ name }) => path === `group:${name}`)?.files ?? [])
          .map((file) => `import ${JSON.stringify(resolve(root, file))};`)
          .join('\n'),
        resolveDir: root,
      }));
      onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path, importer }) => {
        if (kind === 'dynamic-import') lazy.add(resolve(dirname(importer), path));
        return undefined;
      });
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!lazy.has(path) || own.has(path)) return undefined;
        // Parts of the face need nothing behind it.
        const face = path === START || /\/src\/(?:adapters\/terminal|commands\/framework)\//.test(path);
        const prefix = (face ? groups.slice(0, 1) : groups).map(({ name }) => `import 'group:${name}';`);
        return { contents: `${prefix.join('')}\n${await readFile(path, 'utf8')}`, loader: 'ts' };
      });
    },
  };
};

/** Builds the program into a folder. */
export const bundle = async (/** @type {string} */ outdir) => {
  rmSync(outdir, { recursive: true, force: true });
  const start = await loadedWith('src/start.ts');
  const services = await loadedWith('src/adapters/compose.ts');
  await build({
    ...options,
    entryPoints: ['src/main.ts'],
    outdir,
    plugins: [
      noSubprograms,
      oneChunk([
        // Nearly every handler makes its answer with result.ts.
        { name: 'face', files: [...start.slice(1), 'src/commands/framework/result.ts'] },
        { name: 'services', files: services.slice(1).filter((file) => !start.includes(file)) },
      ]),
    ],
  });
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle(`${root}dist`);
