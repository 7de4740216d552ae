/** A process as people know it: the host that it runs on, and its number there. */
export type ProcessName = {
  /** Without the mark of its boot and container. */
  readonly host: string;
  /** null: it does not say. */
  readonly pid: number | null;
};

/** Reads `desk-3~9f2c41aa/4711/8823104`, the name by which a process takes work; of anything else all of it is the host. */
export const processName = (owner: string): ProcessName => {
  const [, host = owner, pid] = /^(.+?)(?:~[0-9a-f]{8})?\/([1-9][0-9]{0,9})\/[^/]*$/.exec(owner) ?? [];
  return { host, pid: pid === undefined ? null : Number(pid) };
};
