import type { PaceFigures, PaceNoteValues } from '../../core/codes/pace-note.ts';
import type { Texts } from '../catalogue.ts';
import type { CodedWords } from '../coded.ts';
import { changes } from './changes.ts';
import { ko } from './particles.ts';

const STEPS: Readonly<Record<string, string>> = changes.steps;

const decision =
  (why: string) =>
  ({ jobs, rate, stepMs }: PaceFigures): string =>
    `자동: 동시 ${jobs} (${why}), 초당 ${rate}단계, 단계당 ${stepMs} ms`;

const decisions: CodedWords<PaceNoteValues> = {
  AS_WRITTEN: ({ text }) => text,
  begin: decision('시작'),
  growing: decision('늘리는 중'),
  flat: decision('늘려도 빨라지지 않음'),
  slow: decision('느려짐'),
  errors: decision('실패가 많음'),
  idle: decision('일이 적음'),
  steady: decision('유지'),
};

const loops = {
  compare: '장비와 기록의 비교',
  'look-after': '종료된 청약의 확인',
  heads: '하루의 끝점 알림',
} as const;

export const worker = {
  decisions,
  started: (path, jobs) => `${path} 처리 중 (-j ${jobs}); Ctrl-C를 누르면 진행 중인 것까지 마치고 끝납니다`,
  progress: ({ steps, orders, failed }) =>
    `청약 ${orders}건, ${steps}단계 처리${failed === 0 ? '' : `, 재시도 ${failed}건`}`,
  step: (name, subject, cause) =>
    `${STEPS[name] ?? name}${subject === null ? '' : ` ${subject}`}${cause === null ? '' : `: ${cause}`}`,
  breakerOpen: (peer, until) =>
    `${peer}의 차단기가 열려 있습니다${until === null ? '' : ` (${until}까지)`}: 아무것도 보내지 않습니다`,
  trouble: (cause, seconds) => `${cause}; ${seconds}초 후에 다시 시도합니다`,
  aside: (orderId, cause) => ko`${orderId}은(는) 따로 두고 다른 청약은 모두 계속 처리합니다: ${cause}`,
  head: (date, head) => `${date}의 끝점: ${head}`,
  beginsAgain: (loop, cause, seconds) =>
    `${loops[loop]}에 실패하여 ${seconds}초 후에 다시 시작합니다: ${cause}`,
  notCompared: (cause) => `장비와 기록을 비교하지 못했습니다: ${cause}`,
  done: '처리한 청약',
  waiting: '남은 청약',
  held: '사람을 기다리는 보류',
  nextDue: '다음 예정',
  none: '실행 중인 워커가 없습니다',
  processes: '워커',
  backlog: '대기',
  failing: '실패 중인 청약',
  noneFailing: '실패 중인 청약이 없습니다',
  columns: {
    host: '서버',
    process: '프로세스',
    until: '점유 기한',
    state: '상태',
    since: '시작',
    jobs: '동시',
    inFlight: '진행',
    done: '처리',
    lane: '구간',
    due: '지금',
    later: '나중',
    tries: '시도',
    next: '다음',
    error: '오류',
    note: '마지막 결정',
  },
  states: { running: '실행 중', silent: '응답 없음', gone: '종료됨' },
} satisfies Texts['worker'];
