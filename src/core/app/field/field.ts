import {
  completeFieldWork,
  correctResult,
  type FieldReport,
  failFieldWork,
  recordRevisit,
  startFieldWork,
} from '../../fieldwork/decide.ts';
import type { Evidence } from '../../fieldwork/events.ts';
import { checkCorrection, checkEvidence, type GivenEvidence } from '../../fieldwork/evidence.ts';
import { isLateEntry, LATE_ENTRY_HOURS } from '../../fieldwork/late-entry.ts';
import { mustBeGoing, mustExist } from '../../process/legal.ts';
import type { OrderProcess } from '../../process/process.ts';
import type { ReturnCode, RevisitCode } from '../../rules/reason-codes.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { UseCase } from '../../rules/who-may.ts';
import { daySpan } from '../../technicians/technician-day.ts';
import { iso, ms } from '../../time/iso.ts';
import { HOUR_MS } from '../../time/units.ts';
import { toLocal } from '../../time/zone.ts';
import { parsePersonName } from '../../values/person-name.ts';
import { type Change, type ChangeOptions, changeOrder } from '../change-order.ts';
import type { AppDeps } from '../deps.ts';
import { putOptionalText, putText } from '../put-text.ts';
import type { WriteContext } from '../write-order.ts';
import type { Correction, FieldFacts } from './field-facts.ts';
import { mustBeTheirVisit, mustBeVisit } from './field-rules.ts';
import { rememberReport, reportContent } from './repeated-report.ts';

type Options = Omit<ChangeOptions, 'command' | 'content'> & {
  /** Something that happened more than a day ago is meant so. */
  readonly lateOk?: boolean | undefined;
};

/** How far ahead of ours a technician's clock may run, in milliseconds. */
const CLOCK_SLACK_MS = 60_000;

type Field = {
  readonly deps: AppDeps;
  readonly write: WriteContext;
  readonly process: OrderProcess;
  readonly lateOk: boolean;
};

/**
 * When it happened. However late the entry, the log takes it, back to the day of the visit; later than a day it must be
 * meant so. Throws OCCURRED_AT_RANGE, LATE_ENTRY.
 */
const occurredAt = ({ process, write, lateOk }: Field, at: number | undefined): string => {
  const { now, policy } = write;
  const when = at ?? now;
  const earliest = Math.min(now - LATE_ENTRY_HOURS * HOUR_MS, dayOfVisit(process, policy.tz) ?? now);
  if (when > now + CLOCK_SLACK_MS || when < earliest) {
    throw new Refusal('OCCURRED_AT_RANGE', { at: iso(when), earliest: iso(earliest) });
  }
  if (isLateEntry(iso(when), iso(now)) && !lateOk) {
    throw new Refusal('LATE_ENTRY', { orderId: process.orderId, at: iso(when), hours: LATE_ENTRY_HOURS });
  }
  return iso(when);
};

/** The beginning of the local day for which the visit was agreed, or on which it was made; epoch ms. null: there is none. */
const dayOfVisit = ({ scheduling, fieldwork }: OrderProcess, tz: string): number | null => {
  const known = [
    scheduling.visit?.slot.start,
    fieldwork.started?.occurredAt,
    fieldwork.completed?.occurredAt,
  ].flatMap((time) => (time === undefined ? [] : [ms(time)]));
  return known.length === 0 ? null : daySpan(toLocal(Math.min(...known), tz).date, tz).start;
};

/** What is said of a visit, as the log takes it: a note goes to the vault. */
const reportOf = async (field: Field, { at, note }: FieldFacts): Promise<FieldReport> => ({
  occurredAt: occurredAt(field, at),
  ...(await putOptionalText(field.deps, field.write, { orderId: field.process.orderId, text: note })),
});

type FieldChange = Options & { readonly command: UseCase; readonly content: unknown };

/** One report of the field on one order: whose visit it is comes first, then what `decide` says. */
const changeVisit = (
  deps: AppDeps,
  orderId: string,
  { command, content, lateOk = false, ...options }: FieldChange,
  decide: (field: Field) => ReturnType<Parameters<typeof changeOrder>[3]>,
): Promise<Change> =>
  changeOrder(deps, orderId, { ...options, command, content }, async (process, write) => {
    mustExist(process);
    mustBeTheirVisit(process, write.actor, command);
    const events = await decide({ deps, write, process, lateOk });
    if (events.length > 0) await rememberReport(write, orderId, { command, content, key: options.key });
    return events;
  });

/**
 * The technician is on site; again: "already". Throws Refusal NO_VISIT, ILLEGAL_IN_STAGE, ALREADY_FINAL, OTHER_VISIT,
 * OCCURRED_AT_RANGE, LATE_ENTRY, DENIED.
 */
export const startVisit = (
  deps: AppDeps,
  orderId: string,
  { facts, ...options }: Options & { readonly facts: FieldFacts },
): Promise<Change> =>
  changeVisit(deps, orderId, { ...options, ...reportContent.start(facts) }, (field) => {
    const { process } = field;
    mustBeVisit(process, facts.visit);
    return startFieldWork(process, { occurredAt: occurredAt(field, facts.at) });
  });

/**
 * Completes an order: the point of no return. What is missing of the evidence is listed at once; the same result again
 * is "already". Throws Refusal EVIDENCE_MISSING, OTHER_RESULT, NETWORK_NOT_AS_WANTED, NO_VISIT, ALREADY_FINAL,
 * MOVE_RUNNING, OTHER_VISIT, OCCURRED_AT_RANGE, LATE_ENTRY, DENIED.
 */
export const completeVisit = (
  deps: AppDeps,
  orderId: string,
  { facts, evidence, ...options }: Options & { readonly facts: FieldFacts; readonly evidence: GivenEvidence },
): Promise<Change> =>
  changeVisit(deps, orderId, { ...options, ...reportContent.complete(facts, evidence) }, async (field) => {
    const { process, write } = field;
    const { completed } = process.fieldwork;
    if (completed !== null) {
      mustBeSameResult(process, completed.result, evidence);
      return [];
    }
    mustBeGoing(process, 'field complete');
    mustBeVisit(process, facts.visit);
    // An order without a visit is refused as such, whatever the evidence is.
    if (process.scheduling.visit === null) {
      throw new Refusal('NO_VISIT', { orderId, stage: process.stage });
    }
    const { ontSerial, rxPowerDbm, stbSerials } = evidenceOf(process, evidence);
    const signerTextId = await putText(deps, write, {
      orderId,
      text: parsePersonName(evidence.signer ?? '') ?? '',
    });
    const result: Evidence = { ontSerial, rxPowerDbm, stbSerials, signerTextId };
    return completeFieldWork(process, result, await reportOf(field, facts));
  });

const evidenceOf = (process: OrderProcess, given: GivenEvidence) => {
  const checked = checkEvidence(given, process.order.lines.tv);
  if (checked.ok) return checked.evidence;
  const { missing, meant } = checked;
  throw new Refusal('EVIDENCE_MISSING', { orderId: process.orderId, missing, meant });
};

/** Completing again with another serial is no repetition but a correction, or the wrong order. */
const mustBeSameResult = (process: OrderProcess, standing: Evidence, given: GivenEvidence): void => {
  const checked = checkCorrection(given, process.order.lines.tv, standing);
  const differs = Object.entries(checked.ok ? checked.corrected : {})
    .filter(([name, value]) => JSON.stringify(standing[name as keyof Evidence]) !== JSON.stringify(value))
    .map(([name]) => name);
  if (!checked.ok || differs.length > 0) {
    const at = process.fieldwork.completed?.at ?? process.updatedAt;
    throw new Refusal('OTHER_RESULT', { orderId: process.orderId, at, differs });
  }
};

/**
 * The return: final, and the activation is reverted; again: "already". Throws Refusal NO_VISIT, ALREADY_FINAL,
 * OTHER_VISIT, OCCURRED_AT_RANGE, DENIED.
 */
export const returnVisit = (
  deps: AppDeps,
  orderId: string,
  { facts, code, ...options }: Options & { readonly facts: FieldFacts; readonly code: ReturnCode },
): Promise<Change> =>
  changeVisit(deps, orderId, { ...options, ...reportContent.return(facts, code) }, async (field) => {
    const { process } = field;
    if (process.fieldwork.failed !== null) return [];
    mustBeGoing(process, 'field return');
    mustBeVisit(process, facts.visit);
    return failFieldWork(process, code, await reportOf(field, facts));
  });

/**
 * The visit failed, another one makes sense. The same about a visit that ended so: "already". Throws Refusal NO_VISIT,
 * ALREADY_FINAL, MOVE_RUNNING, OTHER_VISIT, OCCURRED_AT_RANGE, DENIED.
 */
export const revisitLater = (
  deps: AppDeps,
  orderId: string,
  { facts, code, ...options }: Options & { readonly facts: FieldFacts; readonly code: RevisitCode },
): Promise<Change> =>
  changeVisit(deps, orderId, { ...options, ...reportContent.revisit(facts, code) }, async (field) => {
    const { process, write } = field;
    mustBeGoing(process, 'field revisit');
    if (isSameRevisit(process, code, facts.visit)) return [];
    mustBeVisit(process, facts.visit);
    return recordRevisit(process, code, await reportOf(field, facts), write.policy);
  });

/** That very visit, or the last one while no other is agreed, ended with this code. */
const isSameRevisit = (process: OrderProcess, code: RevisitCode, visit: number | undefined): boolean => {
  const { notDone } = process.fieldwork;
  if (visit !== undefined) return notDone[visit - 1]?.code === code;
  return process.scheduling.visit === null && notDone.at(-1)?.code === code;
};

/**
 * Corrects what was typed of a completed visit; nothing different is "already". Throws Refusal ILLEGAL_IN_STAGE,
 * EVIDENCE_MISSING, OCCURRED_AT_RANGE, LATE_ENTRY, DENIED.
 */
export const correctVisit = (
  deps: AppDeps,
  orderId: string,
  { facts, given, ...options }: Options & { readonly facts: FieldFacts; readonly given: Correction },
): Promise<Change> =>
  changeVisit(deps, orderId, { ...options, ...reportContent.correct(facts, given) }, (field) => {
    const { process } = field;
    const report = { occurredAt: occurredAt(field, facts.at) };
    const { completed } = process.fieldwork;
    if (completed === null) return correctResult(process, {}, report);
    const checked = checkCorrection(given, process.order.lines.tv, completed.result);
    if (checked.ok) return correctResult(process, checked.corrected, report);
    const { missing, meant } = checked;
    throw new Refusal('EVIDENCE_MISSING', { orderId, missing, meant });
  });
