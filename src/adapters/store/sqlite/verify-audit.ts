import type Database from 'better-sqlite3';
import { type AuditHead, anchorText } from '../../../core/ports/audit.ts';
import type { AuditProblem, AuditVerdict, SignatureCheck } from '../../../core/ports/maintenance.ts';
import { chainedFrom, OLDEST_CHAIN, type StoredAudit } from '../sql/audit-chain.ts';
import { databaseError } from './database-error.ts';
import { openForReading } from './open-file.ts';

const BUSY_TIMEOUT_MS = 5_000;

type Anchor = {
  readonly host: string;
  readonly first_seq: number;
  readonly last_seq: number;
  readonly hash: string;
  readonly pruned_at: string;
  readonly signature: string;
};

type Found = (problem: `${AuditProblem}: ${string}`) => void;

const HOSTS = 'select host from audit union select host from audit_anchors order by host';
const ROWS = 'select * from audit where host = ? order by seq';
const ANCHORS = 'select * from audit_anchors where host = ? order by first_seq';

const nameOf = (host: string, seq: number): string => `${host === OLDEST_CHAIN ? '-' : host} #${seq}`;

type Chain = {
  readonly host: string;
  readonly start: string;
  readonly found: Found;
  readonly isSigned: SignatureCheck | undefined;
};

const isAnchorSigned = (anchor: Anchor, isSigned: SignatureCheck): boolean =>
  isSigned(
    anchorText({
      host: anchor.host,
      firstSeq: anchor.first_seq,
      lastSeq: anchor.last_seq,
      hash: anchor.hash,
      prunedAt: anchor.pruned_at,
    }),
    anchor.signature,
  );

/** Walks one chain over its anchors, which stand for the rows that were taken away. Returns its end. */
const walk = (db: Database.Database, { host, start, found, isSigned }: Chain): AuditHead => {
  let end: AuditHead = { host, seq: 0, hash: start };
  const anchors = db.prepare<[string], Anchor>(ANCHORS).all(host);
  for (const anchor of anchors)
    if (isSigned !== undefined && !isAnchorSigned(anchor, isSigned))
      found(`audit-signature: ${nameOf(host, anchor.last_seq)}`);
  let at = 0;
  /** Passes the anchors that stand right behind the end. */
  const passAnchors = (): void => {
    for (let anchor = anchors[at]; anchor?.first_seq === end.seq + 1; anchor = anchors[at]) {
      end = { host, seq: anchor.last_seq, hash: anchor.hash };
      at += 1;
    }
  };
  for (const row of db.prepare<[string], StoredAudit>(ROWS).iterate(host)) {
    passAnchors();
    if (row.seq <= end.seq) found(`audit-anchor: ${nameOf(host, row.seq)}`);
    else if (row.seq !== end.seq + 1) found(`audit-gap: ${nameOf(host, row.seq)}`);
    else if (chainedFrom(end.hash, row) !== row.hash) found(`audit-hash: ${nameOf(host, row.seq)}`);
    end = { host, seq: row.seq, hash: row.hash };
  }
  passAnchors();
  for (const { last_seq } of anchors.slice(at)) found(`audit-anchor: ${nameOf(host, last_seq)}`);
  return end;
};

/** Checks the chains of the audit, in one state of the database. Returns where each of them ends. */
export const verifyAudit = (
  db: Database.Database,
  found: Found,
  isSigned?: SignatureCheck,
): readonly AuditHead[] => {
  const all = db.transaction((): readonly AuditHead[] => {
    const hosts = db.prepare<[], string>(HOSTS).pluck().all();
    let start = '';
    const heads: AuditHead[] = [];
    // The chain without a machine is the first by name: the others begin at its end.
    for (const host of hosts) {
      const head = walk(db, { host, start, found, isSigned });
      if (host === OLDEST_CHAIN) start = head.hash;
      heads.push(head);
    }
    return heads;
  });
  return all.deferred();
};

/** Checks the audit of the database at `path`. Refusals: those of `openStore`. */
export const auditVerdict = (path: string, isSigned?: SignatureCheck): AuditVerdict => {
  const db = openForReading(path, BUSY_TIMEOUT_MS, { asFound: true });
  const problems: string[] = [];
  try {
    return { heads: verifyAudit(db, (problem) => problems.push(problem), isSigned), problems };
  } catch (error) {
    throw databaseError(error, path);
  } finally {
    db.close();
  }
};
