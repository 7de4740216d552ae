import type { Lane } from '../../core/rules/lanes.ts';
import type { StepName } from '../../core/rules/step.ts';
import type { Texts } from '../catalogue.ts';

const PEERS: Record<Lane, string> = { local: 'oss', ne: 'NE(장비)', tm: 'TM 데스크' };

const STEPS: Record<StepName, string> = {
  InitiateActivation: '서비스 계획',
  CheckService: '요청 결과 조회',
  ActivateService: '서비스 개통',
  RevertService: '서비스 원복',
  RequestScheduling: '방문 가능 시간 조회',
  ProposeVisit: '작업자 선정',
  ReleaseVisit: '가배정 해제',
  CallCustomer: '고객 통화',
  CheckCall: '통화 결과 조회',
  MoveVisit: '방문 변경',
  CheckVisit: 'TM에 방문 약속 확인',
  DispatchFieldWork: '작업자에게 통보',
  RecallFieldWork: '출동 취소',
  CancelSchedule: '방문 취소',
  CloseAppointment: '예약 종료',
  ConfirmUndo: '원복 확인',
  CloseOrder: '청약 종료',
};

export const changes = {
  peers: PEERS,
  steps: STEPS,
  pending: (lane, steps, error) => {
    const doing = [...new Set(steps)].map((step) => STEPS[step]).join(', ');
    return `${PEERS[lane]} 처리 대기: ${doing}${error === null ? '' : ` (${error})`}`;
  },
  workerGoesOn: '실행 중인 워커가 이어서 처리합니다',
  startWorker: (program) => `실행 중인 워커가 없습니다. 시작: ${program} worker --drain`,
} satisfies Texts['changes'];
