import type { DatabaseFaultValues, StoredDocument } from '../../core/codes/database-fault.ts';
import type { CodedWords } from '../coded.ts';
import { count } from './count.ts';

const DOCUMENTS: Readonly<Record<StoredDocument, (of: string) => string>> = {
  travel: (of) => `what was imported about areas (${of})`,
  technician: (of) => `the technician ${of}`,
  binding: () => 'the binding',
  'audit-detail': (of) => `the detail of audit entry ${of}`,
  breaker: (of) => `the breaker ${of}`,
  view: (of) => `the view of ${of}`,
  finding: (of) => `the finding of ${of}`,
  'key-marks': () => 'the marks of the names',
  epochs: () => 'the record of its epochs',
  comparison: () => 'the last comparison',
};

const SCHEMA = {
  missing: (object: string) => `its ${object} is missing`,
  foreign: (object: string) => `its ${object} is not ours`,
  changed: (object: string) => `its ${object} is not as it was made`,
} as const;

export const databaseFaults: CodedWords<DatabaseFaultValues> = {
  AS_TOLD: ({ text }) => text,
  NO_PASSWORD: () => 'it asks for a password, and none is known',
  NO_SCHEMA: () => 'no schema of its search_path is there and may be used by this role',
  NOT_VERIFIED: () => 'nobody looks who answers, or everybody on the way can listen',
  NO_TLS: () => 'the server does not speak TLS',
  CERTIFICATE: ({ text }) => `its certificate is not to be believed: ${text}`,
  NOT_A_FILE: () => 'it is not a file',
  NOT_SQLITE: () => 'it is not an SQLite database',
  OTHER_PROGRAM: () => 'another program made it',
  NO_WRITE_AHEAD_LOG: () => 'its file system cannot keep a write-ahead log',
  PROBLEMS: ({ problems, first, at }) =>
    `${count(problems, 'problem', 'problems')}, the first: ${first}${at === null ? '' : ` in event ${at.version} of ${at.orderId}`}`,
  NOT_JSON: ({ document, of }) => `${DOCUMENTS[document](of)} is not JSON`,
  NOT_AN_OBJECT: ({ document, of }) => `${DOCUMENTS[document](of)} is not an object`,
  BATCH_STATE: ({ batchId, state }) => `the state of batch ${batchId}: ${state}`,
  BATCH_ROW_STATE: ({ batchId, line, state }) => `the state of line ${line} in batch ${batchId}: ${state}`,
  NO_SEQUENCE: ({ name }) => `the sequence ${name} is missing`,
  NO_SECRET: () => 'the secret of the fingerprints is missing',
  SCHEMA_OTHER: ({ kind, object, more }) =>
    `${SCHEMA[kind](object)}${more === 0 ? '' : `, and ${more} more`} (oss db verify tells all)`,
  AUDIT_MUTED: () =>
    'the audit log does not keep what is written to it; a trigger that is not ours may swallow it (oss db verify tells)',
};
