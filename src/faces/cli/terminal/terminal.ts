import type { Lang } from '../../../texts/lang.ts';
/** One standard stream, as the console sees it. */
export type OutStream = {
  readonly isTTY: boolean;
  /** Columns; 0 when unknown. */
  readonly columns: number;
  /** Resolves when the stream has taken the text; rejects with the stream's error. */
  readonly write: (text: string) => Promise<void>;
};

export type ColourMode = 'auto' | 'always' | 'never';

/** 0 none, 1 basic, 2 256 colours, 3 true colour: the levels of chalk. */
export type ColourLevel = 0 | 1 | 2 | 3;

/** What is known of the terminal, decided once at the start. */
export type Terminal = {
  readonly stdinTty: boolean;
  readonly stdoutTty: boolean;
  readonly stderrTty: boolean;
  /** Columns to lay out for. */
  readonly width: number;
  readonly stdoutColour: ColourLevel;
  readonly stderrColour: ColourLevel;
  readonly lang: Lang;
  /** Nothing that was printed changes, and questions come line by line. */
  readonly plain: boolean;
  /** Marks are ASCII. */
  readonly ascii: boolean;
};

/** Columns when none are known, as in a pipe. */
const DEFAULT_WIDTH = 120;

/** `COLUMNS` wins over the stream, as everywhere; nonsense is ignored; never under 20. */
export const widthOf = (stream: { readonly columns: number }, env: NodeJS.ProcessEnv): number => {
  const asked = /^[1-9]\d{0,3}$/.test(env.COLUMNS ?? '') ? Number(env.COLUMNS) : 0;
  const columns = asked || stream.columns || DEFAULT_WIDTH;
  return Math.max(20, columns);
};

/** As OSS_LANG says, else Korean when LC_ALL, LC_MESSAGES or LANG (the first that is set) says so, else English. */
export const langOf = (env: NodeJS.ProcessEnv): Lang => {
  if (env.OSS_LANG === 'ko' || env.OSS_LANG === 'en') return env.OSS_LANG;
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^ko(?:[_.-]|$)/i.test(locale) ? 'ko' : 'en';
};

/**
 * Whether nothing that was printed may change: no redraw, no spinner, questions line by line. As `OSS_ACCESSIBLE` says, else the
 * setting; always on a terminal that cannot move its cursor.
 */
export const isPlain = (env: NodeJS.ProcessEnv, setting = false): boolean =>
  env.TERM === 'dumb' ||
  (env.OSS_ACCESSIBLE === undefined || env.OSS_ACCESSIBLE === ''
    ? setting
    : !/^(?:0|false|no)$/i.test(env.OSS_ACCESSIBLE));

/** Whether a locale is set that has no other signs than letters: marks are ASCII there. */
export const isAsciiLocale = (env: NodeJS.ProcessEnv): boolean => {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return locale !== '' && !/utf-?8/i.test(locale);
};
