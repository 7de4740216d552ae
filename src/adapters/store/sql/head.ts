import { Refusal } from '../../../core/rules/refusal.ts';
import { sha256 } from './event-row.ts';

/**
 * How far the log goes, and one digest of every event up to there: kept elsewhere, it shows later that nothing before
 * it was cut off or rewritten.
 */
export type Head = {
  readonly position: number;
  /** Of the last event; '' when there is none. */
  readonly hash: string;
  /** SHA-256 chained over position and hash of all events; '' when there is none. */
  readonly digest: string;
};

/** What `Head.digest` is after one more event. */
export const nextDigest = (digest: string, position: number, hash: string): string =>
  sha256(`${digest}${position}:${hash}`);

/** What a person keeps: `position:digest`. */
export const headText = ({ position, digest }: Head): string => `${position}:${digest}`;

/** Throws the refusal BAD_VALUE for what `headText` did not make. */
export const parseHead = (text: string): Pick<Head, 'position' | 'digest'> => {
  const [, position, digest] = /^([0-9]{1,15}):([0-9a-f]{64}|)$/.exec(text.trim()) ?? [];
  if (position === undefined || digest === undefined) {
    throw new Refusal('BAD_VALUE', { flag: 'head', value: text, expected: { code: 'HEAD' } });
  }
  return { position: Number(position), digest };
};
