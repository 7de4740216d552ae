// `npm run day`: plays the week with the real program, one process a line. With --ways it is played without areas and with
// them, by both files of technicians, and told is only how both drive.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ms } from '../../src/core/time/iso.ts';
import { toLocal } from '../../src/core/time/zone.ts';
import { brokenInvariants, type RunRecord } from '../support/invariants.ts';
import { oss } from '../support/real-process.ts';
import { homeOf, located, ORDERS, recordIn, SAMPLES, SCENARIO, writeOrders } from './house.ts';
import { playDay } from './play-day.ts';
import { roadsOf } from './roads.ts';
import { readScenario, type Scenario, weekWith } from './scenario.ts';

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Lines that people look at: what they print is shown. */
const SHOWN = ['report', 'technician off', 'doctor', 'ne reconcile', 'db verify'];

const scenario = readScenario(SCENARIO);

const clock = (at: string): string => {
  const { date, minutes } = toLocal(ms(at), scenario.tz);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date} ${two(Math.floor(minutes / 60))}:${two(Math.floor(minutes % 60))}`;
};

/** The week once, in a folder of its own. */
const play = async (week: Scenario, isTold: boolean): Promise<RunRecord> => {
  const folder = await mkdtemp(join(tmpdir(), 'oss-day-'));
  try {
    writeOrders(folder);
    const { PATH = '' } = process.env;
    const played = await playDay(week, {
      oss: (argv, env) => oss(located(argv, folder), { PATH, ...homeOf(folder), ...env }),
      tell: (at, typed, ran) => {
        if (!isTold) return;
        if (ran === null) return say(`\n${typed}`);
        say(`${clock(at)}  oss ${typed}${ran.code === 0 ? '' : `  -> exit ${ran.code}`}`);
        if (SHOWN.some((words) => typed.startsWith(words))) say(`\n${ran.stdout}`);
      },
    });
    const record = await recordIn(folder, played.endedAt);
    const broken = brokenInvariants(record);
    for (const fault of broken) say(fault);
    if (isTold) say(`${ORDERS} orders, ${played.lines} command lines: ${broken.length} promises broken`);
    if (broken.length > 0) process.exitCode = 1;
    return record;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

if (process.argv.includes('--ways')) {
  say('| technicians | areas | visits | promised starts kept | ways that cannot be driven | kilometres |');
  say('|---|---|---|---|---|---|');
  for (const file of ['technicians.csv', 'technicians-base.csv']) {
    for (const hasAreas of [false, true]) {
      const record = await play(weekWith(scenario, { technicians: file, hasAreas }), false);
      const paths = { areas: join(SAMPLES, 'areas.csv'), technicians: join(SAMPLES, file) };
      const { visits, kept, hops, impossible, km } = await roadsOf(record, paths);
      const share = Math.round((kept * 100) / Math.max(1, visits));
      say(
        `| ${file} | ${hasAreas ? 'imported' : 'none'} | ${visits} | ${kept} (${share} %) | ${impossible} of ${hops} | ${km} |`,
      );
    }
  }
} else await play(scenario, true);
