import type { FileFault } from '../../core/codes/file-fault.ts';
import type { BatchCell, BatchFileRow, BatchPass } from '../../core/ports/batch-file.ts';
import { nestsDeeperThan } from '../config/yaml-depth.ts';
import { loadYaml } from '../config/yaml-file.ts';
import { keyThereTwice } from '../config/yaml-keys.ts';
import { decodeText } from '../csv/decode-text.ts';

/** YAML is read as a whole, and slowly: what is larger belongs into NDJSON. */
const MAX_CHARS = 1_048_576;
/** Of the syntax: a list of maps with lists in them. */
const MAX_STACK = 24;

/** Reads YAML: one document, a list of plain maps. Aliases and own tags are refused. Numbers keep their digits. */
export async function* readYaml(
  bytes: AsyncIterable<Uint8Array>,
  { onError }: BatchPass,
): AsyncGenerator<readonly BatchFileRow[], void> {
  /** Of the whole file: none of its rows can be read. */
  const wrong = (line: number, reason: FileFault): void => onError({ line, field: '', reason }, true);
  let source = '';
  for await (const piece of decodeText(bytes)) {
    source += piece;
    if (source.length > MAX_CHARS) return wrong(0, { code: 'TOO_LARGE_FOR_YAML' });
  }
  const yaml = loadYaml();
  const lines = new yaml.LineCounter();
  const lineOf = (node: unknown): number =>
    yaml.isNode(node) ? lines.linePos(node.range?.[0] ?? 0).line : 0;
  if (nestsDeeperThan(yaml, source, MAX_STACK)) return wrong(0, { code: 'NESTED_TOO_DEEPLY' });
  const doc = yaml.parseDocument(source, {
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
    logLevel: 'error',
  });
  const [problem] = [...doc.errors, ...doc.warnings];
  if (problem !== undefined) {
    const text = problem.message.split('\n')[0] ?? '';
    return wrong(lines.linePos(problem.pos[0]).line, { code: 'AS_TOLD', text });
  }
  const twice = keyThereTwice(yaml, doc);
  if (twice !== null)
    return onError({ line: lineOf(twice.node), field: twice.name, reason: { code: 'THERE_TWICE' } }, true);
  if (doc.contents === null) return wrong(0, { code: 'EMPTY' });
  if (!yaml.isSeq(doc.contents)) return wrong(1, { code: 'NOT_ROWS' });
  if (doc.contents.items.length === 0) return wrong(0, { code: 'EMPTY' });

  /** undefined: it is no plain value. null: nothing. */
  const plain = (node: unknown): string | null | undefined => {
    if (node === null) return null;
    if (!yaml.isScalar(node)) return undefined;
    return node.value === null ? null : (node.source ?? String(node.value));
  };
  const cellOf = (node: unknown): BatchCell | null | undefined => {
    if (!yaml.isSeq(node)) return plain(node);
    const items = node.items.map(plain);
    const texts = items.filter((item) => typeof item === 'string');
    return texts.length === items.length ? texts : undefined;
  };
  let before = 0;
  for (const item of doc.contents.items) {
    const line = lineOf(item);
    if (line <= before) return wrong(line, { code: 'ROW_NOT_ON_ITS_LINE' });
    before = line;
    if (!yaml.isMap(item)) {
      const reason = { code: yaml.isAlias(item) ? 'ALIAS' : 'NOT_A_ROW' } as const;
      onError({ line, field: '', reason }, false);
      continue;
    }
    const cells = new Map<string, BatchCell>();
    let isGood = true;
    const reject = (node: unknown, reason: FileFault, name = ''): void => {
      isGood = false;
      onError({ line: lineOf(node) || line, field: name, reason }, false);
    };
    for (const { key, value } of item.items) {
      const name = plain(key);
      if (typeof name !== 'string') reject(key, { code: 'NAME_NOT_TEXT' });
      else if (name === '__proto__') reject(key, { code: 'NO_VALUE_NAME' }, name);
      else {
        const cell = cellOf(value);
        if (cell === undefined) {
          const alias = yaml.isAlias(value);
          reject(value, { code: alias ? 'ALIAS' : 'NOT_PLAIN' }, name);
        } else if (cell !== null) cells.set(name, cell);
      }
    }
    if (isGood) yield [{ line, cells }];
  }
}
