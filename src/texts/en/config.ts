export const config = {
  file: 'configuration',
  database: 'database',
  noFile: 'not there yet',
  problem: 'PROBLEM',
  valid: 'the configuration is valid',
  notRecorded: 'there is no database yet: no audit knows of this change',
  overruled: (origin: string): string => `the file was written, but ${origin} wins over it`,
};
