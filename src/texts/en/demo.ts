import { count } from './count.ts';

type Beside = {
  readonly key: string;
  readonly log: string;
  readonly ne: string;
  readonly created: number;
  readonly ok: boolean;
};

export const demo = {
  where: (folder: string): string =>
    `everything happens in ${folder}, with simulated peers and a clock of its own`,
  act: (number: number, title: string): string => `Act ${number}: ${title}`,
  act1: 'an order is completed',
  act2: 'an order is returned',
  act3: 'an order is cancelled',
  act4: 'a night with the network down, and an answer lost',
  takes: 'Customer service takes an order. The lines are switched on at once.',
  phones: 'The desk phones the customer and books a technician.',
  visits: 'The next morning the technician is there, and the customer signs.',
  cannot:
    'The next morning it turns out that nothing can be installed. What was switched on is switched off again.',
  changesMind: 'An hour later the customer changes their mind. Lines and visit go.',
  night: 'It is 23:00 and the network is down. The order is taken all the same.',
  morning: '07:00. The network is back, but it loses one answer: the line is on, and nobody told us.',
  lookedUp: 'The request was not sent again: it was looked up, and found done.',
  beside: 'the log beside what the network (NE) really did',
  service: ({ key, log, ne, created, ok }: Beside): string =>
    `  ${key.slice(key.indexOf('/') + 1).padEnd(18)} log: ${log.padEnd(4)} NE: ${(ne === '' ? 'none' : ne).padEnd(11)} created ${
      created === 1 ? 'once' : `${created} times`
    }${ok ? '' : '   DIFFERENT'}`,
  same: (orderId: string, stage: string): string =>
    `${orderId} is ${stage}, and the network is as it says: 0 orphans`,
  orphans: (orderId: string, stage: string, n: number): string =>
    `${orderId} is ${stage}: ${count(n, 'service is', 'services are')} not as it says`,
  end: 'In the end: the whole network against the whole log',
  good: (seconds: number): string => `all is as it should be (${seconds} s)`,
  bad: (failures: readonly string[]): string => `NOT as it should be: ${failures.join('; ')}`,
  wrongExit: (line: string, exit: number): string => `"${line}" ended with ${exit}`,
  exit: (code: number): string => `exit code ${code}: work is left, nothing is lost`,
  differs: (orderId: string, stage: string): string => `${orderId} is ${stage} and differs from the network`,
  goOn: 'Enter: the next act',
  kept: (folder: string): string => `kept: export OSS_HOME=${folder}`,
};
