import type { PartOfDay } from '../../../order/events.ts';
import { checkReturnCode, checkRevisitCode } from '../../../rules/reason-code-check.ts';
import { assignVisit } from '../../desk/assign-visit.ts';
import { BY_WORKER } from '../../desk/phoning.ts';
import { completeVisit, returnVisit, revisitLater, startVisit } from '../../field/field.ts';
import type { FieldFacts } from '../../field/field-facts.ts';
import { BadRow } from './bad-row.ts';
import { EVIDENCE_RULES, type EvidenceColumns, mustBeEvidence } from './evidence-rules.ts';
import type { ChangeOp, OpFacts } from './op.ts';

export type AssignColumns = {
  readonly technician?: string | undefined;
  /** Epoch ms, or `next`. */
  readonly at?: number | 'next' | undefined;
  readonly prefer?: PartOfDay | undefined;
  readonly agreed: boolean;
  readonly noCall: boolean;
  readonly force: boolean;
  readonly reason?: string | undefined;
};

const mustBeOneWay = ({ agreed, noCall }: AssignColumns): void => {
  if (agreed && noCall) throw new BadRow('no-call', { code: 'AGREED_OR_NO_CALL' });
};

const mustBeReasoned = ({ force, reason }: AssignColumns): void => {
  if (force && reason === undefined) throw new BadRow('reason', { code: 'REASON_MISSING' });
  if (!force && reason !== undefined) throw new BadRow('reason', { code: 'REASON_WITHOUT_FORCE' });
};

const technicianOf = ({ technician = 'auto' }: AssignColumns, { technicianId }: OpFacts): string =>
  technician === 'auto' ? technician : technicianId(technician);

/** Only holds: the worker phones within the calling hours, and books what was agreed. */
export const assignOp: ChangeOp<AssignColumns> = {
  kind: 'change',
  needsPeers: true,
  rules: [
    { of: ['agreed', 'noCall'], check: ({ flags }) => mustBeOneWay(flags) },
    { of: ['technician'], check: ({ flags }, facts) => void technicianOf(flags, facts) },
    { of: ['force', 'reason'], check: ({ flags }) => mustBeReasoned(flags) },
  ],
  plan: ({ flags, change: { key, ifVersion } }, facts) => {
    mustBeOneWay(flags);
    mustBeReasoned(flags);
    const technician = technicianOf(flags, facts);
    const { at = 'next', prefer, agreed, force, reason } = flags;
    const via = agreed ? ('agreed' as const) : ('desk' as const);
    const { call } = BY_WORKER;
    const wish = { technician, at, prefer, via, call, force: force ? reason : undefined };
    return ({ deps }, orderId) => assignVisit(deps, orderId, { wish, key, ifVersion });
  },
};

export const startOp: ChangeOp<FieldFacts> = {
  kind: 'change',
  needsPeers: true,
  rules: [],
  plan:
    ({ flags: facts, change: { key, ifVersion } }, { lateOk }) =>
    ({ deps }, orderId) =>
      startVisit(deps, orderId, { facts, key, ifVersion, lateOk }),
};

export const completeOp: ChangeOp<FieldFacts & EvidenceColumns> = {
  kind: 'change',
  needsPeers: true,
  rules: EVIDENCE_RULES,
  plan: ({ flags, change: { key, ifVersion } }, { lateOk }) => {
    mustBeEvidence(flags);
    const { ont, rx, stb, signedBy: signer, ...facts } = flags;
    const evidence = { ont, rx, stb, signer };
    return ({ deps }, orderId) => completeVisit(deps, orderId, { facts, evidence, key, ifVersion, lateOk });
  },
};

/** A result with its reason code. */
export type CodedColumns = FieldFacts & { readonly code?: string | undefined };

const codeOf = ({ code }: CodedColumns): string => {
  if (code === undefined) throw new BadRow('code', { code: 'MISSING' });
  return code;
};

export const returnOp: ChangeOp<CodedColumns> = {
  kind: 'change',
  needsPeers: true,
  rules: [
    {
      of: ['code'],
      check: ({ flags }) => {
        checkReturnCode(codeOf(flags), flags.note);
      },
    },
  ],
  plan: ({ flags, change: { key, ifVersion } }, { lateOk }) => {
    const { code: _typed, ...facts } = flags;
    const code = checkReturnCode(codeOf(flags), facts.note);
    return ({ deps }, orderId) => returnVisit(deps, orderId, { facts, code, key, ifVersion, lateOk });
  },
};

export const revisitOp: ChangeOp<CodedColumns> = {
  kind: 'change',
  needsPeers: true,
  rules: [
    {
      of: ['code'],
      check: ({ flags }) => {
        checkRevisitCode(codeOf(flags));
      },
    },
  ],
  plan: ({ flags, change: { key, ifVersion } }, { lateOk }) => {
    const { code: _typed, ...facts } = flags;
    const code = checkRevisitCode(codeOf(flags));
    return ({ deps }, orderId) => revisitLater(deps, orderId, { facts, code, key, ifVersion, lateOk });
  },
};
