import { type AuditHead, anchorText } from '../../../core/ports/audit.ts';
import type { AuditProblem, SignatureCheck } from '../../../core/ports/maintenance.ts';
import { chainedFrom, OLDEST_CHAIN, type StoredAudit } from './audit-chain.ts';

/** A row of the table `audit_anchors`. */
export type StoredAnchor = {
  readonly host: string;
  readonly first_seq: number;
  readonly last_seq: number;
  readonly hash: string;
  readonly pruned_at: string;
  readonly signature: string;
};

export type ChainFound = (problem: `${AuditProblem}: ${string}`) => void;

export type ChainOptions = {
  readonly host: string;
  /** The hash that the first row follows. */
  readonly start: string;
  /** Of this machine, by their first row. */
  readonly anchors: readonly StoredAnchor[];
  readonly found: ChainFound;
  readonly isSigned: SignatureCheck | undefined;
};

/** A chain that is being walked over its anchors, which stand for the rows that were taken away. */
export type ChainWalk = {
  /** The next row that is there. */
  readonly row: (row: StoredAudit) => void;
  /** No row is left. Where the chain ends. */
  readonly end: () => AuditHead;
};

const nameOf = (host: string, seq: number): string => `${host === OLDEST_CHAIN ? '-' : host} #${seq}`;

const isAnchorSigned = (anchor: StoredAnchor, isSigned: SignatureCheck): boolean =>
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

export const walkChain = ({ host, start, anchors, found, isSigned }: ChainOptions): ChainWalk => {
  let end: AuditHead = { host, seq: 0, hash: start };
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
  return {
    row: (row) => {
      passAnchors();
      if (row.seq <= end.seq) found(`audit-anchor: ${nameOf(host, row.seq)}`);
      else if (row.seq !== end.seq + 1) found(`audit-gap: ${nameOf(host, row.seq)}`);
      else if (chainedFrom(end.hash, row) !== row.hash) found(`audit-hash: ${nameOf(host, row.seq)}`);
      end = { host, seq: row.seq, hash: row.hash };
    },
    end: () => {
      passAnchors();
      for (const { last_seq } of anchors.slice(at)) found(`audit-anchor: ${nameOf(host, last_seq)}`);
      return end;
    },
  };
};
