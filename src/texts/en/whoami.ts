const roles: Readonly<Record<string, string>> = {
  supervisor: 'supervisor: may do everything',
  cs: 'customer service: takes and changes orders',
  dispatcher: 'dispatcher: plans visits',
  tm: 'call desk: phones customers',
  technician: 'technician: reports on their own visits',
  noc: 'network operations: mends what the network holds up',
  batch: 'a batch',
  system: 'a program',
};

export const whoami = {
  roles,
  role: 'role',
  access: 'account',
  advice: (account: string): string =>
    `${account}; the role is advice: access.roles is not set, and whoever calls may name any`,
  held: (account: string, grants: readonly string[]): string =>
    `${account}; may act as ${grants.join(', ')} by access.roles of this configuration file`,
  database: 'database',
  peers: 'peers',
  clock: 'clock',
  moved: 'moved by OSS_NOW',
};
