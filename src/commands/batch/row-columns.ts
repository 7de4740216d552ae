import type { Texts } from '../../texts/catalogue.ts';
import type { ListColumn } from '../framework/print/result.ts';
import type { RowItem } from './row-item.ts';

/** A list of rows for people. */
export const rowColumns = ({ batch: { columns } }: Texts): readonly ListColumn<RowItem>[] => [
  { title: columns.line, drop: 0, align: 'right', cell: ({ line }) => String(line) },
  { title: columns.key, drop: 1, cell: ({ key }) => key ?? '' },
  { title: columns.order, drop: 0, cell: ({ orderId }) => orderId ?? '' },
  { title: columns.state, drop: 0, cell: ({ state }) => state },
  { title: columns.error, drop: 0, cell: ({ message }) => message ?? '' },
];
