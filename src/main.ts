import module from 'node:module';
import { processStream } from './adapters/terminal/output.ts';
import { VERSION } from './version.ts';

// Before anything heavy is loaded. Node 20 does not have it, and its types do not know it.
const enableCompileCache: unknown = Reflect.get(module, 'enableCompileCache');
if (typeof enableCompileCache === 'function') enableCompileCache();

const argv = process.argv.slice(2);
const asksVersionOnly = argv.length === 1 && (argv[0] === '--version' || argv[0] === 'version');

if (asksVersionOnly) {
  await processStream(process.stdout)
    .write(`${VERSION}\n`)
    .catch(() => undefined);
} else {
  const { start } = await import('./start.ts');
  // Never process.exit: it cuts what a pipe has not taken yet.
  process.exitCode = await start(argv);
}
