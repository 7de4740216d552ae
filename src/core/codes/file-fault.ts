import type { Coded, None } from './coded.ts';

type Text = { readonly text: string };

/** What is wrong with a file, or with a row or a cell of it. `text`: what stands there, cut short. */
export type FileFaultValues = {
  /** What the operating system or a parser says, in its own words. */
  readonly AS_TOLD: Text;

  // the file as a whole
  readonly NO_SUCH_FILE: None;
  readonly DIRECTORY: None;
  readonly NOT_REGULAR: None;
  readonly IS_DATABASE: None;
  readonly EMPTY: None;
  readonly OTHER_FORMAT: { readonly format: string; readonly said: string };
  readonly LARGER_THAN: { readonly kib: number };
  readonly TOO_LARGE_FOR_YAML: None;
  readonly NESTED_TOO_DEEPLY: None;
  readonly NOT_TEXT: None;
  readonly NOT_UTF8: None;
  /** From that line on. */
  readonly NOT_UTF8_NOR_CP949: None;
  readonly NOT_IN_ENCODING: { readonly encoding: string };

  // a configuration file
  readonly NO_SETTINGS: None;
  readonly ALIAS_AT: { readonly line: number };
  readonly SET_TWICE: { readonly key: string; readonly line: number };
  readonly KEY_NOT_TEXT: None;

  /** Another account than the one that reads it could have written it. `mode`: octal. */
  readonly OTHER_OWNER: { readonly uid: number };
  readonly OTHERS_WRITE: { readonly mode: string };
  readonly OTHERS_REPLACE: { readonly folder: string; readonly mode: string };

  // a file with a secret
  readonly NO_TOKEN: None;
  readonly NO_PASSWORD: None;
  readonly COMMAND_FAILED: { readonly exit: string };
  readonly COMMAND_SILENT: { readonly seconds: number };
  readonly COMMAND_BROKEN: None;

  // rows of CSV
  readonly CELLS: { readonly cells: number; readonly columns: number };
  /** Counted from 1. */
  readonly COLUMN_WITHOUT_NAME: { readonly column: number };
  readonly NO_COLUMN_NAME: None;
  readonly COLUMN_TWICE: None;
  readonly ROW_TOO_LONG: { readonly most: number };
  readonly QUOTE_NOT_CLOSED: None;
  readonly QUOTE_WRONG: None;

  // rows of NDJSON and YAML
  readonly LINE_TOO_LONG: { readonly most: number };
  readonly NOT_JSON: None;
  /** `column` counted from 1. */
  readonly NOT_JSON_FROM: { readonly column: number };
  readonly NO_VALUE_NAME: None;
  readonly THERE_TWICE: None;
  readonly IS_OBJECT: None;
  readonly NOT_A_LIST_OF_TEXTS: None;
  readonly NOT_PLAIN: None;
  readonly NOT_ROWS: None;
  readonly ROW_NOT_ON_ITS_LINE: None;
  readonly NOT_A_ROW: None;
  readonly NAME_NOT_TEXT: None;
  readonly ALIAS: None;

  // technicians
  readonly NO_SUCH_COLUMN: { readonly meant: string | null };
  readonly MISSING: None;
  readonly SAME_AS: { readonly line: number };
  readonly NOT_AN_ID: Text;
  readonly NOT_A_NAME: Text;
  readonly NOT_A_PHONE: Text;
  readonly NOT_SKILLS: Text;
  readonly NOT_AREAS: Text;
  readonly NOT_DATES: Text;
  readonly NOT_IN_RANGE: Text & { readonly min: number; readonly max: number };
  readonly NOT_TRUE_OR_FALSE: Text;
  readonly NOT_HOURS: Text;
  readonly TOO_LONG: { readonly most: number };
  /** ISO weekday, 1 is Monday. */
  readonly DAY_TWICE: { readonly weekday: 1 | 2 | 3 | 4 | 5 | 6 | 7 };
  /** The place from which a technician starts is none of the known areas. */
  readonly BASE_UNKNOWN: Text & { readonly meant: string | null };
  /** Several areas have that name. */
  readonly BASE_AMBIGUOUS: Text & { readonly candidates: readonly string[] };

  // areas
  readonly NO_ROWS: None;
  readonly TOO_MANY_ROWS: { readonly most: number };
  readonly NOT_AN_AREA: Text;
  readonly NOT_LATITUDE: Text;
  readonly NOT_LONGITUDE: Text;
  /** What stands as the latitude can only be a longitude. */
  readonly SWAPPED: Text;
  /** The same area, or the same two, said otherwise. */
  readonly DISAGREES: { readonly line: number };
  /** A matrix has no way between this area and those. */
  readonly HOLES: { readonly areas: readonly string[] };
};

export type FileFault = Coded<FileFaultValues>;
