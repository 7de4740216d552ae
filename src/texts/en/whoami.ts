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
  database: 'database',
  peers: 'peers',
  clock: 'clock',
  moved: 'moved by OSS_NOW',
};
