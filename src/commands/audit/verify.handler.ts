import { resolve } from 'node:path';
import type { AuditHead } from '../../core/ports/audit.ts';
import { type Block, tone } from '../../faces/cli/terminal/blocks.ts';
import { object } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import type { Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import type { auditVerify } from './verify.ts';

/** `oss.audit-verified/1`. */
export type AuditVerified = {
  readonly ok: boolean;
  /** Codes, and behind a colon which row of which machine. */
  readonly problems: readonly string[];
  /** Where each machine's chain ends. */
  readonly heads: readonly AuditHead[];
};

export const run: Handler<typeof auditVerify> = async ({ services, t }, { flags }) => {
  const isSigned = flags.key === undefined ? undefined : await services.signatureCheck(resolve(flags.key));
  const database = await services.database('read', { asFound: true });
  const { heads, problems } = await database.verifyAudit(isSigned);
  const ok = problems.length === 0;
  return object<AuditVerified>({
    schema: 'oss.audit-verified/1',
    data: { ok, problems, heads },
    id: ok ? 'ok' : 'damaged',
    exit: ok ? EXIT.done : EXIT.refused,
    show: shown,
    notes: ok ? [] : [t.db.next.audit],
  });
};

const SHOWN_PROBLEMS = 20;

const shown = ({ ok, problems, heads }: AuditVerified, { t }: View): readonly Block[] => [
  {
    kind: 'card',
    sections: [
      {
        rows: [
          [t.audit.verdict, ok ? tone('good', t.audit.whole) : tone('bad', t.db.problems(problems.length))],
          ...problems
            .slice(0, SHOWN_PROBLEMS)
            .map((problem): [string, string] => ['', t.db.problem(problem)]),
          ...heads.map(({ host, seq, hash }): [string, string] => [
            host === '' ? '-' : host,
            `${seq}:${hash}`,
          ]),
        ],
      },
    ],
  },
];
