import { createHash } from 'node:crypto';
import type { Ids } from '../../core/ports/runtime.ts';
import type { EventStore } from '../../core/ports/store.ts';
import { hashInput } from '../../core/process/event-hash.ts';
import { type Envelope, type NewEvent, schemaOf, type WriteMeta } from '../../core/process/events.ts';
import { VersionConflict } from '../../core/rules/refusal.ts';
import { byId, numberedId } from './by-id.ts';
import { type UndoLog, undoableList } from './undo-log.ts';

/** The streams. Positions are given back with the write that fails, so the position is the index in the log plus one. */
export const memoryEvents = (log: UndoLog, ids: Ids): EventStore => {
  const all = undoableList<Envelope>(log);
  const streams = new Map<string, Envelope[]>();
  let lastOrder = 0;

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
    return { ...unhashed, position: all.all().length + 1, hash };
  };

  return {
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
      log.record(() => {
        lastOrder -= 1;
      });
      lastOrder += 1;
      return numberedId('ORD', lastOrder);
    },
    page: async ({ after, limit, orderId, types }) => {
      const source = orderId === undefined ? all.all() : (streams.get(orderId) ?? []);
      const page: Envelope[] = [];
      for (let i = orderId === undefined ? after : 0; i < source.length && page.length < limit; i += 1) {
        const event = source[i];
        if (event === undefined || event.position <= after) continue;
        if (types === undefined || types.includes(event.type)) page.push(event);
      }
      return page;
    },
    head: async () => {
      const last = all.all().at(-1);
      return { position: last?.position ?? 0, hash: last?.hash ?? '' };
    },
    orderIds: async (after, limit) =>
      [...streams.keys()]
        .filter((orderId) => byId(orderId, after) > 0)
        .sort(byId)
        .slice(0, limit),
  };
};
