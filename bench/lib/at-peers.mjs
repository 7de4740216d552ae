/** The program with both peers at `port`, `jobs` requests at once to each. */
export const atPeers = async ({ compose }, { folder, port, jobs, more = {} }) => {
  const services = compose({
    env: {
      HOME: process.env.HOME,
      OSS_HOME: folder,
      OSS_NE_URL: `http://127.0.0.1:${port}/ne`,
      OSS_TM_URL: `http://127.0.0.1:${port}/tm`,
      OSS_NE_BULKHEAD: String(jobs),
      OSS_TM_BULKHEAD: String(jobs),
      OSS_TZ: 'UTC',
      OSS_ACTOR: 'supervisor:bench',
      ...more,
    },
  });
  return { services, saga: await services.saga() };
};

/** Works until nothing is due, as `oss worker --drain -j` does. */
export const workOn = ({ drain }, saga, jobs) =>
  drain(saga, {
    concurrency: jobs,
    drain: true,
    waitMs: 60_000,
    signal: new AbortController().signal,
    closedLanes: async () => new Map(),
    places: { local: jobs, ne: jobs, tm: jobs },
  });
