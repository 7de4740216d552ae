import type { Coded, None } from './coded.ts';
import type { FileFault } from './file-fault.ts';

/** What a value must be like. */
export type ExpectedValues = {
  /** The face itself read the value, and says so in its reader's language. */
  readonly IN_WORDS: { readonly text: string };

  // settings
  /** With at most two digits behind the point. */
  readonly DECIMAL: { readonly min: number; readonly max: number };
  readonly WHOLE_NUMBER: { readonly min: number; readonly max: number; readonly unit: Unit };
  readonly TRUE_OR_FALSE: None;
  readonly ONE_OF: { readonly choices: readonly string[] };
  readonly AREAS: None;
  readonly FAULT_RULES: None;
  readonly HTTP_URL: None;
  readonly DAY_HOURS: None;
  readonly LISTEN_ADDRESS: None;
  readonly NETWORKS: None;
  readonly ZONE: None;
  readonly ACTOR: { readonly roles: readonly string[] };
  /** `roles`: that may stand in them. */
  readonly ACCOUNT_RULES: { readonly roles: readonly string[] };
  readonly IN_FILE_ONLY: None;
  readonly MOMENT: None;
  readonly PATH: None;
  readonly SERVER_URL: None;
  readonly SHARES: None;
  readonly PRIVATE_FILE: None;
  readonly COMMAND_LINE: None;
  readonly DATABASE_FILE: { readonly fault: FileFault };
  /** `key`: of another setting. */
  readonly NOT_LESS_THAN: { readonly key: string };
  readonly NOT_MORE_THAN: { readonly key: string };
  readonly NOTHING_BESIDE: { readonly key: string };

  // fields of documents
  readonly REQUIRED: None;
  readonly NOT_SETTABLE: None;
  readonly NO_SUCH_FIELD: { readonly fields: readonly string[] };
  readonly TEXT: { readonly most: number };
  readonly WELL_FORMED: None;
  readonly LIST: None;
  readonly OBJECT: None;
  /** Each of them names it, and differently. */
  readonly ALL_THE_SAME: None;
  readonly ONCE: None;
  readonly NOT_LATER: None;

  // values of commands
  readonly AT_MOST_DAYS: { readonly days: number };
  readonly FIELDS: { readonly fields: readonly string[] };
  readonly JOBS: { readonly most: number };
  readonly CURSOR: None;
  /** Where somebody stands in the feed of this database. */
  readonly FEED_CURSOR: None;
  readonly HEAD: None;
  /** A key file in PEM. */
  readonly ED25519_KEY: { readonly which: 'private' | 'public' };
  /** `error`: the operating system's own code. */
  readonly FREE_PORT: { readonly host: string; readonly error: string };

  // faults of the simulators; `form`: how the rule is written
  readonly FAULT: { readonly faults: readonly string[] };
  readonly FAULT_FORM: { readonly form: string };
  /** `without`: how the rule is written to leave the value out; null: it cannot be. */
  readonly FAULT_VALUE: {
    readonly form: string;
    readonly value: FaultValue;
    readonly without: string | null;
  };
  readonly FAULT_ANSWER: {
    readonly form: string;
    readonly answers: readonly string[];
    readonly without: string | null;
  };
  readonly FAULT_FREQUENCY: { readonly form: string };
  readonly FAULT_CLOSED: { readonly form: string };
  readonly FAULT_SCOPE: None;
  readonly ANSWERS: { readonly answers: readonly string[] };
};

export type Unit = 'none' | 'milliseconds' | 'minutes' | 'hours' | 'days' | 'percent';

/** ms, seconds: whole. code: the peer's. times: from 1. */
export type FaultValue = 'ms' | 'seconds' | 'code' | 'times';

export type Expected = Coded<ExpectedValues>;
