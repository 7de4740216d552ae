import type { PaceFigures, PaceNoteValues, PaceWhy } from '../../core/codes/pace-note.ts';
import type { CodedWords } from '../coded.ts';
import { count } from './count.ts';

const decision =
  (why: PaceWhy) =>
  ({ jobs, rate, stepMs }: PaceFigures): string =>
    `auto: ${jobs} at once (${why}), ${rate} steps/s, ${stepMs} ms a step`;

/** What a worker decided last. */
export const decisions: CodedWords<PaceNoteValues> = {
  AS_WRITTEN: ({ text }) => text,
  begin: decision('begin'),
  growing: decision('growing'),
  flat: decision('flat'),
  slow: decision('slow'),
  errors: decision('errors'),
  idle: decision('idle'),
  steady: decision('steady'),
};

type LoopBeside = 'compare' | 'look-after' | 'heads';

const loops: Readonly<Record<LoopBeside, string>> = {
  compare: 'comparing the NE with the log',
  'look-after': 'looking after closed orders',
  heads: 'telling the head of the day',
};

export const worker = {
  started: (path: string, jobs: string): string =>
    `working on ${path} (-j ${jobs}); Ctrl-C ends after what is in flight`,
  progress: ({ steps, orders, failed }: { steps: number; orders: number; failed: number }): string =>
    `${count(steps, 'step', 'steps')} done for ${count(orders, 'order', 'orders')}${failed === 0 ? '' : `, ${failed} to be tried again`}`,
  step: (name: string, subject: string | null, cause: string | null): string =>
    `${name}${subject === null ? '' : ` ${subject}`}${cause === null ? '' : `: ${cause}`}`,
  breakerOpen: (peer: string, until: string | null): string =>
    `the breaker of ${peer} is open${until === null ? '' : ` until ${until}`}: nothing is sent there`,
  trouble: (cause: string, seconds: number): string => `${cause}; the worker tries again in ${seconds} s`,
  aside: (orderId: string, cause: string): string =>
    `${orderId} is set aside, all other orders go on: ${cause}`,
  head: (date: string, head: string): string => `head of ${date}: ${head}`,
  beginsAgain: (loop: LoopBeside, cause: string, seconds: number): string =>
    `${loops[loop]} failed, and begins anew in ${seconds} s: ${cause}`,
  notCompared: (cause: string): string => `the NE and the log could not be compared: ${cause}`,
  decisions,
  done: 'orders worked on',
  waiting: 'orders with work left',
  held: 'orders held for a person',
  nextDue: 'next due',
  none: 'no worker is running',
  processes: 'workers',
  backlog: 'backlog',
  failing: 'failing orders',
  noneFailing: 'nothing fails',
  columns: {
    host: 'HOST',
    process: 'PROCESS',
    until: 'HELD UNTIL',
    state: 'STATE',
    since: 'SINCE',
    jobs: 'JOBS',
    inFlight: 'IN FLIGHT',
    done: 'DONE',
    lane: 'LANE',
    due: 'DUE',
    later: 'LATER',
    tries: 'TRIES',
    next: 'NEXT',
    error: 'ERROR',
    note: 'LAST DECISION',
  },
  states: { running: 'running', silent: 'silent', gone: 'gone' },
};
