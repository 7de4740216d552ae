// Verifies and rebuilds a database of many events: node maintain.mjs <library> <folder>
const [library, folder] = process.argv.slice(2);
const { compose, rebuild } = await import(library);
const services = compose({ env: { HOME: process.env.HOME, OSS_HOME: folder } });
// Not the store of the commands: that one would ask for the peers the database is bound to.
const database = await services.database('write');
const deps = { ...services, store: database };

const perSecond = async (work) => {
  const begun = performance.now();
  const events = await work();
  return events / ((performance.now() - begun) / 1000);
};

const verify = await perSecond(async () => {
  const { events, problemCount } = await database.verify();
  if (problemCount > 0) throw new Error(`${problemCount} problems`);
  return events;
});
const rebuilt = await perSecond(async () => {
  const { events, changed } = await rebuild(deps);
  if (changed > 0) throw new Error(`${changed} views were not what the log says`);
  return events;
});
await services.close();
process.stdout.write(`${JSON.stringify({ verify, rebuild: rebuilt })}\n`);
