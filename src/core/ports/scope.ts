/** The kinds of things that a write may decide about, each by its name. */
type Kinds = {
  readonly orders: readonly string[];
  readonly customers: readonly string[];
  /** Digits only. */
  readonly phones: readonly string[];
  readonly technicians: readonly string[];
  /** Keys that orders are placed with. */
  readonly keys: readonly string[];
  readonly batches: readonly string[];
  /** Hashes of batch files. */
  readonly files: readonly string[];
  /** What there is but one of. */
  readonly tables: readonly ('binding' | 'comparison' | 'travel')[];
};

/** What a write decides about: nobody else decides about it at the same time. */
export type Scope = Partial<Kinds> | 'everything';

/** A scope of more names is one of everything. */
export const MOST_NAMES = 64;

/** A work that still learns of more then is run with a scope of everything. */
export const MOST_ATTEMPTS = 5;

const KINDS = [
  'orders',
  'customers',
  'phones',
  'technicians',
  'keys',
  'batches',
  'files',
  'tables',
] as const satisfies readonly (keyof Kinds)[];

/** Each name of a scope with its kind, e.g. `orders/ORD-000042`, sorted: the order in which locks are taken. */
export const namesOf = (scope: Exclude<Scope, 'everything'>): readonly string[] => {
  const names = KINDS.flatMap((kind) => (scope[kind] ?? []).map((name) => `${kind}/${name}`));
  return [...new Set(names)].sort();
};

/** Both together. */
export const unionOf = (a: Scope, b: Scope): Scope => {
  if (a === 'everything' || b === 'everything') return 'everything';
  const both: Record<string, readonly string[]> = {};
  for (const kind of KINDS) {
    const names = [...new Set<string>([...(a[kind] ?? []), ...(b[kind] ?? [])])];
    if (names.length > 0) both[kind] = names;
  }
  return namesOf(both).length > MOST_NAMES ? 'everything' : both;
};

/** Whether all that `part` names is in `scope`. */
export const covers = (scope: Scope, part: Scope): boolean => {
  if (scope === 'everything') return true;
  if (part === 'everything') return false;
  return KINDS.every((kind) =>
    (part[kind] ?? []).every(
      (name) => (scope[kind] as readonly string[] | undefined)?.includes(name) === true,
    ),
  );
};

/** A work has learnt what else it decides about; the store runs it again with that. Nobody else need catch it. */
export class NeedsScope extends Error {
  override readonly name = 'NeedsScope';
  readonly scope: Scope;
  constructor(scope: Scope) {
    super(`the write decides about more: ${JSON.stringify(scope)}`);
    this.scope = scope;
  }
}
