import type { OrderView } from '../ports/order-view.ts';
import type { Stage } from '../rules/stage.ts';
import { type UseCase, WHO_MAY } from '../rules/who-may.ts';
import { roleOf, technicianOf } from '../values/actor.ts';
import { AGREED, AT_DESK, COMPLETED, HELD, type OrderChoice, PROPOSED } from './pick-orders.ts';

type Seen = Pick<OrderView, 'stage' | 'holds' | 'visit' | 'open'>;

/** No final intent stands yet (rule 1). */
const GOING: readonly Stage[] = [
  'placed',
  'activating',
  'held',
  'tm-queue',
  'customer-pending',
  'scheduled',
  'dispatched',
  'on-site',
];

const inOneOf =
  (...stages: readonly Stage[]) =>
  ({ stage }: Seen): boolean =>
    stages.includes(stage);

const fits =
  ({ filter, fits: also }: OrderChoice) =>
  (order: Seen): boolean =>
    (filter.stages === undefined || filter.stages.includes(order.stage)) &&
    (filter.open !== true || order.open) &&
    // A choice looks at nothing that a list does not know.
    also(order as OrderView);

const hasAgreedVisit = ({ visit }: Seen): boolean => visit?.status === 'agreed';

/** When each is legal, the step that people take next first. What only reads comes last. */
const ACTIONS: readonly (readonly [UseCase, (order: Seen) => boolean])[] = [
  ['field start', (order) => hasAgreedVisit(order) && inOneOf('scheduled', 'dispatched')(order)],
  [
    'field complete',
    (order) => hasAgreedVisit(order) && inOneOf('scheduled', 'dispatched', 'on-site')(order),
  ],
  ['field revisit', (order) => hasAgreedVisit(order) && inOneOf('scheduled', 'dispatched', 'on-site')(order)],
  ['field return', (order) => hasAgreedVisit(order) && inOneOf('scheduled', 'dispatched', 'on-site')(order)],
  ['fallout show', fits(HELD)],
  ['fallout retry', fits(HELD)],
  ['schedule assign', fits(AT_DESK)],
  ['schedule call', inOneOf('tm-queue', 'customer-pending')],
  ['schedule move', fits(AGREED)],
  ['schedule unassign', fits(PROPOSED)],
  ['field correct', fits(COMPLETED)],
  ['order amend', inOneOf(...GOING.filter((stage) => stage !== 'on-site'))],
  ['order cancel', inOneOf(...GOING)],
  ['order note', () => true],
  ['order show', () => true],
  ['events', () => true],
];

/**
 * What this actor may do with the order in its stage, the likeliest first: an offer, for each use case decides again by itself. A
 * technician reports on own visits only.
 */
export const actionsOn = (order: Seen, actor: string): readonly UseCase[] => {
  const role = roleOf(actor);
  const technicianId = technicianOf(actor);
  const isTheirs = technicianId === null || order.visit?.technicianId === technicianId;
  return ACTIONS.filter(([useCase, isLegal]) => {
    const isTheirReport = isTheirs || !/^(?:field|order note)/.test(useCase);
    return role !== null && WHO_MAY[useCase].some((one) => one === role) && isTheirReport && isLegal(order);
  }).map(([useCase]) => useCase);
};
