// Where the native part of better-sqlite3 came from: npm run native. It must have been built here from the locked source, or be the
// binary whose SHA-256 stands in native-digests.json beside this file, or is given: npm run native -- <sha256> [<node_modules>]
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [given, modules = join(import.meta.dirname, '..', 'node_modules')] = process.argv.slice(2);
const root = join(modules, 'better-sqlite3');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const release = join(root, 'build', 'Release');
const digest = createHash('sha256')
  .update(readFileSync(join(release, 'better_sqlite3.node')))
  .digest('hex');
const platform = `${process.platform}-${process.arch} abi ${process.versions.modules}`;
const known = JSON.parse(readFileSync(join(import.meta.dirname, 'native-digests.json'), 'utf8'));
const isKnown = given === digest || known[version]?.[platform] === digest;
// What a compiler leaves; a binary that was fetched comes alone.
const isBuiltHere = existsSync(join(release, 'obj.target')) || existsSync(join(release, 'obj'));

const from = isKnown
  ? 'known by its digest'
  : isBuiltHere
    ? 'built here from its source'
    : 'FETCHED, and not known';
console.log(`better-sqlite3 ${version}, ${platform}: ${from}\nsha256 ${digest}`);
if (!isKnown && !isBuiltHere) {
  console.error('build it: npm_config_build_from_source=true npm rebuild better-sqlite3');
  process.exitCode = 1;
}
