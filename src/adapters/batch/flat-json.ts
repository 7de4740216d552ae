import type { FileFault } from '../../core/codes/file-fault.ts';
import type { BatchCell } from '../../core/ports/batch-file.ts';

/** `column`: '' when the text as a whole is meant. */
export type FlatJson =
  | { readonly ok: true; readonly cells: ReadonlyMap<string, BatchCell> }
  | { readonly ok: false; readonly column: string; readonly reason: FileFault };

/** One token and the white space before it. */
const TOKEN =
  /[\t\n\r ]*(?:([{}[\],:])|("[^"\\\u0000-\u001f]*(?:\\.[^"\\\u0000-\u001f]*)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])|(true|false|null)(?!\w))/y;

type Token =
  | { readonly kind: 'sign'; readonly text: string }
  | { readonly kind: 'string' | 'number' | 'word'; readonly text: string }
  | { readonly kind: 'none'; readonly text: '' };

/**
 * Reads one JSON object whose values are texts, numbers, true, false, null, or lists of them. Strict, and without
 * recursion: whatever is nested deeper is refused where it begins. Numbers keep the digits they are written with.
 * A name twice, and the name `__proto__`, are refused: readers disagree about what they mean.
 */
export const readFlatJson = (text: string): FlatJson => {
  const cells = new Map<string, BatchCell>();
  const names = new Set<string>();
  let at = 0;
  const wrong = (reason: FileFault, column = ''): FlatJson => ({ ok: false, column, reason });
  const broken = (): FlatJson => wrong({ code: 'NOT_JSON_FROM', column: at + 1 });

  const next = (): Token => {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) return { kind: 'none', text: '' };
    at = TOKEN.lastIndex;
    const [, sign, string, number, word] = match;
    if (sign !== undefined) return { kind: 'sign', text: sign };
    if (number !== undefined) return { kind: 'number', text: number };
    if (word !== undefined) return { kind: 'word', text: word };
    const value = parsedString(string ?? '');
    return value === null ? { kind: 'none', text: '' } : { kind: 'string', text: value };
  };
  const isSign = (token: Token, sign: string): boolean => token.kind === 'sign' && token.text === sign;

  /** The texts of a list; null: it is no list of plain values. */
  const list = (): readonly string[] | null => {
    const items: string[] = [];
    let token = next();
    if (isSign(token, ']')) return items;
    for (;;) {
      if (token.kind === 'sign' || token.kind === 'none' || token.text === 'null') return null;
      items.push(token.text);
      const after = next();
      if (isSign(after, ']')) return items;
      if (!isSign(after, ',')) return null;
      token = next();
    }
  };

  if (!isSign(next(), '{')) return wrong({ code: 'NOT_JSON' });
  let token = next();
  while (!(isSign(token, '}') && names.size === 0)) {
    if (token.kind !== 'string' || !isSign(next(), ':')) return broken();
    const name = token.text;
    if (name === '__proto__') return wrong({ code: 'NO_VALUE_NAME' }, name);
    if (names.has(name)) return wrong({ code: 'THERE_TWICE' }, name);
    names.add(name);
    const value = next();
    if (isSign(value, '{')) return wrong({ code: 'IS_OBJECT' }, name);
    if (isSign(value, '[')) {
      const items = list();
      if (items === null) return wrong({ code: 'NOT_A_LIST_OF_TEXTS' }, name);
      cells.set(name, items);
    } else if (value.kind === 'sign' || value.kind === 'none') {
      return broken();
    } else if (!(value.kind === 'word' && value.text === 'null')) {
      cells.set(name, value.text);
    }
    token = next();
    if (isSign(token, '}')) break;
    if (!isSign(token, ',')) return broken();
    token = next();
  }
  return text.slice(at).trim() === '' ? { ok: true, cells } : broken();
};

/** null: an escape in it is none, or half a surrogate pair stands alone. */
const parsedString = (quoted: string): string | null => {
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' && !/\p{Surrogate}/u.test(value) ? value : null;
  } catch {
    return null;
  }
};
