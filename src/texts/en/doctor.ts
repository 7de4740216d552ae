import { count } from './count.ts';

export const doctor = {
  states: { ok: 'ok', warn: 'warn', bad: 'bad' },
  names: {
    configuration: 'configuration',
    access: 'who may what',
    database: 'database',
    binding: 'bound to',
    disk: 'disk',
    clock: 'clock',
    ne: 'NE',
    tm: 'TM desk',
    breakers: 'breakers',
    worker: 'worker',
    work: 'work',
    server: 'server',
    comparison: 'comparison',
    areas: 'areas',
    leftovers: 'left behind',
  },
  columns: { state: 'STATE', what: 'WHAT', detail: 'DETAIL', next: 'WHAT TO DO' },
  nothingLeft: 'nothing of processes that were killed',
  left: (files: readonly string[]): string =>
    `${count(files.length, 'file', 'files')} of processes that were killed, with personal data in them: ${files.join(', ')}`,
  advice: 'the role is advice: access.roles is not set, and whoever calls may name any',
  held: (account: string, grants: readonly string[], file: string): string =>
    `${account} may act as ${grants.join(', ')}, by ${file}; it holds who can neither write that file nor name another, nor open the database without this program`,
  noFile: (path: string): string => `defaults; there is no ${path}`,
  database: (path: string, orders: number, events: number): string =>
    `${path}: ${count(orders, 'order', 'orders')}, ${count(events, 'event', 'events')}`,
  noDatabase: (path: string): string => `none yet at ${path}; the first order makes it`,
  unbound: 'nobody yet: the first write binds it',
  boundElsewhere: (bound: string, configured: string): string => `${bound}; configured is ${configured}`,
  mixed: (bound: string): string =>
    `${bound}; a simulator answered and a real peer too: see that both URLs are the right ones, then bind anew`,
  clockBehind: (now: string, last: string): string => `it is ${now}, and the last event is of ${last}`,
  clockMoved: (now: string): string => `${now}, moved by OSS_NOW`,
  clockStepped: (byMs: number, since: string): string =>
    `the clock of this machine was put ${byMs > 0 ? 'on' : 'back'} by ${Math.round(Math.abs(byMs) / 1_000)} s since it showed ${since}; no order is at risk, but times on the log are wrong by as much`,
  keepClock: 'have the clock kept right by the system (NTP), in small steps',
  setClock: 'set the clock of this machine',
  noFolder: (folder: string): string => `${folder} is not there yet`,
  free: (mebibytes: number, folder: string): string => `${mebibytes} MiB free in ${folder}`,
  makeRoom: 'make room: nothing can be written on a full disk',
  simulated: 'simulated, inside every command',
  proxyUnused: (variable: string): string => `${variable} is set and not used`,
  proxyMeant: 'if asking it directly is right, name its host in NO_PROXY',
  answers: (url: string): string => `answers at ${url}`,
  notAsked: (cause: string, until: string): string =>
    `not asked: ${cause}${until === '' ? '' : `, until ${until}`}`,
  noLookUp: (url: string, cause: string): string => `${url} cannot look up by key (${cause})`,
  askPeer: 'orders in doubt will be held for a person: ask for the look-up to be made available',
  misconfigured: (url: string, cause: string): string => `${url} does not accept our requests: ${cause}`,
  checkToken: (peer: string): string => `check ${peer}.url and ${peer}.tokenFile`,
  unreachable: (url: string, cause: string): string => `${url}: ${cause}`,
  nothingLost: 'nothing is lost: a worker goes on when it is back',
  closed: 'all closed',
  open: (name: string, until: string, cause: string): string =>
    `${name} is open${until === '' ? '' : ` until ${until}`}${cause === '' ? '' : `: ${cause}`}`,
  noServer: (listen: string): string => `none at ${listen}`,
  serverReady: (listen: string): string => `ready at ${listen}`,
  serverNotReady: (listen: string): string =>
    `at ${listen}, and not ready: it ends, or its database does not answer`,
  seeServer: 'see what it says on its stderr',
  serverIsOther: (listen: string): string => `what answers at ${listen} is another program`,
  otherPort: 'name another port in serve.listen',
  workerRuns: 'running',
  noWorkerNeeded: 'none running, and nothing is due',
  noWorker: (due: number): string => `none running, and ${count(due, 'order is', 'orders are')} due`,
  noWorkerForRetries: (n: number): string =>
    `none running, and ${count(n, 'order waits', 'orders wait')} to be tried again`,
  neverCompared: 'the NE and the log were not compared yet',
  comparedAt: (at: string): string => `${at}, nothing is left to people`,
  comparedPartly: (at: string): string => `${at}, and not everything could be seen`,
  notCompared: (at: string, cause: string): string => `not possible ${at}: ${cause}`,
  findings: (n: number, at: string): string =>
    `${at}: ${count(n, 'difference is', 'differences are')} left to people`,
  due: (due: number): string => `${due} due now, nothing fails`,
  aside: (orders: readonly string[]): string => `set aside: ${orders.join('; ')}`,
  failing: (n: number): string =>
    `${count(n, 'order keeps', 'orders keep')} failing; it is tried again with growing pauses`,
  noAreas: (minutes: number): string =>
    `no areas were imported: every way is reckoned with ${minutes} minutes, so a plan may not be drivable`,
  areas: (n: number, version: string): string => `${n} known, version ${version}`,
  areasUnclear: (unknown: readonly string[], ambiguous: readonly string[]): string =>
    [
      ...(unknown.length > 0 ? [`not imported: ${unknown.join(', ')}`] : []),
      ...(ambiguous.length > 0 ? [`of which city: ${ambiguous.join(', ')}`] : []),
    ].join('; '),
};
