// The sample orders planned for a file of technicians, and what becomes of the ways between their visits.
import { join } from 'node:path';
import { root } from './library.mjs';

const sample = (name) => join(root, 'data', 'samples', name);

/** As fast as nobody drives through the country: a straight line, in kilometres an hour. */
const KM_PER_HOUR = 60;
const EARTH_KM = 6_371;

const kmBetween = (a, b) => {
  const rad = Math.PI / 180;
  const half = (x) => Math.sin((x * rad) / 2) ** 2;
  const h = half(b.lat - a.lat) + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * half(b.lon - a.lon);
  return 2 * EARTH_KM * Math.asin(Math.sqrt(h));
};

/**
 * How many of the visits follow one in another area on the same day, and how many of those ways take longer in a straight line
 * than the time between the two.
 */
export const sampleHops = async (library, technicianFile) => {
  const { readAreaFile, readCsv, readTechnicianFile, travelOf, planVisits, DEFAULT_POLICY } = library;
  const { file } = await readAreaFile(sample('areas.csv'), { never: [] });
  const { technicians } = await readTechnicianFile(sample(technicianFile), { never: [] });
  const places = { version: 'sample', importedAt: '2026-11-22T00:00:00.000Z', rows: file.rows };
  const requests = [];
  for await (const { record } of readCsv(sample('orders.csv'), { onError: () => {} })) {
    requests.push({
      orderId: `ORD-${String(requests.length + 1).padStart(6, '0')}`,
      lines: { internet: Number(record.internet), tv: Number(record.tv) },
      area: record.area,
      wishes: {},
      offered: null,
    });
  }
  const travel = travelOf({ places, matrix: null }, DEFAULT_POLICY);
  const now = Date.parse('2026-11-23T08:00:00+09:00');
  const { placed } = planVisits(requests, {
    ...{ technicians, occupied: [], travel, policy: DEFAULT_POLICY, now },
  });
  const areaOf = new Map(requests.map(({ orderId, area }) => [orderId, area]));
  const placeOf = new Map(file.rows.map((row) => [row.area, row]));
  const byStart = [...placed].sort((a, b) => (a.slot.start < b.slot.start ? -1 : 1));
  const last = new Map();
  const counts = { orders: requests.length, placed: placed.length, hops: 0, impossible: 0 };
  for (const { technicianId, orderId, slot } of byStart) {
    const [area, date] = [
      areaOf.get(orderId),
      new Date(Date.parse(slot.start) + 9 * 3_600_000).toISOString().slice(0, 10),
    ];
    const before = last.get(technicianId);
    last.set(technicianId, { area, date, end: slot.end });
    if (before === undefined || before.date !== date || before.area === area) continue;
    counts.hops += 1;
    const hours = (Date.parse(slot.start) - Date.parse(before.end)) / 3_600_000;
    const km = kmBetween(placeOf.get(before.area), placeOf.get(area));
    if (km > hours * KM_PER_HOUR) counts.impossible += 1;
  }
  return counts;
};
