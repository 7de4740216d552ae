import { createHash } from 'node:crypto';
import { type Cursor, compareCursors, cursorText, FIRST_EPOCH, START } from '../../core/ports/cursor.ts';
import type { Ids } from '../../core/ports/runtime.ts';
import type { EventStore, FeedEvent } from '../../core/ports/store.ts';
import { hashInput } from '../../core/process/event-hash.ts';
import { type Envelope, type NewEvent, schemaOf, type WriteMeta } from '../../core/process/events.ts';
import { Refusal, VersionConflict } from '../../core/rules/refusal.ts';
import { byId, numberedId } from './by-id.ts';
import type { SearchedBeside } from './memory-views.ts';
import { type UndoLog, undoableList } from './undo-log.ts';

const cursorOf = (event: Envelope | undefined): Cursor =>
  event === undefined ? START : { epoch: FIRST_EPOCH, n: event.position };

/** The first event of `source` that is behind the cursor, by halves. */
const indexBehind = (source: readonly Envelope[], after: Cursor): number => {
  if (after.epoch > FIRST_EPOCH) {
    const expected = { code: 'FEED_CURSOR' } as const;
    throw new Refusal('BAD_VALUE', { flag: '--after', value: cursorText(after), expected });
  }
  let from = 0;
  let to = source.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (compareCursors(cursorOf(source[middle]), after) <= 0) from = middle + 1;
    else to = middle;
  }
  return from;
};

/** The streams. Ids and positions that were drawn are never drawn again: a write that fails leaves a gap. */
export const memoryEvents = (log: UndoLog, ids: Ids): EventStore & Pick<SearchedBeside, 'hasSerial'> => {
  const all = undoableList<Envelope>(log);
  const streams = new Map<string, Envelope[]>();
  let lastOrder = 0;
  let lastPosition = 0;

  const streamOf = (orderId: string): Envelope[] => {
    const stream = streams.get(orderId);
    if (stream !== undefined) return stream;
    const created: Envelope[] = [];
    log.record(() => streams.delete(orderId));
    streams.set(orderId, created);
    return created;
  };

  const number = (
    orderId: string,
    stream: readonly Envelope[],
    event: NewEvent,
    meta: WriteMeta,
  ): Envelope => {
    const unhashed = {
      ...event,
      orderId,
      version: stream.length + 1,
      eventId: ids.uuid(),
      schema: schemaOf(event.type),
      at: meta.at,
      actor: meta.actor,
      causationId: event.causationId ?? null,
    };
    const hash = createHash('sha256')
      .update(hashInput(stream.at(-1)?.hash ?? '', unhashed))
      .digest('hex');
    log.recordDraw(() => {
      lastPosition -= 1;
    });
    lastPosition += 1;
    return { ...unhashed, position: lastPosition, hash };
  };

  return {
    hasSerial: (orderId, serial) =>
      (streams.get(orderId) ?? []).some(
        ({ type, data }) =>
          (type === 'FieldWorkCompleted' || type === 'FieldResultCorrected') &&
          JSON.stringify(data).includes(`"${serial}"`),
      ),
    load: async (orderId, after = 0) => streams.get(orderId)?.slice(after) ?? [],
    loadAll: async (orderIds) =>
      new Map(orderIds.map((orderId) => [orderId, streams.get(orderId)?.slice() ?? []])),
    append: async (orderId, expected, events, meta) => {
      const actual = streams.get(orderId)?.length ?? 0;
      if (actual !== (expected === 'none' ? 0 : expected))
        throw new VersionConflict(orderId, expected, actual);
      const stream = streamOf(orderId);
      return events.map((event) => {
        const envelope = number(orderId, stream, event, meta);
        all.push(envelope);
        log.record(() => stream.pop());
        stream.push(envelope);
        return envelope;
      });
    },
    nextOrderId: async () => {
      log.recordDraw(() => {
        lastOrder -= 1;
      });
      lastOrder += 1;
      return numberedId('ORD', lastOrder);
    },
    page: async ({ after, limit, orderId, types }) => {
      const source = orderId === undefined ? all.all() : (streams.get(orderId) ?? []);
      const page: FeedEvent[] = [];
      for (let i = indexBehind(source, after); i < source.length && page.length < limit; i += 1) {
        const event = source[i];
        if (event === undefined) continue;
        if (types === undefined || types.includes(event.type))
          page.push({ ...event, cursor: cursorOf(event) });
      }
      return page;
    },
    head: async () => cursorOf(all.all().at(-1)),
    beforeLast: async (count) => cursorOf(all.all().at(-1 - count)),
    orderIds: async (after, limit) =>
      [...streams.keys()]
        .filter((orderId) => byId(orderId, after) > 0)
        .sort(byId)
        .slice(0, limit),
  };
};
