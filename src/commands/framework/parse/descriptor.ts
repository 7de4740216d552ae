/**
 * What a command is: plain data. Parsing, help, completion, the wizard's questions and the columns of a batch file are
 * all made from it. The handler lives in its own file and is bound to the descriptor in `tree.ts`.
 */
export type FlagSpec = {
  /** What the value means, in a few words without a full stop. */
  readonly summary: string;
  /** One letter, without the dash. */
  readonly short?: string;
  readonly required?: true;
  /**
   * With `required`: the flags (camelCase) any of which makes it optional, because the value can be learnt from them; of
   * flags that name each other here, one is enough.
   */
  readonly unless?: readonly string[];
  /** May be given several times (an argument: one or more); the value is then a list, empty when it is not given. */
  readonly repeat?: true;
  /** Name of the value in help texts. */
  readonly placeholder?: string;
  /** What the wizard asks. It asks for required flags anyway, by their summary. */
  readonly ask?: string;
  /** What the wizard puts in front of the cursor; never assumed. */
  readonly suggest?: string;
  /** What the wizard offers to choose from; see `pickers.ts`. */
  readonly pick?: PickerName;
  /** The value of the flag when it is given bare. Another value is then attached with `=` only (`--wait=5s`). */
  readonly bare?: string;
  readonly hidden?: true;
} & FlagKind;

type FlagKind =
  | { readonly type: 'boolean' }
  | { readonly type: 'text'; readonly max?: number; readonly default?: string }
  | { readonly type: 'integer'; readonly min?: number; readonly max?: number; readonly default?: number }
  | { readonly type: 'number'; readonly min?: number; readonly max?: number; readonly default?: number }
  | { readonly type: 'choice'; readonly choices: readonly string[]; readonly default?: string }
  | { readonly type: 'list'; readonly choices?: readonly string[] }
  | { readonly type: SimpleType };

type SimpleType =
  | 'name'
  | 'phone'
  | 'time'
  | 'time-or-next'
  | 'date'
  | 'dates'
  | 'duration'
  | 'order-id'
  | 'id'
  | 'technician'
  | 'lines'
  | 'zone'
  | 'actor';

/** Which orders are offered: any open one, or those with which the command can do something. */
export type OrderPick =
  | 'order'
  | 'order-at-desk'
  | 'order-proposed'
  | 'order-agreed'
  | 'order-held'
  | 'order-completed';

export type PickerName = OrderPick | 'technician' | 'customer' | 'cancel-code';

export type Flags = Readonly<Record<string, FlagSpec>>;

export type Example = { readonly line: string; readonly says?: string };

export type CommandSpec = {
  /** Noun then verb, separated by a space: `order new`. */
  readonly path: string;
  /** Other last words for the same command, e.g. `not-done`. */
  readonly aliases?: readonly string[];
  readonly summary: string;
  /** More about it, for `--help`; paragraphs. */
  readonly details?: string;
  /** In the order in which they are typed; only the last may `repeat`. */
  readonly args?: Flags;
  /** Keys in camelCase: `notBefore` is `--not-before`. */
  readonly flags?: Flags;
  /** The first one is shown beside a usage error. */
  readonly examples: readonly Example[];
  readonly output: OutputSpec;
  /** true: writes; the flags of every change (`--wait`, `--if-version`, `--key`, `--dry-run`) are added. */
  readonly change: boolean;
  /** Set on commands that a batch file may hold; the columns are its args and flags. */
  readonly batch?: { readonly op: string; readonly keyRequired?: true };
  /** true: when flags are missing on a terminal, the wizard asks all questions, shows a summary and keeps a draft. */
  readonly wizard?: true;
  /** `nothing`: runs without configuration and database, also when those are unusable. Default: `services`. */
  readonly needs?: 'services' | 'nothing';
  readonly hidden?: true;
};

export type OutputSpec = {
  readonly kind: 'object' | 'list' | 'text' | 'none';
  /** e.g. `oss.order/1`; its JSON Schema is in `schemas/`. Absent for text. */
  readonly schema?: string;
  /** Schema of the list that several ids are answered by, where one is answered by an object. */
  readonly many?: string;
  /** Schema of another answer, which some flags ask for. */
  readonly other?: string;
  /** Its items are events, which `-o cloudevents` tells as everybody outside is told them. */
  readonly cloudEvents?: true;
  /** Columns of CSV, as dotted keys. Default: the scalar keys of the first item. */
  readonly fields?: readonly string[];
};

/** Checks the shape and keeps the literal types, from which `InputOf` knows the values. */
export const defineCommand = <const S extends CommandSpec>(spec: S): S => spec;

type SimpleValues = {
  readonly boolean: boolean;
  readonly text: string;
  readonly integer: number;
  readonly number: number;
  /** NFC, trimmed, 1 to 100 characters. */
  readonly name: string;
  /** Digits with dashes: `010-1234-5678`. */
  readonly phone: string;
  /** Epoch ms. */
  readonly time: number;
  /** Epoch ms, or the word `next`. */
  readonly 'time-or-next': number | 'next';
  /** Operator-local `YYYY-MM-DD`. */
  readonly date: string;
  /** Both ends included. */
  readonly dates: { readonly from: string; readonly to: string };
  /** Milliseconds. */
  readonly duration: number;
  /** `ORD-000042`. */
  readonly 'order-id': string;
  /** Any other id: letters, digits and `- _ . : / #`, at most 100. */
  readonly id: string;
  /** An id or a name, of which `technicians-meant.ts` has made the id where somebody is meant. */
  readonly technician: string;
  /** Not empty, several lines allowed, at most 2,000 characters. */
  readonly lines: string;
  /** IANA name of a time zone. */
  readonly zone: string;
  /** `role:name`. */
  readonly actor: string;
};

type One<F> = F extends { readonly type: 'choice'; readonly choices: readonly (infer C)[] }
  ? C
  : F extends { readonly type: 'list'; readonly choices: readonly (infer C)[] }
    ? readonly C[]
    : F extends { readonly type: 'list' }
      ? readonly string[]
      : F extends { readonly type: infer T extends keyof SimpleValues }
        ? SimpleValues[T]
        : never;

type Always =
  | { readonly required: true }
  | { readonly default: string | number }
  | { readonly type: 'boolean' };

type ValueOf<F> = F extends { readonly repeat: true }
  ? readonly One<F>[]
  : F extends { readonly unless: readonly string[] }
    ? One<F> | undefined
    : F extends Always
      ? One<F>
      : One<F> | undefined;

type ValuesOf<F> = F extends Flags ? { readonly [K in keyof F]: ValueOf<F[K]> } : Record<never, never>;

/** The flags of every change. */
export type ChangeFlags = {
  /** ms to wait for the end of what was started; undefined: do not wait. */
  readonly wait: number | undefined;
  readonly ifVersion: number | undefined;
  readonly key: string | undefined;
  /** Load and decide, then roll back. */
  readonly dryRun: boolean;
};

/** What a handler is given: every value checked, all names in camelCase. */
export type InputOf<S extends CommandSpec> = {
  readonly args: ValuesOf<S['args']>;
  readonly flags: ValuesOf<S['flags']>;
  /** All unset on commands that change nothing. */
  readonly change: ChangeFlags;
};
