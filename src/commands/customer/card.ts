import type { CustomerDetails } from '../../core/app/orders/customers.ts';
import { tone } from '../../faces/cli/terminal/blocks.ts';
import { type Ending, type ObjectResult, object } from '../framework/print/result.ts';

/** `oss.customer/1`. */
export const customerCard = (
  details: CustomerDetails,
  { simulated, ...ending }: Ending & { readonly simulated: boolean },
): ObjectResult =>
  object({
    ...ending,
    schema: 'oss.customer/1',
    data: { ...details, simulated },
    id: details.customerId,
    show: (data, { t, time, clock }) => [
      {
        kind: 'card',
        title: data.customerId,
        sections: [
          {
            rows:
              data.erasedAt === null
                ? [
                    [t.customers.name, data.name],
                    [t.customers.phone, data.phone],
                  ]
                : [[t.customers.name, tone('dim', t.customers.erased(clock(data.erasedAt)))]],
          },
        ],
      },
      {
        kind: 'table',
        columns: [
          { title: t.common.columns.order, drop: 0 },
          { title: t.customers.columns.stage, drop: 0 },
          { title: t.customers.columns.placed, drop: 0 },
          { title: t.customers.columns.address, drop: 1 },
        ],
        rows: data.orders.map((order) => [
          order.orderId,
          t.stages.stage[order.stage],
          time(order.placedAt),
          order.address,
        ]),
        empty: t.customers.noOrders,
      },
    ],
  });
