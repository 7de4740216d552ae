import type Database from 'better-sqlite3';
import type { AuditHead } from '../../../core/ports/audit.ts';
import type { AuditVerdict, SignatureCheck } from '../../../core/ports/maintenance.ts';
import { OLDEST_CHAIN, type StoredAudit } from '../sql/audit-chain.ts';
import { type ChainFound, type ChainOptions, type StoredAnchor, walkChain } from '../sql/verify-chain.ts';
import { databaseError } from './database-error.ts';
import { openForReading } from './open-file.ts';

const BUSY_TIMEOUT_MS = 5_000;

const HOSTS = 'select host from audit union select host from audit_anchors order by host';
const ROWS = 'select * from audit where host = ? order by seq';
const ANCHORS = 'select * from audit_anchors where host = ? order by first_seq';

/** Walks one chain. Returns its end. */
const walk = (db: Database.Database, chain: Omit<ChainOptions, 'anchors'>): AuditHead => {
  const anchors = db.prepare<[string], StoredAnchor>(ANCHORS).all(chain.host);
  const walked = walkChain({ ...chain, anchors });
  for (const row of db.prepare<[string], StoredAudit>(ROWS).iterate(chain.host)) walked.row(row);
  return walked.end();
};

/** Checks the chains of the audit, in one state of the database. Returns where each of them ends. */
export const verifyAudit = (
  db: Database.Database,
  found: ChainFound,
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
