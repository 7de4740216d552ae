// The same orders and visits for the program and for the floor.

export const AREA = 'Gangnam-gu';
/** Enough for 20,000 visits in the days that the desk offers. */
export const TECHNICIANS = 400;
const VISITS_A_DAY = 5;
const VISIT_EVERY_MS = 90 * 60_000;
const VISIT_MS = 60 * 60_000;
const DAY_MS = 86_400_000;

export const orderOf = (i) => ({
  name: `Customer ${i}`,
  phone: `010-${String(1000 + (i % 9000))}-${String(i % 10_000).padStart(4, '0')}`,
  address: `${AREA} Teheran-ro ${i}`,
  area: AREA,
  lines: { internet: 1, tv: 0 },
});

/** Who visits the i-th order and when; no two at once. */
export const visitOf = (i, today) => {
  const nth = Math.floor(i / TECHNICIANS);
  const day = today + (2 + Math.floor(nth / VISITS_A_DAY)) * DAY_MS;
  const start = day + 9 * 3_600_000 + (nth % VISITS_A_DAY) * VISIT_EVERY_MS;
  return { technicianId: `T-${i % TECHNICIANS}`, start, end: start + VISIT_MS };
};

export const startOfToday = (now) => now - (now % DAY_MS);

export const technicianOf = (i) => ({
  technicianId: `T-${i}`,
  name: `Technician ${i}`,
  phone: '010-0000-0000',
  skills: ['internet', 'tv'],
  areas: [AREA],
  hours: Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, { from: 540, to: 1080 }])),
  daysOff: [],
  dailyLimit: 20,
  active: true,
});

export const serialOf = (i) => `ALCL${i.toString(16).toUpperCase().padStart(8, '0')}`;

/** Runs `work` for 0 … n-1, `width` at a time. */
export const pool = async (n, width, work) => {
  let next = 0;
  const lane = async () => {
    while (next < n) {
      const i = next;
      next += 1;
      await work(i);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, n) }, lane));
};
