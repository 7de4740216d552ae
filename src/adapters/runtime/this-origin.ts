import { hostname, userInfo } from 'node:os';

type ThisOrigin = { readonly host: string; readonly osUser: string };

let known: ThisOrigin | undefined;

/** An account without an entry in the machine's list of users, as in containers, has its number for a name. */
const accountName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return `uid:${process.getuid?.() ?? '?'}`;
  }
};

/** The machine and the account of the operating system that this process runs as. Read once. */
export const thisOrigin = (): ThisOrigin => {
  known ??= { host: hostname() || 'localhost', osUser: accountName() };
  return known;
};
