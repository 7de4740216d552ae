import { compose } from '../adapters/compose.ts';
import { Refusal } from '../core/rules/refusal.ts';
import { formatLocal } from '../core/time/zone.ts';
import { type Check, exitOfChecks, type Surgery } from './doctor/check.ts';
import {
  checkBinding,
  checkClock,
  checkConfiguration,
  checkDatabase,
  checkDisk,
} from './doctor/installation.ts';
import { checkLeftovers } from './doctor/leftovers.ts';
import { checkAreas, checkBreakers, checkComparison, checkPeers, checkWorker } from './doctor/operation.ts';
import { checkServer } from './doctor/server.ts';
import type { doctor } from './doctor.ts';
import { settingFlags } from './framework/parse/globals.ts';
import { list } from './framework/print/result.ts';
import type { CommandContext, Handler } from './framework/run/context.ts';

const SIGNS = { ok: '✓', warn: '!', bad: '✗' } as const;
const TONES = { ok: 'good', warn: 'warn', bad: 'bad' } as const;

export const run: Handler<typeof doctor> = async (ctx, { flags }) => {
  if (flags.live && flags.ready) {
    throw new Refusal('USAGE', {
      fault: { code: 'NOT_TOGETHER', flags: ['--live', '--ready'] },
      example: 'doctor --ready',
    });
  }
  const { t } = ctx;
  const depth = flags.live ? 'live' : flags.ready ? 'ready' : 'all';
  const checks: readonly Check[] = await allChecks(ctx, depth);
  return list<Check>({
    schema: 'oss.checks/1',
    items: checks,
    id: ({ name }) => name,
    exit: exitOfChecks(checks),
    columns: [
      {
        title: t.doctor.columns.state,
        drop: 0,
        cell: ({ state }) => ({ text: `${SIGNS[state]} ${t.doctor.states[state]}`, tone: TONES[state] }),
      },
      { title: t.doctor.columns.what, drop: 0, cell: ({ name }) => t.doctor.names[name] },
      { title: t.doctor.columns.detail, drop: 0, cell: ({ detail }) => detail },
      { title: t.doctor.columns.next, drop: 0, cell: ({ next }) => next ?? '' },
    ],
  });
};

const allChecks = async (ctx: CommandContext, depth: 'live' | 'ready' | 'all'): Promise<readonly Check[]> => {
  const configuration = await checkConfiguration(ctx);
  // Nothing else can be known without one, and nothing can be opened.
  if (configuration.some(({ state }) => state === 'bad')) return configuration;
  const { t, program, globals, env } = ctx;
  const services = compose({ flags: settingFlags(globals), env });
  const clock: Surgery['clock'] = (at) =>
    at === null ? '' : formatLocal(typeof at === 'number' ? at : Date.parse(at), services.settings.tz);
  try {
    const surgery = { t, program, services, clock, configuration: ctx.configuration };
    return [...configuration, ...(await furtherChecks(surgery, depth))];
  } finally {
    await services.close();
  }
};

const furtherChecks = async (
  surgery: Surgery,
  depth: 'live' | 'ready' | 'all',
): Promise<readonly Check[]> => {
  const { checks, database } = await checkDatabase(surgery);
  const live = [...checks, await checkDisk(surgery)];
  if (depth === 'live' || database === null) return live;
  const { state } = await checkBinding(surgery, database);
  // The doctor asks nothing of a peer that the database does not belong to.
  const peers =
    state === 'bad' ? [] : [...(await checkPeers(surgery, database)), await checkBreakers(surgery, database)];
  // Once more: what just answered may be another than before.
  const ready = [...live, await checkBinding(surgery, database), await checkClock(surgery, database)];
  const work =
    depth === 'ready'
      ? []
      : [
          ...(await checkWorker(surgery, database)),
          await checkServer(surgery),
          await checkComparison(surgery, database),
          await checkAreas(surgery, database),
          await checkLeftovers(surgery, database),
        ];
  return [...ready, ...peers, ...work];
};
