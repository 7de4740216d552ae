import { defineCommand } from '../framework/parse/descriptor.ts';

export const dbCopy = defineCommand({
  path: 'db copy',
  summary: 'move the database from its file to a server',
  details:
    'The file is sealed first: from then on nobody writes to it, older programs neither. Then everything is copied into the empty database of ' +
    'the server and verified there, the file is sealed for good, and only then is the other one opened; never can both be written to. Killed ' +
    'anywhere, it goes on when the same is said again. Afterwards set db or OSS_DB to the server. As long as the server is not open, --unseal ' +
    'goes back. The way back later is db backup.',
  flags: {
    to: {
      type: 'text',
      max: 4096,
      placeholder: 'URL',
      summary: 'postgres://user@host:port/database, which is empty',
    },
    unseal: { type: 'boolean', summary: 'stay with the file: nobody uses the copy' },
  },
  examples: [
    { line: 'db copy --to postgres://oss@db1/oss' },
    { line: 'db copy --unseal', says: 'the copy is given up' },
  ],
  output: { kind: 'object', schema: 'oss.copied/1' },
  change: false,
});
