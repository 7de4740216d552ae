import { shellWord } from '../../core/values/shell-word.ts';
import { count } from './count.ts';

const PROBLEMS: Readonly<Record<string, string>> = {
  gap: 'an event before this one is missing, or this one is out of order',
  hash: 'this event, or the one before it, is not what was written',
  data: 'its content cannot be read',
  'no-order': 'no order follows from its content',
  'unknown-type': 'no such event is known',
  'unknown-schema': 'it was written by a newer program',
  head: 'the log up to the given head is another one',
  against: 'the other database has another event here',
  unheard: 'whoever follows the events never hears of it',
  'schema-missing': 'a part of the schema is missing',
  'schema-foreign': 'a part of the schema is not ours',
  'schema-changed': 'a part of the schema is not as it was made',
  'audit-gap': 'a row of the audit before this one is missing',
  'audit-hash': 'this row of the audit, or the one before it, is not what was written',
  'audit-anchor': 'an anchor stands for rows of the audit that are there still',
  'audit-signature': 'the anchor of rows that were taken away is not signed for this key',
  'audit-head': 'the audit was cut off before the end that was kept, or is another one',
  'head-signature': 'the given head is not signed for this key',
  view: 'its row of the read model is not what the log says',
  'no-view': 'its row of the read model is missing',
  'stray-views': 'the read model holds orders that the log does not know',
  'no-work': 'something is due for it, and no worker would ever look at it',
  'no-customer': 'its customer is not in the vault',
  'no-address': 'its address is not in the vault',
  'no-text': 'a text that its log speaks of is not in the vault',
  'no-binding': 'nobody knows which peers the orders belong to',
};

/** The words of a problem that `oss db verify` found; what is behind a colon says which, and stays as it is. */
export const problemWords = (kind: string): string => {
  const [, code = kind, which = ''] = /^([a-z-]+)(: .*)$/s.exec(kind) ?? [];
  return Object.hasOwn(PROBLEMS, code) ? `${PROBLEMS[code]}${which}` : kind;
};

export const db = {
  database: 'database',
  size: 'size',
  logFile: 'write-ahead log',
  orders: 'orders',
  events: 'events',
  lastEvent: 'last event',
  peers: 'bound to',
  schema: 'schema',
  unbound: 'nobody yet: the first write binds it',
  since: (at: string): string => `since ${at}`,
  existed: 'the database was there already',
  boundAlready: 'it is bound to these peers already',
  backedUp: (file: string): string => `copied to ${file}`,
  confirmRestore: (p: { file: string; path: string; orders: number; events: number }): string =>
    `Put ${p.file} (${count(p.orders, 'order', 'orders')}, ${count(p.events, 'event', 'events')}) in the place of ${p.path}? What came after it is lost.`,
  restored: (p: { orders: number; events: number; openOrders: number }): string =>
    `restored: ${count(p.orders, 'order', 'orders')}, ${count(p.events, 'event', 'events')}` +
    (p.openOrders === 0
      ? ''
      : `; what ${count(p.openOrders, 'open order has', 'open orders have')} in the network is looked up before anything else`),
  carriedOver: (p: { erasedAgain: number; auditKept: number }): string =>
    `of the time since the backup ${count(p.auditKept, 'row of the audit is', 'rows of the audit are')} kept, and ${count(p.erasedAgain, 'customer who was erased is', 'customers who were erased are')} erased again`,
  notCarriedOver:
    'the replaced database could not be asked: who was erased since the backup is there again, and the audit since then is not: erase again from your own records',
  confirmCopy: (p: { from: string; to: string }): string =>
    `Seal ${p.from} and move it to ${p.to}? Nobody writes to it meanwhile, nor afterwards.`,
  copied: (p: { from: string; to: string; orders: number | null; events: number | null }): string =>
    `moved to ${p.to}: ${count(p.orders ?? 0, 'order', 'orders')}, ${count(p.events ?? 0, 'event', 'events')}; ${p.from} is sealed for good`,
  unsealed: (p: { from: string }): string => `${p.from} is written to as before`,
  nowUse: (to: string): string =>
    `set db to it on every machine that works with these orders: oss config set db ${shellWord(to)}`,
  setAside: (path: string): string => `the damaged database was kept as ${path}`,
  whyReconcile: 'what came after the backup may live in the NE still',
  rebuilding: (orders: number): string => `${count(orders, 'order', 'orders')} rebuilt`,
  rebuilt: ({ orders, events, changed, ms, finished }: RebuiltText): string =>
    `${finished ? '' : 'stopped: '}${count(orders, 'order', 'orders')} rebuilt from ${count(events, 'event', 'events')} in ${(ms / 1000).toFixed(1)} s; ` +
    (changed === 0
      ? 'every view was as the log says'
      : `${count(changed, 'was', 'were')} not as the log says`),
  verdict: 'the log',
  whole: 'whole: events and audit are what was written, and all else agrees with them',
  problems: (n: number): string => `DAMAGED: ${count(n, 'problem', 'problems')}`,
  problem: problemWords,
  /** What to do next, by what was found. */
  next: {
    restore:
      'the log was changed outside this program: keep the file as it is for whoever asks later, and put the last backup that agrees in its place (oss db restore)',
    schema:
      'find out who changed the schema; while it is so, no command opens the database. Put it right by restoring a backup (oss db restore), which keeps the audit',
    audit:
      'the audit was changed outside this program: keep the file as evidence, compare it with a signed head or a backup (--head, --against), and report it to whoever answers for personal data',
    rebuild: 'oss db rebuild makes the read model and the work rows anew from the log',
    vault:
      'what is missing in the vault is in a backup only: oss db verify of that one tells whether it has it',
  },
  moreProblems: (n: number): string => `and ${n} more`,
  head: 'head',
  keepHead: 'keep the head elsewhere: with it a later check also finds a tail that was cut off',
  columns: { version: 'VERSION', problem: 'PROBLEM' },
};

type RebuiltText = {
  readonly orders: number;
  readonly events: number;
  readonly changed: number;
  readonly ms: number;
  readonly finished: boolean;
};
