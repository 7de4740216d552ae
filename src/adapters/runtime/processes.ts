import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import type { Processes } from '../../core/ports/runtime.ts';

/**
 * Who this process is: `host/pid/start`, e.g. `desk-3~9f2c41aa/4711/8823104`. The host carries a mark of this boot and
 * of this container, because a process number says nothing in another one. The start (clock ticks since boot) tells a
 * process from a later one that got the same number.
 */
export const systemProcesses = (): Processes => {
  let known: { readonly host: string; readonly self: string } | undefined;
  // Most commands only read, and never say who they are.
  const identity = () => {
    known ??= identify();
    return known;
  };
  return {
    get self() {
      return identity().self;
    },
    alive: (owner) => owner === identity().self || isAlive(owner, identity().host),
  };
};

const identify = (): { readonly host: string; readonly self: string } => {
  const host = hostMark();
  return { host, self: `${host}/${process.pid}/${startOf('self') ?? Math.floor(performance.timeOrigin)}` };
};

/** An owner that this process cannot judge (another host, unreadable) counts as alive: its lease will end. */
const isAlive = (owner: string, host: string): boolean => {
  const [ownerHost, pidText = '', start, ...more] = owner.split('/');
  if (ownerHost !== host || start === undefined || more.length > 0 || !/^[1-9][0-9]{0,9}$/.test(pidText))
    return true;
  const pid = Number(pidText);
  if (!answersSignals(pid)) return false;
  const found = startOf(pid);
  // Without /proc the number alone has to do; a number that was given again keeps a lease until it ends.
  return found === null || found === start;
};

const answersSignals = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to another account.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
};

/** Start of a process, from /proc; '' for a zombie, which never runs again; null where there is no /proc. */
const startOf = (pid: number | 'self'): string | null => {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  // The second field is the program's name in parentheses, which may hold spaces and parentheses itself.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === 'Z' || state === 'X') return '';
  return fields[18] ?? null;
};

/** What a process must share with another to know whether that one lives: the boot of one machine, and its numbers of processes. */
const placeOfNumbers = (): string => {
  if (process.platform !== 'linux') return networkCards();
  const boot = readOrEmpty('/proc/sys/kernel/random/boot_id');
  const container = linkOrEmpty('/proc/self/ns/pid');
  // Where one of them cannot be read, nobody else is of the same place.
  return boot === '' || container === '' ? randomUUID() : `${boot}\n${container}`;
};

/** Elsewhere nothing tells a boot; but there are no containers either, and a number that lives is believed to be the same one. */
const networkCards = (): string =>
  Object.values(networkInterfaces())
    .flatMap((cards = []) => cards.map(({ mac }) => mac))
    .sort()
    .join();

const hostMark = (): string => {
  const mark = createHash('sha256').update(placeOfNumbers()).digest('hex').slice(0, 8);
  return `${hostname().replaceAll('/', '-')}~${mark}`;
};

const readOrEmpty = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

const linkOrEmpty = (path: string): string => {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
};
