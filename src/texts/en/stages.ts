import type { Milestone, Stage } from '../../core/rules/stage.ts';

type Who = 'network' | 'desk' | 'customer' | 'technician' | 'us' | 'nobody';

const stage: Readonly<Record<Stage, string>> = {
  placed: 'placed',
  activating: 'activating',
  held: 'held',
  'tm-queue': 'waiting for a call',
  'customer-pending': 'customer not reached',
  scheduled: 'visit agreed',
  dispatched: 'dispatched',
  'on-site': 'on site',
  completed: 'completed',
  returning: 'returning',
  returned: 'returned',
  cancelling: 'cancelling',
  cancelled: 'cancelled',
};

const customer: Readonly<Record<Stage, string>> = {
  placed: 'received',
  activating: 'preparing the network',
  held: 'delayed, we are on it',
  'tm-queue': 'we will call you',
  'customer-pending': 'we need to reach you',
  scheduled: 'we come at the agreed time',
  dispatched: 'the technician is coming',
  'on-site': 'the technician is there',
  completed: 'in service',
  returning: 'could not be installed',
  returned: 'could not be installed',
  cancelling: 'cancelled',
  cancelled: 'cancelled',
};

const milestone: Readonly<Record<Milestone, string>> = {
  OrderPlaced: 'received',
  ActivationCompleted: 'network ready',
  Scheduled: 'visit agreed',
  FieldWorkCompleted: 'in service',
  FieldWorkFailed: 'could not be installed',
  OrderCancelled: 'cancelled',
};

const waitingFor: Readonly<Record<Who, string>> = {
  network: 'the network',
  desk: 'the call desk',
  customer: 'the customer',
  technician: 'the technician',
  us: 'us',
  nobody: 'nobody',
};

/** `stage` for the operator, `customer` for the subscriber (MyPage). */
export const stages = { stage, customer, milestone, waitingFor };
