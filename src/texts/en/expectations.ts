import type { ExpectedValues, FaultValue, Unit } from '../../core/codes/expected.ts';
import { type CodedWords, inWords } from '../coded.ts';
import { fileFaults } from './file-faults.ts';

const UNITS: Readonly<Record<Unit, string>> = {
  none: '',
  milliseconds: ' of milliseconds',
  minutes: ' of minutes',
  hours: ' of hours',
  days: ' of days',
  percent: ' of percent',
};

const VALUES: Readonly<Record<FaultValue, string>> = {
  ms: 'milliseconds (whole)',
  seconds: 'seconds (whole), or retry-after: a few',
  code: 'a code such as NO_PORT',
  times: 'a number of times, from 1',
};

const leftOut = (without: string | null): string =>
  without === null ? '' : `; to leave the value out write ${without}`;

/** What a value must be like; said after "expected". */
export const expectations: CodedWords<ExpectedValues> = {
  IN_WORDS: ({ text }) => text,

  DECIMAL: ({ min, max }) => `a number from ${min} to ${max}, with at most two digits behind the point`,
  WHOLE_NUMBER: ({ min, max, unit }) => `a whole number${UNITS[unit]} from ${min} to ${max}`,
  TRUE_OR_FALSE: () => 'true or false',
  ONE_OF: ({ choices }) => choices.join(' or '),
  AREAS: () => 'names of areas, comma separated',
  FAULT_RULES: () => 'fault rules, comma separated',
  HTTP_URL: () => 'an http or https URL without user name, password, query or fragment',
  DAY_HOURS: () => 'hours of a day such as 09:00-20:00',
  LISTEN_ADDRESS: () => 'host:port such as 127.0.0.1:8080 or [::1]:8080; port 0 takes a free one',
  NETWORKS: () => 'addresses or networks such as 10.0.0.5,192.168.0.0/16, comma separated',
  ZONE: () => 'a time zone such as Asia/Seoul or UTC',
  ACTOR: ({ roles }) => `role:name with one of the roles ${roles.join(', ')}`,
  ACCOUNT_RULES: ({ roles }) =>
    `account=role|role or @group=role, separated by commas; a role is ${roles.join(', ')}, or technician:ID`,
  IN_FILE_ONLY: () => 'nothing here: it is believed only in the configuration file',
  REQUIRED: () => 'a value: it is required',
  NOT_SETTABLE: () => 'nothing: it is not for callers to set',
  NO_SUCH_FIELD: ({ fields }) => `one of ${fields.join(', ')}: there is no other`,
  TEXT: ({ most }) => `a text of at most ${most} characters`,
  WELL_FORMED: () => 'a text of whole characters',
  LIST: () => 'a list with at least one element',
  OBJECT: () => 'an object',
  ALL_THE_SAME: () => 'the same in every item: an order has one',
  ONCE: () => 'a value that no other one has',
  NOT_LATER: () => 'a moment that is not in the future',
  MOMENT: () => 'a moment with its offset, such as 2026-11-24T09:00:00+09:00 or 2026-11-24T00:00:00Z',
  PATH: () => 'a path, a sqlite: URL or postgres://user@host:port/database',
  SERVER_URL: () =>
    'postgres://user@host:port/database, and behind a ? only host, options, sslmode (verify-full, require, disable), sslrootcert, sslcert, sslkey and listen (on, off)',
  SHARES: () => 'shares such as agreed=7,no-answer=2,busy=1',
  PRIVATE_FILE: () => 'a file that only its owner can read',
  COMMAND_LINE: () => 'a command line',
  DATABASE_FILE: ({ fault }) => `a database file, but ${inWords(fileFaults, fault)}`,
  NOT_LESS_THAN: ({ key }) => `not less than ${key}`,
  NOT_MORE_THAN: ({ key }) => `not more than ${key}`,
  NOTHING_BESIDE: ({ key }) => `nothing, because ${key} is set too`,

  AT_MOST_DAYS: ({ days }) => `at most ${days} days`,
  FIELDS: ({ fields }) => `fields of ${fields.join(', ')}`,
  JOBS: ({ most }) => `auto, or 1 to ${most}`,
  CURSOR: () => 'a cursor of the page before',
  FEED_CURSOR: () => 'the cursor of an event of this database, e.g. 1:42, or 0 for the beginning',
  ED25519_KEY: ({ which }) => `a PEM file with the ${which} half of an Ed25519 key`,
  HEAD: () => 'what oss db verify printed',
  FREE_PORT: ({ host, error }) => `a port of ${host} that is free and may be used (${error})`,

  FAULT: ({ faults }) => `a fault: ${faults.join(', ')}`,
  FAULT_FORM: ({ form }) => form,
  FAULT_VALUE: ({ form, value, without }) => `${form}, with ${VALUES[value]}${leftOut(without)}`,
  FAULT_ANSWER: ({ form, answers, without }) =>
    `${form}, with an answer: ${answers.join(', ')}${leftOut(without)}`,
  FAULT_FREQUENCY: ({ form }) =>
    `${form}, where a count is a whole number from 1 and a probability is 0.2 or 20%, at most 1.0`,
  FAULT_CLOSED: ({ form }) => `${form}: a closed port is closed for every request`,
  FAULT_SCOPE: () => 'a scope of ne or tm, a method, a path and a part of the key, each at most once',
  ANSWERS: ({ answers }) =>
    `answer=weight, comma separated, e.g. agreed=70,no-answer=20,busy=10; answers: ${answers.join(', ')}`,
};
