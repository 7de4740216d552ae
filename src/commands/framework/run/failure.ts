import { Refusal, VersionConflict } from '../../../core/rules/refusal.ts';
import type { RefusalCode, RefusalDetailOf } from '../../../core/rules/refusals.ts';
import { PromptCancelled, PromptImpossible } from '../../../faces/cli/terminal/prompts.ts';
import type { Texts } from '../../../texts/catalogue.ts';
import type { Wording } from '../../../texts/wording.ts';
import { InputError } from '../parse/input.ts';
import { brokenPackage } from './broken-package.ts';
import { EXIT, exitOf } from './exit-codes.ts';

/** The operator said no at a confirmation. Exit 6. */
export class Declined extends Error {
  override readonly name = 'Declined';
}

/** Ended by a signal. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly exit: number;

  constructor(exit: number) {
    super('interrupted');
    this.exit = exit;
  }
}

/** One thing that is wrong in a file, for scripts. null: the file as a whole, the row as a whole. */
export type FailureDetail = {
  readonly line: number | null;
  readonly field: string | null;
  readonly code: string;
};

/** Of what is said with line 0 and field '' for a whole. */
export const detailOf = (error: {
  readonly line: number;
  readonly field: string;
  readonly code: string;
}): FailureDetail => ({
  line: error.line === 0 ? null : error.line,
  field: error.field === '' ? null : error.field,
  code: error.code,
});

/** An ending that is not a refusal of one rule but has an exit code of its own, e.g. an invalid file (65). */
export class Failed extends Error {
  override readonly name = 'Failed';
  readonly code: string;
  readonly exit: number;
  readonly wordings: readonly Wording[];
  readonly details: readonly FailureDetail[];

  /** Several wordings: everything that is wrong at once. */
  constructor(
    code: string,
    exit: number,
    wording: Wording | readonly Wording[],
    { details = [] }: { readonly details?: readonly FailureDetail[] } = {},
  ) {
    const wordings = 'what' in wording ? [wording] : wording;
    super(wordings.map(({ what }) => what).join('; '));
    this.code = code;
    this.exit = exit;
    this.wordings = wordings;
    this.details = details;
  }
}

/** A failure in words, for people and for scripts. */
export type Failure = {
  readonly exit: number;
  readonly code: string;
  /** One or more: a bad call lists everything at once. */
  readonly wordings: readonly Wording[];
  readonly retryAfterMs: number | null;
  /** Empty: there is no list of what is wrong. */
  readonly details: readonly FailureDetail[];
  readonly stack: string | null;
};

const wordRefusal = <C extends RefusalCode>(t: Texts, code: C, detail: RefusalDetailOf<C>): Wording =>
  t.refusals[code](detail);

/** The text of a refusal in the reader's language. */
export const wordingOf = (t: Texts, refusal: Refusal): Wording =>
  wordRefusal(t, refusal.code, refusal.detail);

/** What this machine does not give now, though nothing is wrong with the call. */
const MACHINE: readonly RefusalCode[] = [
  'DATABASE_BUSY',
  'DATABASE_READONLY',
  'DISK_FULL',
  'DISK_ERROR',
  'TOO_MANY_FILES',
  'PACKAGE_BROKEN',
];

/**
 * A refusal that says so of whatever this machine does not give now: also of a part of the program that could not be
 * loaded any more. null: it is something else.
 */
export const machineRefusal = (error: unknown): Refusal | null => {
  if (error instanceof Refusal) return MACHINE.includes(error.code) ? error : null;
  const broken = brokenPackage(error);
  if (broken !== null) return broken;
  if (!(error instanceof Error) || !('code' in error)) return null;
  const path = 'path' in error ? String(error.path) : '';
  if (error.code === 'EMFILE' || error.code === 'ENFILE') return new Refusal('TOO_MANY_FILES', { path });
  return error.code === 'EIO'
    ? new Refusal('DISK_ERROR', { path, cause: { code: 'AS_TOLD', text: error.message } })
    : null;
};

/** A failure after the commit says that the change is kept: the caller of a refused change would make it once more. */
export const failureAfterKeeping = (error: unknown, t: Texts): unknown => {
  const refusal = machineRefusal(error);
  if (refusal === null) return error;
  const { what, why } = wordingOf(t, refusal);
  return new Failed('KEPT', EXIT.notFinished, {
    what: t.common.kept,
    why: why === undefined ? what : `${what}: ${why}`,
    next: t.common.keptNext,
  });
};

const plain = (exit: number, code: string, ...wordings: readonly Wording[]): Failure => ({
  exit,
  code,
  wordings,
  retryAfterMs: null,
  details: [],
  stack: null,
});

/** Whatever was thrown, as a failure: exit code, stable code, words. */
export const failureOf = (error: unknown, t: Texts, now: number): Failure => {
  if (error instanceof Refusal) return refused([error], t, now);
  const trouble = machineRefusal(error);
  if (trouble !== null) return refused([trouble], t, now);
  if (error instanceof InputError) return refused(error.refusals, t, now);
  if (error instanceof VersionConflict) {
    const expected = error.expected === 'none' ? 0 : error.expected;
    const { orderId, actual } = error;
    return refused([new Refusal('STALE_VERSION', { orderId, expected, actual })], t, now);
  }
  if (error instanceof Failed)
    return { ...plain(error.exit, error.code, ...error.wordings), details: error.details };
  if (error instanceof Declined) return plain(EXIT.declined, 'DECLINED', { what: t.common.declined });
  if (error instanceof Interrupted) return plain(error.exit, 'INTERRUPTED', { what: t.common.interrupted });
  if (error instanceof PromptCancelled) {
    return plain(EXIT.interrupted, 'INTERRUPTED', { what: t.prompts.notAnswered });
  }
  if (error instanceof PromptImpossible)
    return plain(EXIT.usage, 'USAGE', { what: t.prompts.notPossible, why: error.message });
  if (isFullDisk(error)) {
    return plain(EXIT.tryLater, 'OUTPUT_FAILED', { what: t.common.diskFull(error.message) });
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return {
    ...plain(EXIT.bug, 'BUG', { what: t.common.bug, why: message, next: t.common.bugNext }),
    stack: stack ?? null,
  };
};

/** stdout was sent into a file, and its disk is full. */
const isFullDisk = (error: unknown): error is Error =>
  error instanceof Error &&
  'syscall' in error &&
  error.syscall === 'write' &&
  'code' in error &&
  error.code === 'ENOSPC';

const refused = (refusals: readonly Refusal[], t: Texts, now: number): Failure => {
  const first = refusals[0];
  return {
    exit: first === undefined ? EXIT.usage : exitOf(first.kind),
    code: first?.code ?? 'USAGE',
    wordings: refusals.map((refusal) => wordingOf(t, refusal)),
    retryAfterMs: first?.retryAt === undefined ? null : Math.max(0, first.retryAt - now),
    details: [],
    stack: null,
  };
};
