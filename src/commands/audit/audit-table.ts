import type { AuditRow } from '../../core/ports/audit.ts';
import type { Texts } from '../../texts/catalogue.ts';
import { type ListResult, list } from '../framework/print/result.ts';

/** Rows of the audit, as a list of any length. */
export const auditTable = (items: AsyncIterable<AuditRow>, { audit }: Texts): ListResult =>
  list<AuditRow>({
    schema: 'oss.audit/1',
    items,
    id: ({ id }) => String(id),
    empty: audit.empty,
    columns: [
      { title: audit.columns.at, drop: 0, cell: ({ at }, view) => view.time(at) },
      { title: audit.columns.actor, drop: 0, cell: ({ actor }) => actor },
      { title: audit.columns.action, drop: 0, cell: ({ action }) => action },
      { title: audit.columns.subject, drop: 1, max: 40, cell: ({ subject }) => subject },
      {
        title: audit.columns.shown,
        drop: 2,
        align: 'right',
        cell: ({ orderIds, customerIds }) => {
          const most = Math.max(orderIds.length, customerIds.length);
          return most === 0 ? '' : String(most);
        },
      },
      {
        title: audit.columns.from,
        drop: 3,
        max: 40,
        cell: ({ osUser, host, client }) =>
          `${osUser}${host === '' ? '' : `@${host}`}${client === null ? '' : ` < ${client}`}`,
      },
      { title: audit.columns.purpose, drop: 4, max: 40, cell: ({ purpose }) => purpose ?? '' },
    ],
  });
