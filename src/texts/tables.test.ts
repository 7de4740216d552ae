import { describe, expect, test } from 'vitest';
import { ALL_KEYS } from '../adapters/config/keys.ts';
import { parseFault } from '../adapters/simulators/fault-rule.ts';
import type { DatabaseFaultValues } from '../core/codes/database-fault.ts';
import type { DifferenceValues } from '../core/codes/difference.ts';
import type { EvidenceFaultValues } from '../core/codes/evidence-fault.ts';
import type { ExpectedValues } from '../core/codes/expected.ts';
import type { FileFaultValues } from '../core/codes/file-fault.ts';
import type { FoundValues } from '../core/codes/found.ts';
import { HARD_RULES } from '../core/codes/hard-rule.ts';
import { isOwnHoldCause, OWN_HOLD_CAUSES } from '../core/codes/hold-cause.ts';
import type { PackageFaultValues } from '../core/codes/package-fault.ts';
import type { UrlFaultValues } from '../core/codes/url-fault.ts';
import type { WarningValues } from '../core/codes/warning.ts';
import type { WhyNoneCode } from '../core/codes/why-none.ts';
import { REVISIT_CODES } from '../core/rules/reason-codes.ts';
import { isRefusal } from '../core/rules/refusal.ts';
import { ENGLISH as english } from './catalogue.ts';
import { type CodedWords, inWords } from './coded.ts';
import { databaseFaults as englishDatabase } from './en/database-faults.ts';
import { differences as englishDifferences } from './en/differences.ts';
import { expectations as englishExpected } from './en/expectations.ts';
import { fileFaults as englishFile } from './en/file-faults.ts';
import { found as englishFound } from './en/found.ts';
import { packageFaults as englishPackage } from './en/package-faults.ts';
import { urlFaults as englishUrl } from './en/url-faults.ts';
import { databaseFaults as koreanDatabase } from './ko/database-faults.ts';
import { differences as koreanDifferences } from './ko/differences.ts';
import { expectations as koreanExpected } from './ko/expectations.ts';
import { fileFaults as koreanFile } from './ko/file-faults.ts';
import { found as koreanFound } from './ko/found.ts';
import { KOREAN as korean } from './ko/index.ts';
import { packageFaults as koreanPackage } from './ko/package-faults.ts';
import { urlFaults as koreanUrl } from './ko/url-faults.ts';
import { whyNoneText } from './why-none.ts';

/** Values of every code: a code that comes new is one more line here, or this does not compile. */
const FILE: FileFaultValues = {
  AS_TOLD: { text: 'EACCES' },
  NO_SUCH_FILE: {},
  DIRECTORY: {},
  NOT_REGULAR: {},
  OTHER_OWNER: { uid: 1000 },
  OTHERS_WRITE: { mode: '0666' },
  OTHERS_REPLACE: { folder: '/etc/oss', mode: '0777' },
  IS_DATABASE: {},
  EMPTY: {},
  OTHER_FORMAT: { format: 'csv', said: 'yaml' },
  LARGER_THAN: { kib: 64 },
  TOO_LARGE_FOR_YAML: {},
  NESTED_TOO_DEEPLY: {},
  NOT_TEXT: {},
  NOT_UTF8: {},
  NOT_UTF8_NOR_CP949: {},
  NOT_IN_ENCODING: { encoding: 'UTF-16LE' },
  NO_SETTINGS: {},
  ALIAS_AT: { line: 7 },
  SET_TWICE: { key: 'tz', line: 7 },
  KEY_NOT_TEXT: {},
  NO_TOKEN: {},
  NO_PASSWORD: {},
  COMMAND_FAILED: { exit: '3' },
  COMMAND_SILENT: { seconds: 10 },
  COMMAND_BROKEN: {},
  CELLS: { cells: 2, columns: 7 },
  COLUMN_WITHOUT_NAME: { column: 3 },
  NO_COLUMN_NAME: {},
  COLUMN_TWICE: {},
  ROW_TOO_LONG: { most: 1_000 },
  QUOTE_NOT_CLOSED: {},
  QUOTE_WRONG: {},
  LINE_TOO_LONG: { most: 1_000 },
  NOT_JSON: {},
  NOT_JSON_FROM: { column: 12 },
  NO_VALUE_NAME: {},
  THERE_TWICE: {},
  IS_OBJECT: {},
  NOT_A_LIST_OF_TEXTS: {},
  NOT_PLAIN: {},
  NOT_ROWS: {},
  ROW_NOT_ON_ITS_LINE: {},
  NOT_A_ROW: {},
  NAME_NOT_TEXT: {},
  ALIAS: {},
  NO_SUCH_COLUMN: { meant: 'phone' },
  MISSING: {},
  SAME_AS: { line: 2 },
  NOT_AN_ID: { text: 'a b' },
  NOT_A_NAME: { text: '?' },
  NOT_A_PHONE: { text: '12' },
  NOT_SKILLS: { text: 'radio' },
  NOT_AREAS: { text: '|' },
  NOT_DATES: { text: 'soon' },
  NOT_IN_RANGE: { text: '99', min: 1, max: 50 },
  NOT_TRUE_OR_FALSE: { text: 'maybe' },
  NOT_HOURS: { text: 'always' },
  TOO_LONG: { most: 300 },
  DAY_TWICE: { weekday: 1 },
  BASE_UNKNOWN: { text: 'Mapoo', meant: 'Mapo' },
  BASE_AMBIGUOUS: { text: 'Jung', candidates: ['Busan Jung', 'Seoul Jung'] },
  NO_ROWS: {},
  TOO_MANY_ROWS: { most: 1_000 },
  NOT_AN_AREA: { text: '\t' },
  NOT_LATITUDE: { text: '91' },
  NOT_LONGITUDE: { text: '181' },
  SWAPPED: { text: '127.1' },
  DISAGREES: { line: 3 },
  HOLES: { areas: ['Mapo', 'Jung'] },
};

const DATABASE: DatabaseFaultValues = {
  NO_PASSWORD: {},
  NO_SCHEMA: {},
  NOT_VERIFIED: {},
  NO_TLS: {},
  CERTIFICATE: { text: 'self-signed certificate' },
  AS_TOLD: { text: 'disk I/O error (SQLITE_IOERR)' },
  NOT_A_FILE: {},
  NOT_SQLITE: {},
  OTHER_PROGRAM: {},
  NO_WRITE_AHEAD_LOG: {},
  PROBLEMS: { problems: 2, first: 'gap', at: { orderId: 'ORD-000001', version: 3 } },
  NOT_JSON: { document: 'view', of: 'ORD-000001' },
  NOT_AN_OBJECT: { document: 'breaker', of: 'ne:simulated' },
  BATCH_STATE: { batchId: 'B-1', state: 'x' },
  BATCH_ROW_STATE: { batchId: 'B-1', line: 4, state: 'x' },
  NO_SEQUENCE: { name: 'order' },
  NO_SECRET: {},
  AUDIT_MUTED: {},
  SCHEMA_OTHER: { kind: 'foreign', object: 'trigger mute', more: 2 },
};

const DIFFERENCES: DifferenceValues = {
  AS_WRITTEN: { text: 'the log knows NE-1' },
  ORDER_UNKNOWN: {},
  NEVER_PLANNED: {},
  WAS_SWITCHED_OFF: {},
  NEVER_SWITCHED_ON: {},
  LEFT_UNPROVEN: {},
  UNPROVEN_IS_ON: {},
  OTHER_ID: { neId: 'NE-1' },
  OTHER_VALUES: {
    values: [
      { name: null, has: 'a', sent: 'b' },
      { name: 'vlan', has: null, sent: '774' },
    ],
  },
  NOT_THERE: {},
  TERMINATED: {},
  SHOWN_AGAIN: {},
  OTHER_PEER: { asked: 'ne:simulated' },
  AT_DESK: { appointmentId: 'APT-1', status: 'confirmed' },
  AGREED_BY_HAND: { appointmentId: 'APT-1' },
  OTHER_APPOINTMENT: { appointmentId: 'APT-1', known: 'APT-2' },
  ENDED_HERE: { appointmentId: 'APT-1' },
  ENDED_BY_DESK: { appointmentId: 'APT-1', reason: 'CLOSED' },
  MOVED_BY_DESK: {
    appointmentId: 'APT-1',
    start: '2026-11-25T01:00:00.000Z',
    end: '2026-11-25T02:00:00.000Z',
  },
  UNKNOWN_TO_DESK: { appointmentId: 'APT-1' },
  SHOWN_BY_DESK_AGAIN: { appointmentId: 'APT-1' },
};

const FOUND: FoundValues = {
  OTHER_KEY: { neId: 'NE-1', key: 'ORD-000001/tv.stb#1/1' },
  STILL_ACTIVE: { neIds: ['NE-1', 'NE-2'] },
  TERMINATED: { neId: 'NE-1' },
  NOT_KNOWN: { neId: 'NE-1' },
  SEVERAL: { neId: 'NE-1' },
  UNREADABLE: { cause: { code: 'BODY_EMPTY' } },
  OTHERS_ACTIVE: { neIds: ['NE-2'] },
  REQUESTED_ELSEWHERE: { asked: 'ne:a', here: 'ne:b' },
};

const EVIDENCE: EvidenceFaultValues = {
  ont: {},
  'ont-format': { serial: 'X' },
  rx: {},
  'rx-range': { dbm: 18.5 },
  stb: { given: 1, needed: 2 },
  'stb-too-many': { given: 3, needed: 2 },
  'stb-format': { serial: 'X' },
  'stb-duplicate': { serial: 'X' },
  signer: {},
};

const WARNINGS: WarningValues = {
  PROXY_UNUSED: { peer: 'ne', variable: 'HTTPS_PROXY' },
  BREAKER_DAMAGED: { name: 'ne:simulated', fields: 'state, gen' },
  BREAKER_NOT_WRITTEN: { name: 'ne:simulated', error: 'EIO' },
  PEERS_MIXED: { peer: 'ne', by: 'real' },
  ANSWERER_NOT_NOTED: { peer: 'tm', error: 'EIO' },
};

const URLS: UrlFaultValues = {
  NOT_ABSOLUTE: {},
  NOT_HTTP: { protocol: 'ftp:' },
  CREDENTIALS: { file: 'ne.tokenFile', command: 'ne.tokenCommand' },
  QUERY: {},
  NOT_HTTPS: { lifts: 'ne.allowHttp' },
  ONE_OF_BOTH: { set: 'ne.url', missing: 'tm.url' },
};

const PACKAGES: PackageFaultValues = {
  MISSING: {},
  NATIVE_MISSING: {},
  OTHER_NODE: { version: 'v20.19.0' },
  AS_TOLD: { text: 'file too short' },
};

const EXPECTED: ExpectedValues = {
  IN_WORDS: { text: '네 자리 숫자' },
  WHOLE_NUMBER: { min: 1, max: 9, unit: 'minutes' },
  DECIMAL: { min: 1, max: 5 },
  TRUE_OR_FALSE: {},
  ONE_OF: { choices: ['en', 'ko'] },
  REQUIRED: {},
  NOT_SETTABLE: {},
  NO_SUCH_FIELD: { fields: ['id', 'action'] },
  TEXT: { most: 100 },
  WELL_FORMED: {},
  LIST: {},
  OBJECT: {},
  ALL_THE_SAME: {},
  ONCE: {},
  NOT_LATER: {},
  AREAS: {},
  FAULT_RULES: {},
  HTTP_URL: {},
  DAY_HOURS: {},
  LISTEN_ADDRESS: {},
  NETWORKS: {},
  ZONE: {},
  ACTOR: { roles: ['cs', 'noc'] },
  ACCOUNT_RULES: { roles: ['supervisor', 'cs'] },
  IN_FILE_ONLY: {},
  MOMENT: {},
  PATH: {},
  SERVER_URL: {},
  SHARES: {},
  PRIVATE_FILE: {},
  COMMAND_LINE: {},
  DATABASE_FILE: { fault: { code: 'DIRECTORY' } },
  NOT_LESS_THAN: { key: 'ne.pollMs' },
  NOT_MORE_THAN: { key: 'orders.maxLines' },
  NOTHING_BESIDE: { key: 'ne.tokenFile' },
  AT_MOST_DAYS: { days: 366 },
  FIELDS: { fields: ['id', 'name'] },
  JOBS: { most: 64 },
  CURSOR: {},
  FEED_CURSOR: {},
  HEAD: {},
  ED25519_KEY: { which: 'private' },
  FREE_PORT: { host: '127.0.0.1', error: 'EADDRINUSE' },
  FAULT: { faults: ['refuse', 'stall'] },
  FAULT_FORM: { form: 'stall[:probability|:count][@scope]' },
  FAULT_VALUE: {
    form: '503[:seconds][:probability|:count][@scope]',
    value: 'seconds',
    without: '503::0.5',
  },
  FAULT_ANSWER: {
    form: 'answer:<answer>[:probability|:count][@scope]',
    answers: ['busy'],
    without: null,
  },
  FAULT_FREQUENCY: { form: 'stall[:probability|:count][@scope]' },
  FAULT_CLOSED: { form: 'refuse[:ms]' },
  FAULT_SCOPE: {},
  ANSWERS: { answers: ['agreed', 'busy'] },
};

/** What is only another's words, or values, in every language. */
const NO_WORDS = ['AS_TOLD', 'AS_WRITTEN', 'IN_WORDS'];

type Row = readonly [code: string, english: string, korean: string];

const rows = <Table extends object>(
  values: Table,
  english: CodedWords<Table>,
  korean: CodedWords<Table>,
): readonly Row[] =>
  (Object.keys(values) as (keyof Table & string)[]).map((code) => [
    code,
    english[code](values[code]),
    korean[code](values[code]),
  ]);

describe.each([
  ['a file', FILE, rows(FILE, englishFile, koreanFile)],
  ['a database', DATABASE, rows(DATABASE, englishDatabase, koreanDatabase)],
  ['a package', PACKAGES, rows(PACKAGES, englishPackage, koreanPackage)],
  ['a difference', DIFFERENCES, rows(DIFFERENCES, englishDifferences, koreanDifferences)],
  ['what the NE says', FOUND, rows(FOUND, englishFound, koreanFound)],
  ['the evidence', EVIDENCE, rows(EVIDENCE, english.field.faults, korean.field.faults)],
  ['a warning', WARNINGS, rows(WARNINGS, english.warnings, korean.warnings)],
  ["a peer's address", URLS, rows(URLS, englishUrl, koreanUrl)],
  ['what is expected', EXPECTED, rows(EXPECTED, englishExpected, koreanExpected)],
] as const)('the words of %s', (_name, _values, told) => {
  test.each(told)('%s', (code, english, korean) => {
    expect([english, korean].join()).not.toMatch(/undefined|\[object/);
    if (NO_WORDS.includes(code)) return;
    expect(english).not.toMatch(/[가-힣]/);
    expect(korean).toMatch(/[가-힣]/);
    // No English word is left between the Korean ones, but names of things.
    expect(korean).not.toMatch(/\b(?:probability|whole|expected|such as|leave|is not|must|longer)\b/);
  });
});

test('every setting says in Korean what it may be', () => {
  expect(ALL_KEYS.length).toBeGreaterThan(20);
  for (const { key, expected } of ALL_KEYS)
    expect([key, inWords(koreanExpected, expected)].join()).toMatch(/[가-힣]/);
});

test.each([
  'explode',
  'late-after',
  'late-after:soon',
  'reject:no port',
  'revert-fails:0',
  'answer:maybe',
  '503:0.5',
  '503:soon',
  'reset-after:0',
  'reset-after:1:2',
  'reset-after@GET POST',
  'refuse@POST',
])('the fault rule %s is refused in words of both languages', (rule) => {
  let refused: unknown;
  try {
    parseFault(rule);
  } catch (error) {
    refused = error;
  }
  if (!isRefusal(refused, 'BAD_VALUE')) throw new Error(`${rule} is not refused`);
  const korean = inWords(koreanExpected, refused.detail.expected);
  expect(korean).toMatch(/[가-힣]/);
  expect(korean).not.toMatch(/probability|whole|expected|such as|leave/);
  expect(inWords(englishExpected, refused.detail.expected)).not.toMatch(/[가-힣]/);
});

test('numbers and names stand where they belong', () => {
  const korean = (code: keyof FileFaultValues & ('CELLS' | 'SET_TWICE')): string =>
    koreanFile[code](FILE[code] as never);
  expect(korean('CELLS')).toBe('칸이 2개인데 머리글은 7개입니다');
  expect(korean('SET_TWICE')).toBe('tz가 두 번 있습니다(7행)');
  expect(englishFile.NOT_IN_RANGE(FILE.NOT_IN_RANGE)).toBe('"99" is not a whole number from 1 to 50');
  expect(koreanExpected.DATABASE_FILE(EXPECTED.DATABASE_FILE)).toBe('데이터베이스 파일(폴더입니다)');
});

test.each(OWN_HOLD_CAUSES)('the cause of a hold %s has words in both languages', (cause) => {
  expect(english.orders.causes[cause]).toMatch(/^[a-zA-Z ,']+$/);
  expect(korean.orders.causes[cause]).toMatch(/[가-힣]/);
});

test('every code of a revisit that holds the order is a cause with words', () => {
  for (const [code, { to }] of Object.entries(REVISIT_CODES)) {
    expect([code, to !== 'held' || isOwnHoldCause(code)]).toEqual([code, true]);
  }
});

test.each<WhyNoneCode>([
  'AREA_UNKNOWN',
  'NO_TECHNICIANS',
  'AGREED_TIME',
  'NOBODY_AT_AGREED_SLOT',
  ...HARD_RULES.map((rule) => `${rule}:3` as const),
])('what stands in the way of a choice is told in both languages: %s', (why) => {
  const inEnglish = whyNoneText(why, english.schedule.whyNone);
  const inKorean = whyNoneText(why, korean.schedule.whyNone);
  expect(inEnglish).not.toMatch(/[가-힣]|undefined/);
  expect(inKorean).toMatch(/[가-힣]/);
  if (why.includes(':')) expect([inEnglish, inKorean].every((text) => text.includes('3'))).toBe(true);
});
