import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Document, Node, Pair, YAMLMap } from 'yaml';
import type { FileFault } from '../../core/codes/file-fault.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import type { FileValue } from './file-value.ts';
import { notAFile } from './paths.ts';
import { readSimpleYaml } from './simple-yaml.ts';
import { mustBeOwn } from './trusted-file.ts';
import { nestsDeeperThan } from './yaml-depth.ts';
import { keyThereTwice } from './yaml-keys.ts';

/** Far more than any has. */
const MAX_BYTES = 65_536;
const MAX_DEPTH = 4;
/** Of the syntax: a section takes two places. */
const MAX_STACK = 32;

/** Loaded only when there is a file: it costs half of a command's start. */
export const loadYaml = (): typeof import('yaml') => createRequire(import.meta.url)('yaml');

const refuse = (path: string, cause: FileFault): Refusal => new Refusal('CONFIG_FILE', { path, cause });

const asTold = (error: unknown): FileFault => ({
  code: 'AS_TOLD',
  text: error instanceof Error ? error.message : String(error),
});

/** The text of a configuration file. Refusal CONFIG_FILE when it cannot be read, is too large or is not UTF-8. */
export const readConfigText = (path: string): string => {
  const unfit = notAFile(path);
  if (unfit !== null) throw refuse(path, unfit);
  try {
    mustBeOwn(path);
    if (statSync(path).size > MAX_BYTES) throw refuse(path, { code: 'LARGER_THAN', kib: MAX_BYTES / 1024 });
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (error instanceof TypeError) throw refuse(path, { code: 'NOT_UTF8' });
    throw refuse(path, asTold(error));
  }
};

/** Parses without trust: one document, no duplicate keys, no aliases, no own tags. Refusal CONFIG_FILE otherwise. */
export const parseConfig = (
  path: string,
  source: string,
): { doc: Document; lineOf: (node: Node) => number } => {
  const yaml = loadYaml();
  const lines = new yaml.LineCounter();
  const lineOf = (node: Node): number => lines.linePos(node.range?.[0] ?? 0).line;
  try {
    if (nestsDeeperThan(yaml, source, MAX_STACK)) throw refuse(path, { code: 'NESTED_TOO_DEEPLY' });
    const doc = yaml.parseDocument(source, {
      uniqueKeys: false,
      prettyErrors: false,
      lineCounter: lines,
      logLevel: 'error',
    });
    const problem = doc.errors[0] ?? doc.warnings[0];
    if (problem !== undefined) {
      const { line, col } = lines.linePos(problem.pos[0]);
      throw refuse(path, { code: 'AS_TOLD', text: `${problem.message} at line ${line}, column ${col}` });
    }
    const twice = keyThereTwice(yaml, doc);
    if (twice !== null) throw refuse(path, { code: 'SET_TWICE', key: twice.name, line: lineOf(twice.node) });
    yaml.visit(doc, {
      Alias: (_key, node) => {
        throw refuse(path, { code: 'ALIAS_AT', line: lineOf(node) });
      },
    });
    if (doc.contents !== null && !yaml.isMap(doc.contents)) {
      if (!yaml.isScalar(doc.contents) || doc.contents.value !== null) {
        throw refuse(path, { code: 'NO_SETTINGS' });
      }
    }
    return { doc, lineOf };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw refuse(path, asTold(error));
  }
};

/** The file's values by dotted key; sections may be nested or written as dotted keys, empty values count as not set. */
export const readYamlFile = (path: string): ReadonlyMap<string, FileValue> => {
  const source = readConfigText(path);
  return readSimpleYaml(source) ?? readYaml(path, source);
};

/** The same for any YAML. */
export const readYaml = (path: string, source: string): ReadonlyMap<string, FileValue> => {
  const yaml = loadYaml();
  const { doc, lineOf } = parseConfig(path, source);
  const values = new Map<string, FileValue>();
  const add = (key: string, value: FileValue): void => {
    if (values.has(key)) throw refuse(path, { code: 'SET_TWICE', key, line: value.line });
    values.set(key, value);
  };
  const walk = (map: YAMLMap, prefix: string, depth: number): void => {
    for (const pair of map.items as readonly Pair<unknown, unknown>[]) {
      if (!yaml.isScalar(pair.key)) throw refuse(path, { code: 'KEY_NOT_TEXT' });
      const key = `${prefix}${String(pair.key.value)}`;
      const line = lineOf(pair.key);
      if (yaml.isMap(pair.value) && depth < MAX_DEPTH) walk(pair.value, `${key}.`, depth + 1);
      else if (yaml.isNode(pair.value)) add(key, { raw: pair.value.toJS(doc), line });
      else add(key, { raw: null, line });
    }
  };
  if (yaml.isMap(doc.contents)) walk(doc.contents, '', 1);
  return values;
};
