import { BUILT_IN_PEER } from '../core/peers/binding.ts';
import { iso } from '../core/time/iso.ts';
import { parseActor } from '../core/values/actor.ts';
import { type Cell, tone } from '../faces/cli/terminal/blocks.ts';
import { object } from './framework/print/result.ts';
import type { CommandContext, Handler } from './framework/run/context.ts';
import type { whoami } from './whoami.ts';

/** `oss.whoami/1`. */
type Whoami = {
  readonly actor: string;
  readonly role: string;
  readonly name: string;
  readonly database: string;
  readonly ne: string;
  readonly tm: string;
  readonly tz: string;
  readonly lang: string;
  /** What the clock says, UTC; `clockMoved`: OSS_NOW has moved it. */
  readonly now: string;
  readonly clockMoved: boolean;
  readonly simulated: boolean;
  /** advice: any role may be named; held: the account may act as `grants` alone. */
  readonly access: 'advice' | 'held';
  /** The account of the operating system. */
  readonly account: string;
  /** Empty where the role is advice. */
  readonly grants: readonly string[];
};

export const run: Handler<typeof whoami> = async (ctx) => {
  const { services, terminal } = ctx;
  const { settings, actor, binding } = services;
  const { access, account } = settings;
  const parsed = parseActor(actor);
  return object<Whoami>({
    schema: 'oss.whoami/1',
    data: {
      actor,
      role: parsed?.role ?? '',
      name: parsed?.name ?? '',
      database: settings.database.name,
      ne: binding.ne,
      tm: binding.tm,
      tz: settings.tz,
      lang: terminal.lang,
      now: iso(services.clock.now()),
      clockMoved: settings.now !== null,
      simulated: await services.simulated(),
      access: access.kind,
      account,
      grants: access.kind === 'held' ? access.grants : [],
    },
    id: actor,
    show: (data, { t, clock }) => [
      {
        kind: 'card',
        title: data.actor,
        sections: [
          {
            rows: [
              [t.whoami.role, t.whoami.roles[data.role] ?? data.role],
              [t.whoami.access, accessCell(data, t)],
              [t.whoami.database, data.database],
              [t.whoami.peers, peersCell(data, t)],
              [
                t.whoami.clock,
                `${clock(data.now)} ${data.tz}${data.clockMoved ? ` (${t.whoami.moved})` : ''}`,
              ],
            ],
          },
        ],
      },
    ],
  });
};

const accessCell = ({ access, account, grants }: Whoami, { whoami }: CommandContext['t']): Cell =>
  access === 'advice' ? whoami.advice(account) : whoami.held(account, grants);

/** The built-in simulators have no URL. */
const peersCell = ({ ne, tm, simulated }: Whoami, { common }: CommandContext['t']): Cell => {
  if (!simulated) return `NE ${ne}, TM ${tm}`;
  return tone('warn', ne === BUILT_IN_PEER ? common.simulated : `NE ${ne}, TM ${tm} (${common.simulated})`);
};
