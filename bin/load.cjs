'use strict';
const { isAscii } = require('node:buffer');
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join, resolve } = require('node:path');
const { Script } = require('node:vm');

/** The bundle begins with a comment that holds its build id: a cache of another build is never taken. */
const BUILD_ID = { from: 2, to: 18 };

const readIfThere = (file) => {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
};

const programOf = (dist) => resolve(dist, 'oss.cjs');

/** The text of the program as it is run. It is UTF-8, and as it is built all ASCII, which Node reads faster as such. */
const read = (dist) => {
  const bytes = readFileSync(programOf(dist));
  return bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
};
exports.read = read;

/**
 * Loads the bundled program. Node compiles it anew each time, which is a third of a short command; so the build keeps
 * what V8 made of it beside it. V8 ignores a cache that another V8, or one with other flags, has made: only time is lost.
 */
exports.load = (dist) => {
  const filename = programOf(dist);
  const source = read(dist);
  const cacheFile = join(dist, `${source.slice(BUILD_ID.from, BUILD_ID.to)}.cache`);
  const script = new Script(source, { filename, cachedData: readIfThere(cacheFile) });
  const module = { exports: {} };
  const importPackage = (name) => import(name);
  script.runInThisContext()(module.exports, createRequire(filename), module, filename, importPackage);
  return { main: module.exports.main, script, cacheFile };
};
