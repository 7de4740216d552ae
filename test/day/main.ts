// `npm run day`: plays the week with the real program, one process a line.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ms } from '../../src/core/time/iso.ts';
import { toLocal } from '../../src/core/time/zone.ts';
import { brokenInvariants } from '../support/invariants.ts';
import { oss } from '../support/real-process.ts';
import { homeOf, located, ORDERS, recordIn, SCENARIO, writeOrders } from './house.ts';
import { playDay } from './play-day.ts';
import { readScenario } from './scenario.ts';

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

const folder = await mkdtemp(join(tmpdir(), 'oss-day-'));
try {
  writeOrders(folder);
  const { PATH = '' } = process.env;
  const played = await playDay(scenario, {
    oss: (argv, env) => oss(located(argv, folder), { PATH, ...homeOf(folder), ...env }),
    tell: (at, typed, ran) => {
      if (ran === null) return say(`\n${typed}`);
      say(`${clock(at)}  oss ${typed}${ran.code === 0 ? '' : `  -> exit ${ran.code}`}`);
      if (SHOWN.some((words) => typed.startsWith(words))) say(`\n${ran.stdout}`);
    },
  });
  const broken = brokenInvariants(await recordIn(folder, played.endedAt));
  for (const fault of broken) say(fault);
  say(`${ORDERS} orders, ${played.lines} command lines: ${broken.length} promises broken`);
  process.exitCode = broken.length === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
