import type { ColourMode } from '../../../faces/cli/terminal/terminal.ts';
import type { Lang } from '../../../texts/lang.ts';
import type { Flags } from './descriptor.ts';

/** `cloudevents` is for what lists events. */
export const FORMATS = ['table', 'json', 'ndjson', 'csv', 'id', 'cloudevents'] as const;
export type Format = (typeof FORMATS)[number];

/** The flags of every command. They are understood before and after the command's words. */
export const GLOBAL_FLAGS = {
  output: {
    type: 'choice',
    choices: FORMATS,
    short: 'o',
    placeholder: 'FORMAT',
    summary: `${FORMATS.join(', ')}`,
  },
  json: { type: 'boolean', summary: 'the same as -o json' },
  fields: { type: 'list', placeholder: 'A,B', summary: 'only these fields, dotted (visit.start)' },
  db: {
    type: 'text',
    max: 4096,
    placeholder: 'URL',
    summary: 'the database: a path, a sqlite: or a postgres: URL',
  },
  config: { type: 'text', max: 4096, placeholder: 'FILE', summary: 'the configuration file' },
  lang: { type: 'choice', choices: ['en', 'ko'], summary: 'language of texts' },
  tz: { type: 'zone', placeholder: 'ZONE', summary: 'time zone, e.g. Asia/Seoul' },
  color: { type: 'choice', choices: ['auto', 'always', 'never'], summary: 'when to use colour' },
  noInput: { type: 'boolean', summary: 'never ask, fail instead' },
  yes: { type: 'boolean', short: 'y', summary: 'answer yes to confirmations' },
  quiet: { type: 'boolean', short: 'q', summary: 'no hints and notes' },
  verbose: { type: 'boolean', short: 'v', summary: 'say more' },
  debug: { type: 'boolean', summary: 'stack traces of unexpected errors' },
  showPii: { type: 'boolean', summary: 'personal data in clear (is audited)' },
  purpose: { type: 'text', max: 200, placeholder: 'TEXT', summary: 'what for, as the audit keeps it' },
  actor: { type: 'actor', placeholder: 'ROLE:NAME', summary: 'who acts' },
} as const satisfies Flags;

export type GlobalFlags = {
  readonly format: Format;
  readonly fields: readonly string[] | undefined;
  readonly db: string | undefined;
  readonly config: string | undefined;
  readonly lang: Lang | undefined;
  readonly tz: string | undefined;
  readonly color: ColourMode;
  readonly noInput: boolean;
  readonly yes: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly debug: boolean;
  readonly showPii: boolean;
  readonly purpose: string | undefined;
  readonly actor: string | undefined;
};
