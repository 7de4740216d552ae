import { checkEvidence, type GivenEvidence } from '../evidence.ts';
import {
  completeFieldWork,
  correctResult,
  failFieldWork,
  recordRevisit,
  startFieldWork,
} from '../fieldwork/decide.ts';
import type { Evidence } from '../fieldwork/events.ts';
import { mustExist } from '../legal.ts';
import type { OrderProcess } from '../process.ts';
import type { ReturnCode, RevisitCode } from '../reason-codes.ts';
import { Refusal } from '../refusal.ts';
import { iso } from '../time/iso.ts';
import { type Change, type ChangeOptions, changeOrder } from './change-order.ts';
import type { AppDeps } from './deps.ts';
import { putOptionalText, putText } from './put-text.ts';
import type { WriteContext } from './write-order.ts';

type Options = Omit<ChangeOptions, 'command' | 'content'>;

/** `at`: when it happened, epoch ms; undefined: now. */
export type FieldFacts = { readonly at?: number | undefined; readonly note?: string | undefined };

/** How late a result may be entered, in hours. */
const LATEST_ENTRY_HOURS = 24;
/** How far ahead of ours a technician's clock may run, in milliseconds. */
const CLOCK_SLACK_MS = 60_000;

const occurredAt = (at: number | undefined, now: number): string => {
  const when = at ?? now;
  if (when > now + CLOCK_SLACK_MS || when < now - LATEST_ENTRY_HOURS * 3_600_000) {
    throw new Refusal('OCCURRED_AT_RANGE', { at: iso(when), hours: LATEST_ENTRY_HOURS });
  }
  return iso(when);
};

const report = async (deps: AppDeps, write: WriteContext, orderId: string, { at, note }: FieldFacts) => ({
  occurredAt: occurredAt(at, write.now),
  ...(await putOptionalText(deps, write, { orderId, text: note })),
});

/** The technician is on site. Throws NO_VISIT, ILLEGAL_IN_STAGE, ALREADY_FINAL, OCCURRED_AT_RANGE. */
export const startVisit = (
  deps: AppDeps,
  orderId: string,
  { facts, ...options }: Options & { readonly facts: FieldFacts },
): Promise<Change> =>
  changeOrder(deps, orderId, { ...options, command: 'field start', content: facts }, async (process, write) =>
    startFieldWork(process, { occurredAt: occurredAt(facts.at, write.now) }),
  );

/**
 * Completes an order: the point of no return. What is missing of the evidence is listed at once.
 * Throws EVIDENCE_MISSING, NETWORK_NOT_AS_WANTED, NO_VISIT, ALREADY_FINAL, MOVE_RUNNING.
 */
export const completeVisit = (
  deps: AppDeps,
  orderId: string,
  { facts, evidence, ...options }: Options & { readonly facts: FieldFacts; readonly evidence: GivenEvidence },
): Promise<Change> =>
  changeOrder(
    deps,
    orderId,
    { ...options, command: 'field complete', content: { facts, evidence } },
    async (process, write) => {
      mustExist(process);
      if (process.fieldwork.completed !== null) return [];
      const checked = evidenceOf(process, evidence);
      const signerTextId = await putText(deps, write, { orderId, text: evidence.signer ?? '' });
      const { ontSerial, rxPowerDbm, stbSerials } = checked;
      const result: Evidence = { ontSerial, rxPowerDbm, stbSerials, signerTextId };
      return completeFieldWork(process, result, await report(deps, write, orderId, facts));
    },
  );

const evidenceOf = (process: OrderProcess, given: GivenEvidence) => {
  const checked = checkEvidence(given, process.order.lines.tv);
  if (checked.ok) return checked.evidence;
  const { missing, meant } = checked;
  throw new Refusal('EVIDENCE_MISSING', { orderId: process.orderId, missing, meant });
};

/** The return: final, and the activation is reverted. Throws NO_VISIT, ALREADY_FINAL. */
export const returnVisit = (
  deps: AppDeps,
  orderId: string,
  { facts, code, ...options }: Options & { readonly facts: FieldFacts; readonly code: ReturnCode },
): Promise<Change> =>
  changeOrder(
    deps,
    orderId,
    { ...options, command: 'field return', content: { facts, code } },
    async (process, write) =>
      process.fieldwork.failed === null
        ? failFieldWork(process, code, await report(deps, write, orderId, facts))
        : [],
  );

/** The visit failed, another one makes sense. Throws NO_VISIT, ALREADY_FINAL, MOVE_RUNNING. */
export const revisitLater = (
  deps: AppDeps,
  orderId: string,
  { facts, code, ...options }: Options & { readonly facts: FieldFacts; readonly code: RevisitCode },
): Promise<Change> =>
  changeOrder(
    deps,
    orderId,
    { ...options, command: 'field revisit', content: { facts, code } },
    async (process, write) =>
      recordRevisit(process, code, await report(deps, write, orderId, facts), write.policy),
  );

/** Corrects what was typed of a completed visit. Throws ILLEGAL_IN_STAGE. */
export const correctVisit = (
  deps: AppDeps,
  orderId: string,
  {
    facts,
    corrected,
    ...options
  }: Options & { readonly facts: FieldFacts; readonly corrected: Partial<Evidence> },
): Promise<Change> =>
  changeOrder(
    deps,
    orderId,
    { ...options, command: 'field correct', content: { facts, corrected } },
    (process, write) => correctResult(process, corrected, { occurredAt: occurredAt(facts.at, write.now) }),
  );
