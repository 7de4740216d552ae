// Bundles the program into dist/oss.cjs: one file, whose parts run when they are first imported, and beside it V8's code
// cache of it, so that a start compiles next to nothing. Finding, reading and compiling many small files would be most
// of a short command's time.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { withPatternsInAscii, withTemplatesInAscii } from './ascii-patterns.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @type {import('esbuild').BuildOptions} */
const options = {
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  // The native one cannot be bundled, and three large ones that few commands need stay as they are.
  external: ['better-sqlite3', 'fastify', 'iconv-lite', 'inquirer', 'pg', 'undici'],
  define: { 'import.meta.url': '$url' },
  // Half the bytes to read; names stay, for the stack traces of --debug.
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: 'warning',
  metafile: true,
  write: false,
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

const require = createRequire(import.meta.url);
/** @type {{ read: (dist: string) => string }} */
const { read } = require('../bin/load.cjs');

/**
 * Node's larger modules are loaded when something of them is first used, not by every command whose files mention them:
 * each costs one to two milliseconds.
 */
const lazyBuiltins = {
  name: 'lazy-builtins',
  setup(/** @type {import('esbuild').PluginBuild} */ { onResolve, onLoad }) {
    onResolve({ filter: /^node:(?:child_process|crypto|fs\/promises|stream)$/ }, ({ path, namespace }) =>
      namespace === 'lazy-builtin' ? { path, external: true } : { path, namespace: 'lazy-builtin' },
    );
    onLoad({ filter: /.*/, namespace: 'lazy-builtin' }, ({ path }) => ({
      contents: `let real;
        const load = () => (real ??= require(${JSON.stringify(path)}));
        for (const name of ${JSON.stringify(Object.keys(require(path)))})
          Object.defineProperty(exports, name, { enumerable: true, get: () => load()[name] });`,
    }));
  },
};

/** bin/load.cjs calls the program as Node calls a module. */
const asFunction = {
  banner: {
    js: "(function (exports, require, module, __filename, $import) {const $url = require('node:url').pathToFileURL(__filename).href;",
  },
  footer: { js: '})' },
};

const bundled = async (
  /** @type {import('esbuild').BuildOptions} */ entry,
  /** @type {readonly import('esbuild').Plugin[]} */ further,
) => {
  const plugins = [noSubprograms, lazyBuiltins, ...further];
  const { outputFiles, metafile } = await build({ ...options, ...entry, plugins });
  const [file] = outputFiles ?? [];
  if (file === undefined) throw new Error('nothing was built');
  const sources = Object.keys(metafile?.inputs ?? {}).filter((input) => input.startsWith('src/'));
  const texts = sources.map((source) => ({ file: source, text: readFileSync(join(root, source), 'utf8') }));
  return withTemplatesInAscii(withPatternsInAscii(file.text, texts), texts);
};

/**
 * What bin/load.cjs loads. An import() that comes out of the code cache has lost where it may load from: the loader imports
 * for it.
 */
const loadable = async (
  /** @type {import('esbuild').BuildOptions} */ entry,
  /** @type {readonly import('esbuild').Plugin[]} */ further,
) => (await bundled({ ...entry, ...asFunction }, further)).replace(/(?<![\w$.])import\((?=")/g, '$import(');

/** Writes what is loadable, its build id in front. */
const write = (/** @type {string} */ outdir, /** @type {string} */ program) => {
  const buildId = createHash('sha256').update(program).digest('hex').slice(0, 16);
  const text = `/*${buildId}*/${program}`;
  mkdirSync(outdir, { recursive: true });
  writeFileSync(join(outdir, 'oss.cjs'), text);
  if (read(outdir) !== text) throw new Error('bin/load.cjs does not read the program as it was written');
};

/**
 * Builds parts of the program as the program is built, for tests of them as they are built: what is loaded from the folder
 * is a list of the modules.
 * @param {string} outdir
 * @param {readonly string[]} modules files below the root
 */
export const bundleParts = async (outdir, modules) => {
  const imports = modules.map((file, i) => `import * as m${i} from ${JSON.stringify(`./${file}`)};`);
  const contents = `${imports.join('\n')}\nexport const main = [${modules.map((_, i) => `m${i}`)}];`;
  write(outdir, await loadable({ stdin: { contents, resolveDir: root, loader: 'ts' } }, []));
};

/** Builds the program into a folder that lies beside the packages. `further` plugins may change what is built. */
export const bundle = async (
  /** @type {string} */ outdir,
  /** @type {readonly import('esbuild').Plugin[]} */ further = [],
) => {
  rmSync(outdir, { recursive: true, force: true });
  const version = await bundled({ entryPoints: ['src/print-version.ts'] }, further);
  write(outdir, await loadable({ entryPoints: ['src/main.ts'] }, further));
  writeFileSync(join(outdir, 'version.cjs'), version);
  // Without it the program works all the same.
  spawnSync(process.execPath, [join(root, 'scripts/code-cache.cjs'), outdir], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle(join(root, 'dist'));
