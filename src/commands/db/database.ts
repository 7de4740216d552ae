import { readBinding } from '../../core/app/peers/read-binding.ts';
import type { Binding } from '../../core/peers/binding.ts';
import { bindingText } from '../../core/peers/binding.ts';
import type { MaintainedStore } from '../../core/ports/maintenance.ts';
import { type Block, tone } from '../../faces/cli/terminal/blocks.ts';
import { type Ending, type ObjectResult, object } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import type { CommandContext } from '../framework/run/context.ts';

/** `oss.database/1`. */
export type DatabaseInfo = {
  readonly path: string;
  readonly bytes: number;
  /** Of the write-ahead log. */
  readonly logBytes: number;
  readonly schemaVersion: number;
  /** null: something else keeps it. */
  readonly sqliteVersion: string | null;
  /** What keeps it. */
  readonly engine: { readonly name: string; readonly version: string };
  readonly orders: number;
  readonly events: number;
  readonly lastEventAt: string | null;
  /** null: nothing was written yet. */
  readonly binding: Binding | null;
  readonly simulated: boolean;
};

/** What the open database is, as the commands about it print it. */
export const databaseResult = async (
  ctx: CommandContext,
  database: MaintainedStore,
  ending: Ending = {},
): Promise<ObjectResult> => {
  const {
    database: path,
    bytes,
    logBytes,
    schema,
    engine,
    orders,
    events,
    lastEventAt,
  } = await database.info();
  const binding = await readBinding({ store: database });
  return object<DatabaseInfo>({
    ...ending,
    schema: 'oss.database/1',
    data: {
      path,
      bytes,
      logBytes,
      schemaVersion: schema,
      sqliteVersion: engine.name === 'SQLite' ? engine.version : null,
      engine,
      orders,
      events,
      lastEventAt,
      binding,
      simulated: binding?.simulated ?? ctx.services.settings.simulated,
    },
    id: path,
    show: shown,
  });
};

const shown = (info: DatabaseInfo, view: View): readonly Block[] => {
  const t = view.t.db;
  return [
    {
      kind: 'card',
      sections: [
        {
          rows: [
            [t.database, info.path],
            [t.size, sizeText(info, view)],
            [t.orders, String(info.orders)],
            [t.events, String(info.events)],
            [t.lastEvent, info.lastEventAt === null ? view.t.common.none : view.time(info.lastEventAt)],
            [t.peers, peersText(info.binding, view)],
            [t.schema, `${info.schemaVersion} (${info.engine.name} ${info.engine.version})`],
          ],
        },
      ],
    },
  ];
};

/** A server shows nothing of its log. */
const sizeText = ({ bytes, logBytes }: DatabaseInfo, { t }: View): string =>
  logBytes === 0 ? megabytes(bytes) : `${megabytes(bytes)} + ${megabytes(logBytes)} ${t.db.logFile}`;

const peersText = (binding: Binding | null, { t, clock }: View) => {
  if (binding === null) return t.db.unbound;
  const since = t.db.since(clock(binding.at));
  const told = `${bindingText(binding, t.common.simulated)}, ${since}`;
  return binding.simulated ? tone('warn', told) : told;
};

const megabytes = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1_048_576).toFixed(1)} MiB`;
