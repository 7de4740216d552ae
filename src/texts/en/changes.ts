import type { Lane } from '../../core/rules/lanes.ts';
import type { StepName } from '../../core/rules/step.ts';

const PEERS: Record<Lane, string> = { local: 'oss', ne: 'the NE', tm: 'the TM desk' };

const STEPS: Record<StepName, string> = {
  InitiateActivation: 'planning the services',
  CheckService: 'looking up what became of a request',
  ActivateService: 'switching services on',
  RevertService: 'switching services off',
  RequestScheduling: 'asking for time slots',
  ProposeVisit: 'choosing a technician',
  ReleaseVisit: 'releasing a proposal',
  CallCustomer: 'phoning the customer',
  CheckCall: 'asking how the call went',
  MoveVisit: 'moving the visit',
  CheckVisit: 'asking the desk whether the visit stands',
  DispatchFieldWork: 'dispatching the technician',
  RecallFieldWork: 'recalling the technician',
  CancelSchedule: 'cancelling the visit',
  CloseAppointment: 'closing the appointment',
  ConfirmUndo: 'confirming that everything is off',
  CloseOrder: 'closing the order',
};

export const changes = {
  peers: PEERS,
  steps: STEPS,
  /** What is under way, by peer, and why it waits. */
  pending: (lane: Lane, steps: readonly StepName[], error: string | null): string => {
    const doing = [...new Set(steps)].map((step) => STEPS[step]).join(', ');
    return `still pending at ${PEERS[lane]}: ${doing}${error === null ? '' : ` (${error})`}`;
  },
  workerGoesOn: 'a worker is running and goes on with it',
  startWorker: (program: string): string => `no worker is running; start one: ${program} worker --drain`,
};
