import type { FileFaultValues } from '../../core/codes/file-fault.ts';
import { weekdayName } from '../../core/time/weekday.ts';
import type { CodedWords } from '../coded.ts';

const isNot = (text: string, what: string): string => `"${text}" is not ${what}`;

/** What is wrong with a file, a row or a cell: said after its name. */
export const fileFaults: CodedWords<FileFaultValues> = {
  AS_TOLD: ({ text }) => text,

  NO_SUCH_FILE: () => 'there is no such file',
  DIRECTORY: () => 'it is a directory',
  OTHER_OWNER: ({ uid }) => `it belongs to another account (uid ${uid}): make it your own (chown)`,
  OTHERS_WRITE: ({ mode }) => `others can write it (its mode is ${mode}): take that away (chmod go-w)`,
  OTHERS_REPLACE: ({ folder, mode }) =>
    `everybody can replace it in ${folder} (its mode is ${mode}): take that away (chmod o-w)`,
  NOT_REGULAR: () => 'it is not a regular file',
  IS_DATABASE: () => 'it is the database',
  EMPTY: () => 'it is empty',
  OTHER_FORMAT: ({ format, said }) => `it is ${format}, not ${said}`,
  LARGER_THAN: ({ kib }) => `it is larger than ${kib} KiB`,
  TOO_LARGE_FOR_YAML: () => 'is too large for YAML: use CSV or NDJSON',
  NESTED_TOO_DEEPLY: () => 'it is nested too deeply',
  NOT_TEXT: () => 'it is not a text file',
  NOT_UTF8: () => 'it is not UTF-8 text',
  NOT_UTF8_NOR_CP949: () => 'it is neither UTF-8 nor CP949 text from here on',
  NOT_IN_ENCODING: ({ encoding }) => `it is not ${encoding} text from here on`,

  NO_SETTINGS: () => 'it must hold settings, such as "tz: Asia/Seoul"',
  ALIAS_AT: ({ line }) => `aliases are not allowed (line ${line})`,
  SET_TWICE: ({ key, line }) => `${key} is set twice (line ${line})`,
  KEY_NOT_TEXT: () => 'a key must be plain text',

  NO_PASSWORD: () => 'it does not hold a password in one line',
  NO_TOKEN: () => 'it does not hold one token of visible ASCII characters',
  COMMAND_FAILED: ({ exit }) => `it failed (exit ${exit})`,
  COMMAND_SILENT: ({ seconds }) => `it failed (no answer within ${seconds} s)`,
  COMMAND_BROKEN: () => 'it failed (unknown)',

  CELLS: ({ cells, columns }) => `has ${cells} cells, the header has ${columns}`,
  COLUMN_WITHOUT_NAME: ({ column }) => `column ${column} has no name`,
  NO_COLUMN_NAME: () => 'is no name for a column',
  COLUMN_TWICE: () => 'is named twice in the header',
  ROW_TOO_LONG: ({ most }) => `is longer than ${most} characters; is a quote not closed?`,
  QUOTE_NOT_CLOSED: () => 'a quote in this row is never closed',
  QUOTE_WRONG: () => 'a quote must stand around a whole cell, and be doubled inside it',

  LINE_TOO_LONG: ({ most }) => `is longer than ${most} characters`,
  NOT_JSON: () => 'is no JSON object',
  NOT_JSON_FROM: ({ column }) => `is no JSON object: unexpected text at column ${column}`,
  NO_VALUE_NAME: () => 'is no name for a value',
  THERE_TWICE: () => 'is there twice',
  IS_OBJECT: () => 'must be a plain value, not an object',
  NOT_A_LIST_OF_TEXTS: () => 'must be a list of texts and numbers',
  NOT_PLAIN: () => 'must be a plain value or a list of them',
  NOT_ROWS: () => 'must be a list of rows, each beginning with "- "',
  ROW_NOT_ON_ITS_LINE: () => 'each row must begin on a line of its own',
  NOT_A_ROW: () => 'must be a row of "name: value"',
  NAME_NOT_TEXT: () => 'a name must be plain text',
  ALIAS: () => 'aliases are not allowed',

  NO_SUCH_COLUMN: ({ meant }) => `no such column${meant === null ? '' : `; did you mean ${meant}?`}`,
  MISSING: () => 'is missing',
  SAME_AS: ({ line }) => `the same as in line ${line}`,
  NOT_AN_ID: ({ text }) => isNot(text, 'letters, digits and . _ - (32 at most)'),
  NOT_A_NAME: ({ text }) => isNot(text, 'a name of 1 to 100 characters'),
  NOT_A_PHONE: ({ text }) => isNot(text, 'a Korean phone number'),
  NOT_SKILLS: ({ text }) => isNot(text, 'internet, tv or internet|tv'),
  NOT_AREAS: ({ text }) => isNot(text, 'a list of areas with | between'),
  NOT_DATES: ({ text }) => isNot(text, 'a list of dates YYYY-MM-DD with | between'),
  NOT_IN_RANGE: ({ text, min, max }) => isNot(text, `a whole number from ${min} to ${max}`),
  NOT_TRUE_OR_FALSE: ({ text }) => isNot(text, 'true or false'),
  NOT_HOURS: ({ text }) => isNot(text, 'like Mon-Sat 09:00-18:00'),
  TOO_LONG: ({ most }) => `is longer than ${most} characters`,
  DAY_TWICE: ({ weekday }) => `${weekdayName(weekday, 'en')} is named twice`,
  BASE_UNKNOWN: ({ text, meant }) =>
    `"${text}" is no area that was imported${meant === null ? '' : `; did you mean ${meant}?`}`,
  BASE_AMBIGUOUS: ({ text, candidates }) => `"${text}" may be ${candidates.join(' or ')}: name the city too`,

  NO_ROWS: () => 'has no rows below its header',
  TOO_MANY_ROWS: ({ most }) => `has more rows than the ${most} that are read`,
  NOT_AN_AREA: ({ text }) => isNot(text, 'the name of an area of 1 to 50 characters'),
  NOT_LATITUDE: ({ text }) => isNot(text, 'a latitude from -90 to 90 degrees'),
  NOT_LONGITUDE: ({ text }) => isNot(text, 'a longitude from -180 to 180 degrees'),
  SWAPPED: ({ text }) => `"${text}" is no latitude: latitude and longitude seem to be swapped`,
  DISAGREES: ({ line }) => `line ${line} says otherwise`,
  HOLES: ({ areas }) => `no minutes to ${areas.join(', ')}`,
};
