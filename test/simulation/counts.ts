/** How much happened in a life, so that a run of empty ones cannot pass for proof. */
export type Counts = {
  readonly orders: number;
  readonly events: number;
  readonly deaths: number;
  readonly sleeps: number;
  /** Wall clocks that jumped, and machines that slept, in the middle of something. */
  readonly steps: number;
  readonly naps: number;
  readonly stages: Readonly<Record<string, number>>;
};

export const NO_COUNTS: Counts = {
  orders: 0,
  events: 0,
  deaths: 0,
  sleeps: 0,
  steps: 0,
  naps: 0,
  stages: {},
};

/** What two did together. */
export const addedUp = (a: Counts, b: Counts): Counts => {
  const stages = { ...a.stages };
  for (const [stage, count] of Object.entries(b.stages)) stages[stage] = (stages[stage] ?? 0) + count;
  return {
    orders: a.orders + b.orders,
    events: a.events + b.events,
    deaths: a.deaths + b.deaths,
    sleeps: a.sleeps + b.sleeps,
    steps: a.steps + b.steps,
    naps: a.naps + b.naps,
    stages,
  };
};
