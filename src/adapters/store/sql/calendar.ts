import type { Calendar } from '../../../core/ports/store.ts';
import type { Occupied } from '../../../core/technicians/technician.ts';
import { query } from './query.ts';
import type { Session } from './session.ts';

type VisitRow = {
  readonly order_id: string;
  readonly technician_id: string;
  readonly slot_start: string;
  readonly slot_end: string;
  readonly kind: string;
  readonly area: string | null;
};

const removeOfOrder = query((db, p: { orderId: string }) =>
  db.deleteFrom('visits').where('order_id', '=', p.orderId),
);

const insertVisit = query((db, p: VisitRow) =>
  db.insertInto('visits').values({
    order_id: p.order_id,
    technician_id: p.technician_id,
    slot_start: p.slot_start,
    slot_end: p.slot_end,
    kind: p.kind,
    area: p.area,
  }),
);

const overlapping = query((db, p: { from: string; to: string }) =>
  db
    .selectFrom('visits')
    .selectAll()
    .where('slot_end', '>', p.from)
    .where('slot_start', '<', p.to)
    .orderBy('technician_id')
    .orderBy('slot_start')
    .orderBy((eb) => eb.fn('length', ['order_id']))
    .orderBy('order_id'),
);

const overlappingOfOne = query((db, p: { from: string; to: string; technicianId: string }) =>
  db
    .selectFrom('visits')
    .selectAll()
    .where('technician_id', '=', p.technicianId)
    .where('slot_end', '>', p.from)
    .where('slot_start', '<', p.to)
    .orderBy('slot_start')
    .orderBy((eb) => eb.fn('length', ['order_id']))
    .orderBy('order_id'),
);

const toOccupied = (row: VisitRow): Occupied => ({
  orderId: row.order_id,
  technicianId: row.technician_id,
  slot: { start: row.slot_start, end: row.slot_end },
  kind: row.kind === 'agreed' ? 'agreed' : 'held',
  area: row.area,
});

/** The technicians' calendar. */
export const sqlCalendar = (session: Session): Calendar => ({
  put: async (orderId, occupied) => {
    await session.run(removeOfOrder, { orderId });
    for (const { technicianId, slot, kind, area } of occupied) {
      await session.run(insertVisit, {
        order_id: orderId,
        technician_id: technicianId,
        slot_start: slot.start,
        slot_end: slot.end,
        kind,
        area,
      });
    }
  },
  between: async (from, to, technicianId) => {
    const rows =
      technicianId === undefined
        ? await session.all(overlapping, { from, to })
        : await session.all(overlappingOfOne, { from, to, technicianId });
    return rows.map(toOccupied);
  },
});
