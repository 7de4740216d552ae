import type { Services } from '../adapters/compose.ts';
import { list } from './framework/print/result.ts';
import type { CommandContext, Handler } from './framework/run/context.ts';
import type { simulate } from './simulate.ts';

type Simulator = Awaited<ReturnType<Services['simulate']>>['simulators'][number];

const TOKEN_HEADER = 'X-Admin-Token';
const DEFAULT_PORT = { ne: 8701, tm: 8702, all: 8701 } as const;

export const run: Handler<typeof simulate> = async (ctx, { args, flags }) => {
  const { services, t, globals } = ctx;
  const started = await services.simulate({
    which: args.which,
    port: flags.port ?? DEFAULT_PORT[args.which],
    seed: flags.seed ?? services.settings.simulate.seed,
    faults: flags.fault,
    ...(globals.verbose ? { log: (line: string) => void ctx.note(line) } : {}),
  });
  return list<Simulator>({
    schema: 'oss.simulators/1',
    items: untilStopped(ctx, started.simulators),
    id: ({ url }) => url,
    columns: [
      { title: t.simulate.peer, drop: 0, cell: ({ peer }) => t.changes.peers[peer] },
      { title: 'URL', drop: 0, cell: ({ url }) => url },
      // The notes tell it once, with what it is for; without them it would be nowhere.
      ...(globals.quiet
        ? [{ title: TOKEN_HEADER, drop: 0, cell: ({ adminToken }: Simulator) => adminToken }]
        : []),
    ],
    line: ({ peer, url, adminToken }) =>
      `${t.changes.peers[peer]}: ${url}${globals.quiet ? `  ${TOKEN_HEADER}: ${adminToken}` : ''}`,
  });
};

/** Each simulator as it is there, how to use them, and then nothing until a signal ends it. */
async function* untilStopped(
  ctx: CommandContext,
  simulators: readonly Simulator[],
): AsyncGenerator<Simulator> {
  const { t, signal } = ctx;
  yield* simulators;
  const point = simulators.map(({ peer, url }) => `OSS_${peer.toUpperCase()}_URL=${url}`).join(' ');
  await ctx.note(t.simulate.point(point));
  for (const { adminToken, ledger } of simulators.slice(0, 1)) {
    await ctx.note(t.simulate.admin(adminToken));
    await ctx.note(t.simulate.ledger(ledger));
  }
  await ctx.note(t.simulate.stop);
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
