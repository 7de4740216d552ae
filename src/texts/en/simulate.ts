export const simulate = {
  peer: 'PEER',
  point: (environment: string): string =>
    `point oss at it, with a database of its own: export ${environment}`,
  admin: (token: string): string => `faults at run time: header X-Admin-Token: ${token} at /admin/faults`,
  ledger: (path: string): string => `what truly happened: GET /admin/ledger, kept in ${path}`,
  stop: 'simulated; Ctrl-C stops it',
};
