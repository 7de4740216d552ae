import { count } from './count.ts';

const orders = (n: number): string => count(n, 'order', 'orders');
const rows = (n: number): string => count(n, 'row', 'rows');
const didYouMean = (name: string | null): string => (name === null ? '' : `; did you mean ${name}?`);

/** What a line of progress says; `bar` is empty where there is no room for one, `left` is the time that is left. */
type Progress = {
  readonly bar: string;
  readonly percent: number;
  readonly done: number;
  readonly of: number;
  readonly perSecond: number;
  readonly failed: number;
  readonly left: string;
};

export const batch = {
  columns: {
    batch: 'BATCH',
    file: 'FILE',
    op: 'OP',
    rows: 'ROWS',
    done: 'DONE',
    skipped: 'SKIPPED',
    failed: 'FAILED',
    state: 'STATE',
    started: 'STARTED',
    line: 'LINE',
    key: 'KEY',
    order: 'ORDER',
    error: 'ERROR',
  },
  labels: {
    file: 'file',
    op: 'op',
    state: 'state',
    rows: 'rows',
    done: 'done',
    already: 'were so already',
    skipped: 'skipped, done before',
    failed: 'failed',
    pending: 'not run yet',
    ordersLeft: 'orders with work left',
    started: 'started',
    finished: 'finished',
    actor: 'by',
  },
  states: {
    running: 'running',
    interrupted: 'interrupted',
    done: 'done',
    failed: 'ended at the limit',
    checked: 'only checked',
  },
  mixed: 'named in each row',
  none: 'no batch was run yet',
  failuresTitle: (shown: number, all: number): string =>
    shown < all ? `the first ${shown} of ${count(all, 'failure', 'failures')}` : 'failures',
  differs: (fields: readonly string[]): string => `differs in ${fields.join(', ')}`,
  problem: {
    missing: 'is missing',
    expected: (what: string): string => `expected ${what}`,
    oneValue: 'must be one value, not a list',
    noOp: 'is missing; name it here or with --op',
    unknownOp: (meant: string | null): string => `is no op${didYouMean(meant)}`,
    otherOp: (op: string): string => `is not ${op}, which --op names`,
    unknownColumn: (meant: string | null): string => `is no column of this op${didYouMean(meant)}`,
    noOrder: 'is missing; name the order by id or by orderKey',
    twoOrders: 'names an order, and so does id: give one of them',
    notHere: (command: string): string => `means nothing for "${command}"`,
    nothingToChange: 'nothing to change is given',
    severalAreas: (areas: readonly string[]): string =>
      `several areas fit the address, name one: ${areas.join(', ')}`,
    keyTwice: (line: number): string => `stands on line ${line} already`,
    afterUnknown: 'no earlier row has this key',
    orderKeyUnknown: 'no earlier row and no order has this key',
    notOfBatch: 'no failed row of the batch has this key',
    serial: 'expected a serial of 8 to 16 letters and digits',
    stbSerial: 'expected serials of 4 to 24 letters and digits',
    stbTwice: 'a serial is given twice',
    rxRange: (isMinusMissing: boolean): string =>
      `expected -27 to -8 dBm${isMinusMissing ? '; the minus may be missing' : ''}`,
    keyNeeded: 'is missing; rows are matched by it',
  },
  /** Time that is left. */
  span: (seconds: number): string =>
    seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`,
  usage: {
    maxFailures: 'a count from 1, or a share such as 5%',
    reportName: 'a file that ends in .json, .csv or .xml',
    unfitFile: (reason: string): string => `another file: ${reason}`,
    sameFile: 'a file that is not read or written already',
  },
  invalid: (file: string, problems: number): string =>
    `${file} has ${problems === 1 ? '1 error' : `${problems} errors`}; nothing was done`,
  invalidNext: 'correct the file and run it again, or pass over bad rows with --skip-invalid',
  invalidNextFatal: 'correct the file and run it again',
  cannotRead: (file: string): string => `${file} cannot be read`,
  fileChanged: (file: string): string => `${file} is not the file that was run`,
  fileChangedWhy: 'its content has changed since',
  fileChangedNext: 'run it anew with `$oss batch run`: rows whose keys were done are skipped',
  skippedInvalid: (n: number): string => `${rows(n)} with errors will be passed over`,
  checking: (n: number): string => `checking: ${rows(n)}`,
  checked: (n: number): string => `${rows(n)}, no error; nothing was done`,
  checkedSkipping: (good: number, bad: number): string =>
    `${rows(good)} can be run, ${rows(bad)} would be passed over; nothing was done`,
  rehearsed: (good: number, bad: number): string =>
    `${rows(good)} can be run, ${rows(bad)} would fail; nothing was done`,
  rehearsedFirst: (n: number): string => `the first ${rows(n)} were rehearsed, the others only checked`,
  noArea: (n: number): string => `${rows(n)} in no known area: their visits are planned by hand`,
  started: (batchId: string, n: number, resume: string): string =>
    `${batchId}: ${rows(n)}; if it is interrupted: ${resume}`,
  progress: (p: Progress): string =>
    `${p.bar}${p.percent} %  ${p.done} of ${p.of}, ${p.perSecond}/s, ${p.failed} failed, ${p.left} left`,
  summary: (p: {
    readonly done: number;
    readonly skipped: number;
    readonly failed: number;
    readonly pending: number;
  }): string =>
    `${rows(p.done)} done, ${p.skipped} skipped, ${p.failed} failed${p.pending === 0 ? '' : `, ${p.pending} not run`}`,
  alreadyDone: (batchId: string): string => `every row of ${batchId} was run before`,
  nothingFailed: (batchId: string): string => `no row of ${batchId} failed`,
  limitReached: 'ended: too many failures',
  /** A peer that keeps the orders of this run waiting. `until`: null when not known. */
  paused: (peer: string, until: string | null, n: number): string =>
    `${peer}: not reachable, breaker open${until === null ? '' : ` until ${until}`}; ${orders(n)} ${n === 1 ? 'waits' : 'wait'}`,
  goesOn: (peer: string): string => `${peer}: reachable again; the orders go on`,
  workProgress: (p: Progress): string =>
    `${p.bar}${p.percent} %  ${p.done} of ${orders(p.of)}, ${p.perSecond}/s, ${p.failed} tried again, ${p.left} left`,
  worked: (finished: number, left: number): string =>
    `${orders(finished)} with no technical work left${left === 0 ? '' : `, ${orders(left)} with some`}`,
  /** At the end of a run: a peer to which nothing is sent now. */
  away: (peer: string, until: string | null): string =>
    `${peer}: not reachable, breaker open${until === null ? '' : ` until ${until}`}; the orders are safe and wait`,
  goOn: (resume: string): string => `go on: ${resume}`,
  retry: (program: string, batchId: string): string =>
    `run the failed rows again: ${program} batch retry ${batchId}`,
  workOn: (program: string): string => `the orders are safe; the network is asked by: ${program} worker`,
  lookOn: (program: string): string => `what people do next: ${program} schedule queue`,
  lookAt: (program: string, batchId: string): string =>
    `nothing was left to do; see: ${program} batch show ${batchId}`,
  reportWritten: (path: string): string => `report: ${path}`,
  failedWritten: (path: string, n: number): string => `failed rows: ${path} (${n})`,
  template: {
    about: (op: string): string => `rows of ${op}; lines that begin with # are comments`,
    required: 'required',
    /** A column that another one can stand for. */
    requiredUnless: (columns: readonly string[]): string =>
      `required, unless ${columns.join(' or ')} is given`,
    id: 'the order; required, unless orderKey names it',
    key: 'names the row: the same again is skipped, other content is a conflict',
    after: 'key of an earlier row that must be done first',
    orderKey: 'the order by the key it was placed with, instead of id',
    run: (program: string, op: string): string => `check: ${program} batch run FILE --op ${op} --dry-run`,
  },
};
