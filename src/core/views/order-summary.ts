import type { Contact } from '../order/contact.ts';
import type { OrderView } from '../ports/order-view.ts';
import { type Late, type LateReading, lateOf } from '../rules/late.ts';
import type { TmfState } from '../rules/stage.ts';
import { type FlatLines, onlyLines } from '../values/lines.ts';
import { maskAddress, maskName, maskPhone } from '../values/mask.ts';
import { tmfStateOf } from './order-details.ts';

/** An order in a list: the part of `oss.order/1` that the read model knows without its log. Times are UTC ISO 8601. */
export type OrderSummary = Pick<
  OrderView,
  | 'orderId'
  | 'key'
  | 'stage'
  | 'stageSince'
  | 'milestone'
  | 'priority'
  | 'area'
  | keyof FlatLines
  | 'equipmentId'
  | 'calls'
  | 'visit'
  | 'promise'
  | 'visits'
  | 'holds'
  | 'returnCode'
  | 'outcome'
  | 'placedAt'
  | 'updatedAt'
  | 'version'
> & {
  readonly tmfState: TmfState;
  readonly late: Late | null;
  /** Clear or masked, as the reader may see it; null fields: erased. */
  readonly customer: {
    readonly id: string;
    readonly name: string | null;
    readonly phone: string | null;
    readonly address: string | null;
  };
};

export type SummarySources = {
  /** As it is in the vault; undefined: erased. */
  readonly contact: Contact | undefined;
  readonly clear: boolean;
} & LateReading;

export const orderSummary = (
  view: OrderView,
  { contact, clear, ...reading }: SummarySources,
): OrderSummary => ({
  orderId: view.orderId,
  key: view.key,
  stage: view.stage,
  stageSince: view.stageSince,
  milestone: view.milestone,
  tmfState: tmfStateOf(view.stage),
  late: lateOf(view, reading),
  priority: view.priority,
  customer: {
    id: view.customerId,
    name: contact === undefined ? null : clear ? contact.name : maskName(contact.name),
    phone: contact === undefined ? null : clear ? contact.phone : maskPhone(contact.phone),
    address: contact === undefined ? null : clear ? contact.address : maskAddress(contact.address),
  },
  area: view.area,
  ...onlyLines(view),
  equipmentId: view.equipmentId,
  calls: view.calls,
  visit: view.visit,
  promise: view.promise,
  visits: view.visits,
  holds: view.holds,
  returnCode: view.returnCode,
  outcome: view.outcome,
  placedAt: view.placedAt,
  updatedAt: view.updatedAt,
  version: view.version,
});
