import type { Lane } from '../../rules/lanes.ts';
import type { Step, StepName } from '../../rules/step.ts';
import { activateService } from './activate-service.ts';
import { callCustomer } from './call-customer.ts';
import { cancelScheduleAtDesk, cancelScheduleLocally } from './cancel-schedule.ts';
import { checkCall } from './check-call.ts';
import { checkService } from './check-service.ts';
import { checkVisit } from './check-visit.ts';
import { closeAppointment } from './close-appointment.ts';
import { closeOrder, confirmUndo } from './closing.ts';
import { dispatchFieldWork, recallFieldWork } from './field-handover.ts';
import { initiateActivation } from './initiate-activation.ts';
import type { LocalStep, RemoteStep } from './kinds.ts';
import { moveVisit } from './move-visit.ts';
import { proposeVisit } from './propose-visit.ts';
import { releaseVisit } from './release-visit.ts';
import { requestScheduling } from './request-scheduling.ts';
import { revertService } from './revert-service.ts';

const LOCAL_STEPS: Partial<Record<StepName, LocalStep>> = {
  InitiateActivation: initiateActivation,
  ProposeVisit: proposeVisit,
  ReleaseVisit: releaseVisit,
  DispatchFieldWork: dispatchFieldWork,
  RecallFieldWork: recallFieldWork,
  CancelSchedule: cancelScheduleLocally,
  ConfirmUndo: confirmUndo,
  CloseOrder: closeOrder,
};

const REMOTE_STEPS: Partial<Record<StepName, RemoteStep>> = {
  CheckService: checkService,
  ActivateService: activateService,
  RevertService: revertService,
  RequestScheduling: requestScheduling,
  CallCustomer: callCustomer,
  CheckCall: checkCall,
  MoveVisit: moveVisit,
  CheckVisit: checkVisit,
  CancelSchedule: cancelScheduleAtDesk,
  CloseAppointment: closeAppointment,
};

/** How a step of the local lane is decided. Throws when the policy table names a step that has no code. */
export const localStep = (step: Step): LocalStep => required(LOCAL_STEPS[step.name], step.name, step.lane);

/** How a step of a peer's lane is sent. Throws likewise. */
export const remoteStep = (step: Step): RemoteStep => required(REMOTE_STEPS[step.name], step.name, step.lane);

const required = <S>(found: S | undefined, name: StepName, lane: Lane): S => {
  if (found === undefined) throw new Error(`no ${lane} step ${name}`);
  return found;
};
