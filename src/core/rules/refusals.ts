import type { Cause } from '../codes/cause.ts';
import type { DatabaseFault } from '../codes/database-fault.ts';
import type { EvidenceFault } from '../codes/evidence-fault.ts';
import type { Expected } from '../codes/expected.ts';
import type { FileFault } from '../codes/file-fault.ts';
import type { Found } from '../codes/found.ts';
import type { HardRule } from '../codes/hard-rule.ts';
import type { PackageFault } from '../codes/package-fault.ts';
import type { UrlFault } from '../codes/url-fault.ts';
import type { Need, UsageFault } from '../codes/usage-fault.ts';
import type { WhyNoneCode } from '../codes/why-none.ts';
import type { Stage } from './stage.ts';

/** Kinds of refusal; each has one exit code: rule 1, usage 2, not-found 3, conflict 4, denied 5, unavailable 75, configuration 78. */
export type RefusalKind =
  | 'rule'
  | 'usage'
  | 'not-found'
  | 'conflict'
  | 'denied'
  | 'unavailable'
  | 'configuration';

type RefusalSpec<D> = { readonly kind: RefusalKind; readonly detail?: D };
const row = <D>(kind: RefusalKind): RefusalSpec<D> => ({ kind });
type None = Record<string, never>;

/**
 * Every refusal there is: its kind, and the values that its text needs. The texts are in the face's catalogue, which the
 * compiler holds complete. Adding one: a row here and its text there.
 */
export const REFUSALS = {
  // orders
  ORDER_NOT_FOUND: row<{ orderId: string }>('not-found'),
  MYPAGE_NOT_FOUND: row<None>('not-found'),
  ORDER_CLOSED: row<{ orderId: string; stage: Stage }>('conflict'),
  /** `allowed` null: any stage before on-site. */
  ILLEGAL_IN_STAGE: row<{
    orderId: string;
    command: string;
    stage: Stage;
    allowed: readonly Stage[] | null;
  }>('conflict'),
  ALREADY_FINAL: row<{ orderId: string; command: string; intent: string; at: string }>('conflict'),
  STALE_VERSION: row<{ orderId: string; expected: number; actual: number }>('conflict'),
  KEY_CONFLICT: row<{ key: string; orderId: string; command: string }>('conflict'),
  /** The order of the key is of an erased customer: the store can no longer compare the contents. */
  KEY_ERASED: row<{ key: string; orderId: string; command: string }>('conflict'),
  /** The client's number stands for another order; also of an erased customer. */
  EXTERNAL_ID_TAKEN: row<{ externalId: string; orderId: string }>('conflict'),
  CANCEL_TASK_NOT_FOUND: row<{ taskId: string }>('not-found'),
  /** A field of a document, by its path; what stands in it is not told again. */
  BAD_FIELD: row<{ field: string; expected: Expected }>('usage'),
  /** A key is kept for ever, also after an erasure. */
  KEY_PERSONAL: row<None>('usage'),
  DUPLICATE_ORDER: row<{ orderId: string }>('conflict'),
  NO_LINES: row<{ internet: number; tv: number }>('rule'),
  TOO_FEW_INTERNET: row<{ internet: number; min: number }>('rule'),
  TOO_MANY_LINES: row<{ lines: number; max: number }>('rule'),
  BAD_CONTACT: row<{ field: 'name' | 'phone' | 'address' }>('usage'),
  CUSTOMER_NOT_FOUND: row<{ customerId: string }>('not-found'),
  /** The reason of an erasure stays, and says whom. */
  REASON_PERSONAL: row<{ customerId: string }>('usage'),
  /** Erased, but the files still hold it while a reader has an older state. */
  ERASURE_PENDING: row<{ customerId: string }>('unavailable'),
  CUSTOMER_HAS_ORDERS: row<{ customerId: string; orderIds: readonly string[] }>('conflict'),
  AREA_UNKNOWN: row<{ address: string; candidates: readonly string[] }>('usage'),
  AREA_FIXED: row<{ orderId: string; from: string; to: string }>('conflict'),
  VISIT_TOO_SHORT: row<{ orderId: string; minutes: number; needed: number }>('conflict'),
  VISIT_SKILL: row<{ orderId: string; technicianId: string; skills: readonly string[] }>('conflict'),
  TEXT_REQUIRED: row<{ code: string }>('usage'),
  UNKNOWN_CODE: row<{ code: string; codes: readonly string[]; suggestion: string | null }>('usage'),
  WRONG_COLUMN: row<{ code: string; command: string; instead: string }>('rule'),
  // field
  EVIDENCE_MISSING: row<{ orderId: string; missing: readonly EvidenceFault[]; meant: string | null }>('rule'),
  NETWORK_NOT_AS_WANTED: row<{ orderId: string; services: readonly string[] }>('conflict'),
  NO_VISIT: row<{ orderId: string; stage: Stage }>('conflict'),
  OCCURRED_AT_RANGE: row<{ at: string; earliest: string }>('usage'),
  /** It happened more than so many hours ago: said again with a yes it is recorded. */
  LATE_ENTRY: row<{ orderId: string; at: string; hours: number }>('usage'),
  NO_CURRENT_VISIT: row<{ actor: string }>('not-found'),
  OTHER_VISIT: row<{ orderId: string; visit: number; current: number }>('conflict'),
  OTHER_RESULT: row<{ orderId: string; at: string; differs: readonly string[] }>('conflict'),
  // scheduling
  TECHNICIAN_NOT_FOUND: row<{ technicianId: string }>('not-found'),
  /** A name that more than one technician has. */
  SEVERAL_TECHNICIANS: row<{ typed: string; technicianIds: readonly string[] }>('usage'),
  NO_TECHNICIANS: row<None>('conflict'),
  NO_SLOT: row<{ orderId: string; why: readonly WhyNoneCode[]; next?: readonly string[] }>('conflict'),
  NOTHING_HELD: row<{ orderId: string }>('conflict'),
  SLOT_TAKEN: row<{ technicianId: string; at: string; next: readonly string[] }>('conflict'),
  HARD_RULE: row<{ orderId: string; technicianId: string; at: string; rules: readonly HardRule[] }>('rule'),
  REASON_REQUIRED: row<{ flag: string }>('usage'),
  AGREEMENT_REQUIRED: row<{ orderId: string }>('conflict'),
  NOTHING_TO_UNASSIGN: row<{ orderId: string }>('conflict'),
  VISIT_AGREED: row<{ orderId: string }>('conflict'),
  CALL_RUNNING: row<{ orderId: string; callKey: string }>('conflict'),
  MOVE_RUNNING: row<{ orderId: string }>('conflict'),
  /** `until`: the last start that keeps what was promised; UTC ISO. */
  OUTSIDE_WINDOW: row<{ orderId: string; at: string; from: string; until: string }>('conflict'),
  TIME_PASSED: row<{ at: string }>('usage'),
  // fallout, peers
  HOLD_NOT_FOUND: row<{ orderId: string; hold: string; holds: readonly string[] }>('not-found'),
  HOLD_UNCLEAR: row<{ orderId: string; services: readonly string[] }>('usage'),
  /** `instead`: what ends such a hold: a call, a visit that is assigned, or another try. */
  NOT_BY_HAND: row<{ orderId: string; step: string; instead: 'call' | 'assign' | 'retry' }>('conflict'),
  STILL_PROVABLE: row<{ orderId: string; service: string }>('conflict'),
  NOT_TO_WAIVE: row<{ orderId: string; step: string }>('conflict'),
  NE_ID_REQUIRED: row<{ orderId: string; step: string }>('usage'),
  ORDER_UNREADABLE: row<{ orderId: string; version: number; problem: string }>('configuration'),
  ORDER_BUSY: row<{ orderId: string }>('unavailable'),
  NOT_VERIFIED: row<{ orderId: string; service: string; found: Found }>('rule'),
  BREAKER_NOT_FOUND: row<{ name: string; names: readonly string[] }>('not-found'),
  PEER_UNAVAILABLE: row<{ peer: string; cause: Cause }>('unavailable'),
  PEER_MISCONFIGURED: row<{ peer: string; cause: Cause }>('unavailable'),
  DATABASE_BUSY: row<{ database: string }>('unavailable'),
  DATABASE_UNREACHABLE: row<{ database: string; cause: DatabaseFault }>('unavailable'),
  /** The connection was lost while COMMIT ran, and nobody can say any more whether it did: it was kept whole, or not at all. */
  COMMIT_IN_DOUBT: row<{ database: string }>('unavailable'),
  DISK_FULL: row<{ path: string }>('unavailable'),
  TOO_MANY_FILES: row<{ path: string }>('unavailable'),
  // batch files
  BATCH_NOT_FOUND: row<{ batchId: string }>('not-found'),
  BATCH_HELD: row<{ batchId: string; file: string; owner: string }>('conflict'),
  AFTER_FAILED: row<{ after: string }>('conflict'),
  ORDER_KEY_UNKNOWN: row<{ orderKey: string }>('not-found'),
  // callers over HTTP
  TOKEN_NOT_FOUND: row<{ tokenId: string }>('not-found'),
  /** Personal data in clear is not for this role. */
  NOT_IN_CLEAR: row<{ role: string; roles: readonly string[] }>('usage'),
  // configuration, database
  CONFIG_UNKNOWN_KEY: row<{ key: string; origin: string; suggestion: string | null }>('configuration'),
  CONFIG_INVALID: row<{ key: string; origin: string; value: string; expected: Expected }>('configuration'),
  CONFIG_FILE: row<{ path: string; cause: FileFault }>('configuration'),
  SECRET_READABLE: row<{ path: string; mode: string }>('configuration'),
  TLS_UNCHECKED: row<{ variable: string }>('configuration'),
  PEER_URL: row<{ key: string; cause: UrlFault }>('configuration'),
  DATABASE_MISSING: row<{ database: string }>('configuration'),
  /** In a mistyped folder the operator would never find the copy again. */
  FOLDER_MISSING: row<{ folder: string }>('usage'),
  DATABASE_EXISTS: row<{ file: string }>('conflict'),
  DATABASE_FOREIGN: row<{ database: string; cause: DatabaseFault }>('configuration'),
  /** What a database was to be restored from; null: there is no such file. */
  NOT_A_BACKUP: row<{ path: string; cause: DatabaseFault | null }>('configuration'),
  DATABASE_NEWER: row<{ database: string; schema: number; known: number }>('configuration'),
  /** A server that may lose what it has acknowledged, is too old, or writes another encoding. */
  DATABASE_UNFIT: row<{ database: string; setting: string; value: string; wanted: string }>('configuration'),
  /** A server that does not let us in: password, role, no such database. */
  DATABASE_CLOSED: row<{ database: string; cause: DatabaseFault }>('configuration'),
  /** Nobody writes to it: it is moving to another place, or has moved. */
  DATABASE_SEALED: row<{ database: string; to: string }>('configuration'),
  NOT_SEALED: row<{ database: string }>('conflict'),
  /** The database that it was copied to is open: this one must never be again. */
  DATABASE_MOVED: row<{ database: string; to: string }>('conflict'),
  /** A copy goes from a file to a server. */
  COPY_ONE_WAY: row<{ database: string }>('usage'),
  /** What arrived is not what was sent. `problem`: a code of `oss db verify`, or a table. */
  COPY_DIFFERS: row<{ database: string; problem: string }>('configuration'),
  /** Between us and the server is a pooler that gives each transaction another connection, or may. */
  DATABASE_POOLED: row<{ database: string }>('configuration'),
  /** The server takes no more connections, of anybody or of this role. */
  DATABASE_CROWDED: row<{ database: string; cause: DatabaseFault }>('unavailable'),
  /** A statement took so long that it was given up. */
  DATABASE_SLOW: row<{ database: string }>('unavailable'),
  /** A server's database that is being filled by a restore or a copy, or was when that ended. */
  DATABASE_INCOMING: row<{ database: string }>('unavailable'),
  /** What goes into an empty database only. */
  DATABASE_NOT_EMPTY: row<{ database: string }>('conflict'),
  /** `origin`: where the URL stands. */
  PASSWORD_IN_URL: row<{ origin: string }>('configuration'),
  /** Others could listen on the line to a server, or answer in its place. */
  DATABASE_INSECURE: row<{ database: string; cause: DatabaseFault }>('configuration'),
  DATABASE_OLDER: row<{ database: string; schema: number; known: number }>('configuration'),
  DATABASE_READONLY: row<{ database: string }>('configuration'),
  DATABASE_REPLACED: row<{ database: string; file: string }>('configuration'),
  DISK_ERROR: row<{ path: string; cause: DatabaseFault }>('configuration'),
  DATABASE_DAMAGED: row<{ database: string; cause: DatabaseFault }>('configuration'),
  BOUND_ELSEWHERE: row<{ bound: string; configured: string }>('configuration'),
  CLOCK_WITH_REAL_PEERS: row<None>('configuration'),
  /** `error`: the operating system's own code. */
  CANNOT_LISTEN: row<{ address: string; error: string }>('configuration'),
  PLAIN_HTTP: row<{ address: string }>('configuration'),
  PACKAGE_BROKEN: row<{ name: string; fault: PackageFault }>('configuration'),
  /** A loop of a worker gave no sign for so long. `orderId`: whose steps hang, for `order`. */
  WORKER_HANGS: row<{
    loop: 'orders' | 'order' | 'compare' | 'look-after' | 'heads';
    orderId: string | null;
    seconds: number;
  }>('unavailable'),
  // the face
  USAGE: row<{ fault: UsageFault; example: string | null }>('usage'),
  /** `what`: a flag, a variable, or `word 3` of the line. */
  NOT_UTF8: row<{ what: string | number }>('usage'),
  /** `needs`: all of them. */
  MISSING_FLAGS: row<{ command: string; needs: readonly Need[]; example: string | null }>('usage'),
  /** `flag`: as a command calls it, or as the core does. */
  BAD_VALUE: row<{ flag: string; value: string; expected: Expected }>('usage'),
  /** Why: the command is for these `roles`; or the visit is that of `whose`, and roles are empty. */
  DENIED: row<{
    actor: string;
    command: string;
    roles: readonly string[];
    whose: string | null;
  }>('denied'),
  /** `account`: of the machine; `grants`: what it may act as. */
  NOT_YOUR_ROLE: row<{ actor: string; account: string; grants: readonly string[] }>('denied'),
  /** A technician who is in no list. */
  NO_SUCH_ACTOR: row<{ actor: string; technicianId: string }>('denied'),
} as const;

export type RefusalCode = keyof typeof REFUSALS;
export type RefusalDetailOf<C extends RefusalCode> =
  (typeof REFUSALS)[C] extends RefusalSpec<infer D> ? D : never;
