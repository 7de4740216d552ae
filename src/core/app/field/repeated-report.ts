import type { GivenEvidence } from '../../fieldwork/evidence.ts';
import { ERASED_PRINT, type RequestRecord } from '../../ports/store.ts';
import type { ReturnCode, RevisitCode } from '../../rules/reason-codes.ts';
import type { UseCase } from '../../rules/who-may.ts';
import { iso, ms } from '../../time/iso.ts';
import { technicianOf } from '../../values/actor.ts';
import { canonicalJson } from '../../values/canonical-json.ts';
import type { AppDeps } from '../deps.ts';
import type { WriteContext } from '../write-order.ts';
import type { Correction, FieldFacts } from './field-facts.ts';

/** One report of the field as a key stands for it: what was done, and what was said. */
export type ReportContent = { readonly command: UseCase; readonly content: unknown };

export const reportContent = {
  start: (facts: FieldFacts): ReportContent => ({ command: 'field start', content: facts }),
  complete: (facts: FieldFacts, evidence: GivenEvidence): ReportContent => ({
    command: 'field complete',
    content: { facts, evidence },
  }),
  return: (facts: FieldFacts, code: ReturnCode): ReportContent => ({
    command: 'field return',
    content: { facts, code },
  }),
  revisit: (facts: FieldFacts, code: RevisitCode): ReportContent => ({
    command: 'field revisit',
    content: { facts, code },
  }),
  correct: (facts: FieldFacts, given: Correction): ReportContent => ({
    command: 'field correct',
    content: { facts, given },
  }),
};

/** A report without an order that a technician types again within this time is the same one. */
const SAME_WITHIN_MS = 600_000;

/** By key, and the last one of each command. */
const keys = (actor: string, command: string): string => `${command}/${actor}`;
const lasts = (actor: string): string => `field/${actor}/last`;

/**
 * Keeps what a technician reported last, and under which key. Their reports may leave the order out: typed twice, they
 * would otherwise hit the next visit.
 */
export const rememberReport = async (
  { tx, actor, now }: WriteContext,
  orderId: string,
  { command, content, key }: ReportContent & { readonly key: string | undefined },
): Promise<void> => {
  if (technicianOf(actor) === null) return;
  const fingerprint = await tx.requests.fingerprint(canonicalJson({ command, content }));
  const record: RequestRecord = { orderId, fingerprint, at: iso(now) };
  await tx.requests.put(lasts(actor), command, record);
  if (key !== undefined) await tx.requests.put(keys(actor, command), key, record);
};

/** The order that a report was made for already, when the same actor says the same again; null: it is a new one. */
export const repeatedReport = (
  { store, clock, actor }: Pick<AppDeps, 'store' | 'clock' | 'actor'>,
  { command, content, key }: ReportContent & { readonly key: string | undefined },
): Promise<string | null> =>
  store.read(async (tx) => {
    if (key !== undefined) return (await tx.requests.get(keys(actor, command), key))?.orderId ?? null;
    const last = await tx.requests.get(lasts(actor), command);
    if (last === null || clock.now() - ms(last.at) > SAME_WITHIN_MS) return null;
    // The store no longer knows what was said: it must not take this for a report of the next visit.
    if (last.fingerprint === ERASED_PRINT) return last.orderId;
    const fingerprint = await tx.requests.fingerprint(canonicalJson({ command, content }));
    return fingerprint === last.fingerprint ? last.orderId : null;
  });
