import type { AuditRow } from '../../ports/audit.ts';
import { iso } from '../../time/iso.ts';
import { allow } from '../allow.ts';
import { recordApart } from '../audit.ts';
import type { AppDeps } from '../deps.ts';

/** Which rows are wanted: those for which all of this is so. */
export type AuditWish = {
  /** Within [since, until), epoch ms. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** `role:name`, or the account of the operating system. */
  readonly by?: string | undefined;
  readonly action?: string | undefined;
  /** An order, a customer, or whatever else an entry is about. */
  readonly about?: string | undefined;
};

export type ReadAudit = AuditWish & {
  readonly newestFirst: boolean;
  /** At most so many; endless for all. */
  readonly limit: number;
};

type Reader = Pick<AppDeps, 'store' | 'clock' | 'actor' | 'via'>;

/** Rows of one read. */
const PAGE = 500;

const isWanted = (row: AuditRow, { by, action, about }: AuditWish): boolean =>
  (by === undefined || row.actor === by || row.osUser === by) &&
  (action === undefined || row.action === action) &&
  (about === undefined ||
    row.subject === about ||
    row.orderIds.includes(about) ||
    row.customerIds.includes(about));

/** All rows of a span, a page a read, so that years of them need the memory of one page. */
export async function* auditRows(
  { store }: Pick<AppDeps, 'store'>,
  { since, until, newestFirst }: Pick<ReadAudit, 'since' | 'until' | 'newestFirst'>,
): AsyncGenerator<AuditRow> {
  const span = {
    ...(since === undefined ? {} : { since: iso(since) }),
    ...(until === undefined ? {} : { until: iso(until) }),
  };
  for (let from: number | null = null; ; ) {
    const page = { ...span, from, newestFirst, limit: PAGE };
    const rows: readonly AuditRow[] = await store.read((tx) => tx.audit.page(page));
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    from = last.id;
  }
}

/** Who looked at whom, and who changed what. Reading it is written down too, before the first row. Throws Refusal DENIED. */
export const readAudit = async (
  deps: Reader,
  { limit, ...asked }: ReadAudit,
): Promise<AsyncGenerator<AuditRow>> => {
  await allow(deps, 'audit list');
  const { by = '', action = '', about = '' } = asked;
  await recordApart(deps, { action: 'audit.read', subject: about, detail: { by, action } });
  async function* rows(): AsyncGenerator<AuditRow> {
    let left = limit;
    if (left <= 0) return;
    for await (const row of auditRows(deps, asked)) {
      if (!isWanted(row, asked)) continue;
      yield row;
      left -= 1;
      if (left <= 0) return;
    }
  }
  return rows();
};
