import type { ClientBase } from 'pg';
import type { Ids } from '../../../core/ports/runtime.ts';
import { EPOCHS, epochAnew, epochsOfText, epochsToText } from '../sql/epochs.ts';
import { KEY_MARKS, marksAnew, marksOfText, marksToText } from '../sql/key-marks.ts';
import { PASSED_OVER } from '../sql/restored.ts';
import type { Line } from './connect.ts';
import { BEGIN, FEED_LOCK, TIMELINE } from './locks.ts';

/** Where the last known history is kept in `meta`; it is of the server, and goes nowhere with the data. */
export const HISTORY = 'history';

type History = {
  /** The server, and the line of its history. */
  readonly of: string;
  /** When that began as far as anybody saw, epoch ms; 0: it is the first. */
  readonly since: number;
};

const READ = `
select system_identifier::text as server, ${TIMELINE} as timeline,
  floor(extract(epoch from clock_timestamp()) * 1000)::float8 as now,
  (select value from meta where name = '${HISTORY}') as history,
  (select value from meta where name = '${EPOCHS}') as epochs,
  (select value from meta where name = '${KEY_MARKS}') as marks,
  (select coalesce(max(n), 0) from feed) as last
from pg_control_system()`;

type Row = {
  readonly server: string;
  readonly timeline: string | null;
  readonly now: number;
  readonly history: string | null;
  readonly epochs: string | null;
  readonly marks: string | null;
  readonly last: number;
};

const PUT =
  'insert into meta (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value';

/** The line of the server's history, and how long ago it began, ms; endless when it is the first. */
export type SettledTimeline = { readonly timeline: string | null; readonly agoMs: number };

const ENDLESS = Number.POSITIVE_INFINITY;

type Looked = { readonly row: Row; readonly known: History | null; readonly of: string };

const look = async (client: ClientBase): Promise<Looked> => {
  const { rows } = await client.query<Row>(READ);
  const [row] = rows;
  if (row === undefined) throw new Error('the server did not tell its history');
  const known: History | null = row.history === null ? null : JSON.parse(row.history);
  return { row, known, of: `${row.server}/${row.timeline}` };
};

/** null: it is another history than the one that is known. */
const asKnown = ({ row, known, of }: Looked): SettledTimeline | null => {
  const { timeline, now } = row;
  if (timeline === null) return { timeline, agoMs: ENDLESS };
  if (known?.of !== of) return null;
  return { timeline, agoMs: known.since === 0 ? ENDLESS : now - known.since };
};

/**
 * Whoever comes first to another history begins an epoch of the feed, draws a new mark for the names of services and calls,
 * and passes over numbers, for what was committed last may be lost. Called before anything is written to it.
 */
export const settleTimeline = async (
  client: ClientBase,
  ids: Ids,
  line: Pick<Line, 'begin'>,
): Promise<SettledTimeline> => {
  const known = asKnown(await look(client));
  if (known !== null) return known;
  await line.begin(client, BEGIN);
  try {
    // Also whoever numbers events waits: none of them gets the epoch that is over.
    await client.query(`select pg_advisory_xact_lock(${FEED_LOCK})`);
    const looked = await look(client);
    const settled = asKnown(looked) ?? (await settle(client, looked, ids));
    await client.query('commit');
    return settled;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
};

const settle = async (client: ClientBase, { row, known, of }: Looked, ids: Ids): Promise<SettledTimeline> => {
  const { timeline, now } = row;
  const put = (name: string, value: string): Promise<unknown> => client.query(PUT, [name, value]);
  const since = known === null ? 0 : now;
  await put(HISTORY, JSON.stringify({ of, since } satisfies History));
  if (known === null) return { timeline, agoMs: ENDLESS };
  const epochs = (row.epochs === null ? null : epochsOfText(row.epochs)) ?? [];
  const second = Math.floor(now / 1_000);
  await put(EPOCHS, epochsToText(epochAnew(epochs, { others: [], after: row.last, second })));
  await put(KEY_MARKS, marksToText(marksAnew(ids, row.marks === null ? null : marksOfText(row.marks))));
  for (const numbers of ['order_numbers', 'customer_numbers'])
    await client.query(`select setval('${numbers}', nextval('${numbers}') + ${PASSED_OVER})`);
  return { timeline, agoMs: 0 };
};
