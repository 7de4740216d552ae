import type { LogHead } from '../../../core/ports/maintenance.ts';
import { Refusal } from '../../../core/rules/refusal.ts';
import { sha256 } from './event-row.ts';

/** What `LogHead.digest` is after one more event. */
export const nextDigest = (digest: string, position: number, hash: string): string =>
  sha256(`${digest}${position}:${hash}`);

/** What a person keeps: `position:digest`. */
export const headText = ({ position, digest }: LogHead): string => `${position}:${digest}`;

/** Throws the refusal BAD_VALUE for what `headText` did not make. */
export const parseHead = (text: string): Pick<LogHead, 'position' | 'digest'> => {
  const [, position, digest] = /^([0-9]{1,15}):([0-9a-f]{64}|)$/.exec(text.trim()) ?? [];
  if (position === undefined || digest === undefined) {
    throw new Refusal('BAD_VALUE', { flag: 'head', value: text, expected: { code: 'HEAD' } });
  }
  return { position: Number(position), digest };
};
