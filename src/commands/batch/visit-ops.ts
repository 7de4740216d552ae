import { assignVisit } from '../../core/app/desk/assign-visit.ts';
import { completeVisit, returnVisit, revisitLater, startVisit } from '../../core/app/field/field.ts';
import { checkReturnCode, checkRevisitCode } from '../../core/rules/reason-code-check.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { fieldComplete } from '../field/complete.ts';
import { fieldReturn } from '../field/return.ts';
import { fieldRevisit } from '../field/revisit.ts';
import { fieldStart } from '../field/start.ts';
import type { InputOf } from '../framework/parse/descriptor.ts';
import { scheduleAssign } from '../schedule/assign.ts';
import { EVIDENCE_RULES, mustBeEvidence } from './evidence-rules.ts';
import { type OpFacts, visitOp } from './op.ts';
import { BadRow } from './row-problem.ts';

type AssignFlags = InputOf<typeof scheduleAssign>['flags'];

const mustBeOneWay = ({ agreed, noCall }: AssignFlags, { t }: OpFacts): void => {
  if (agreed && noCall) throw new BadRow({ field: 'no-call', reason: t.schedule.agreedOrNoCall });
};

const mustBeReasoned = ({ force, reason }: AssignFlags, { t }: OpFacts): void => {
  if (force && reason === undefined) throw new Refusal('REASON_REQUIRED', { flag: '--force' });
  if (!force && reason !== undefined) {
    throw new BadRow({ field: 'reason', reason: t.schedule.reasonWithoutForce });
  }
};

/** Only holds: the worker phones within the calling hours, and books what was agreed. */
export const assignOp = visitOp(
  scheduleAssign,
  ({ flags, change: { key, ifVersion } }, facts) => {
    mustBeOneWay(flags, facts);
    mustBeReasoned(flags, facts);
    const { technician = 'auto', at = 'next', prefer, agreed, force, reason } = flags;
    const via = agreed ? ('agreed' as const) : ('desk' as const);
    const call = 'hours' as const;
    const wish = { technician, at, prefer, via, call, force: force ? reason : undefined };
    return ({ deps }, orderId) => assignVisit(deps, orderId, { wish, key, ifVersion });
  },
  [
    { of: ['agreed', 'noCall'], check: ({ flags }, facts) => mustBeOneWay(flags, facts) },
    { of: ['force', 'reason'], check: ({ flags }, facts) => mustBeReasoned(flags, facts) },
  ],
);

export const startOp = visitOp(fieldStart, ({ flags: facts, change: { key, ifVersion } }, { lateOk }) => {
  return ({ deps }, orderId) => startVisit(deps, orderId, { facts, key, ifVersion, lateOk });
});

export const completeOp = visitOp(
  fieldComplete,
  ({ flags, change: { key, ifVersion } }, op) => {
    mustBeEvidence(flags, op);
    const { ont, rx, stb, signedBy: signer, ...facts } = flags;
    const evidence = { ont, rx, stb, signer };
    return ({ deps }, orderId) =>
      completeVisit(deps, orderId, { facts, evidence, key, ifVersion, lateOk: op.lateOk });
  },
  EVIDENCE_RULES,
);

const codeOf = (code: string | undefined, { t }: OpFacts): string => {
  if (code === undefined) throw new BadRow({ field: 'code', reason: t.batch.problem.missing });
  return code;
};

export const returnOp = visitOp(
  fieldReturn,
  ({ flags, change: { key, ifVersion } }, op) => {
    const { code: typed, ...facts } = flags;
    const code = checkReturnCode(codeOf(typed, op), facts.note);
    return ({ deps }, orderId) =>
      returnVisit(deps, orderId, { facts, code, key, ifVersion, lateOk: op.lateOk });
  },
  [
    {
      of: ['code'],
      check: ({ flags: { code, note } }, op) => {
        checkReturnCode(codeOf(code, op), note);
      },
    },
  ],
);

export const revisitOp = visitOp(
  fieldRevisit,
  ({ flags, change: { key, ifVersion } }, op) => {
    const { code: typed, ...facts } = flags;
    const code = checkRevisitCode(codeOf(typed, op));
    return ({ deps }, orderId) =>
      revisitLater(deps, orderId, { facts, code, key, ifVersion, lateOk: op.lateOk });
  },
  [
    {
      of: ['code'],
      check: ({ flags: { code } }, op) => {
        checkRevisitCode(codeOf(code, op));
      },
    },
  ],
);
