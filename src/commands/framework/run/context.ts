import type { Services } from '../../../adapters/compose.ts';
import type { Block } from '../../../faces/cli/terminal/blocks.ts';
import type { Prompts } from '../../../faces/cli/terminal/prompts.ts';
import type { Terminal } from '../../../faces/cli/terminal/terminal.ts';
import type { Texts } from '../../../texts/catalogue.ts';
import type { CommandSpec, InputOf } from '../parse/descriptor.ts';
import type { Format, GlobalFlags } from '../parse/global-flags.ts';
import type { RawInput } from '../parse/input.ts';
import type { CommandResult } from '../print/result.ts';
import type { View } from '../print/view.ts';
import type { Configuration } from './configuration.ts';

/** What a handler is given besides its input. */
export type CommandContext = {
  /** Everything behind the face. On a command that needs nothing: built when it is first touched, which may refuse. */
  readonly services: Services;
  readonly terminal: Terminal;
  readonly t: Texts;
  /** For handlers that word something themselves; `show` functions are given their own. */
  readonly view: View;
  readonly prompts: Prompts;
  /** Aborts at Ctrl-C, SIGTERM, SIGHUP, and for reads when stdout has lost its reader. */
  readonly signal: AbortSignal;
  /** Calls `listener` whenever a person asks this process how it goes (SIGUSR1); returns how to end that. */
  readonly onAsked: (listener: () => void) => () => void;
  /** Epoch ms of the wall clock (moved by OSS_NOW). */
  readonly now: () => number;
  readonly globals: GlobalFlags;
  readonly format: Format;
  /** true for csv, ndjson and id, which print everything unless `--limit` is given. */
  readonly streaming: boolean;
  /** The name the program was called by. */
  readonly program: string;
  readonly version: string;
  readonly env: NodeJS.ProcessEnv;
  /** Every command there is, for help, completion and batch. */
  readonly tree: Tree;
  /** The configuration by itself, also when it is unusable. */
  readonly configuration: ConfigurationHere;
  /** All of stdin, read once; throws USAGE when it is a terminal. */
  readonly stdin: () => AsyncIterable<Uint8Array>;
  /**
   * Call it right after the commit and await it: from here on the order is safe, whatever happens to this process.
   * The human format prints the line, `-o id` the id, at once; the others keep stdout for the object at the end and say
   * the line on stderr.
   */
  readonly acknowledge: (acknowledged: Acknowledged) => Promise<void>;
  /**
   * Call it after a commit that is acknowledged at the end: what goes wrong from here on no longer looks like a change
   * that was refused.
   */
  readonly kept: () => void;
  /** A line on stderr at once; not with --quiet. */
  readonly note: (text: string) => Promise<void>;
  /** The same, marked as a warning, also with --quiet. */
  readonly warn: (text: string) => Promise<void>;
  /** Blocks on stderr at once: what a question is about. */
  readonly preview: (blocks: readonly Block[]) => Promise<void>;
  /** Replaces the last line on a terminal (a progress bar); `null` ends it. Off a terminal every line is kept. */
  readonly progress: (line: string | null) => Promise<void>;
};

/** `Configuration` with this call's flags and environment. */
export type ConfigurationHere = {
  readonly keys: Configuration['keys'];
  readonly inspect: () => ReturnType<Configuration['inspect']>;
  readonly problems: () => ReturnType<Configuration['problems']>;
  readonly set: (key: string, value: string) => ReturnType<Configuration['set']>;
};

export type Acknowledged = { readonly id: string; readonly text: string };

/** The type of `run` in a handler file. */
export type Handler<S extends CommandSpec> = (
  ctx: CommandContext,
  input: InputOf<S>,
) => Promise<CommandResult>;

/** A descriptor with the way to its handler, which is loaded when the command runs. */
export type Command = {
  readonly spec: CommandSpec;
  readonly load: () => Promise<HandlerFile>;
};

/** A handler whose input type is its descriptor's; `checkInput` has made it so. */
export type AnyHandler = Handler<CommandSpec>;

/** What a handler file exports. `learn`: what its wizard learns from an answer. */
export type HandlerFile = { readonly run: AnyHandler; readonly learn?: Learn };

/**
 * What a command learns from an answer of its wizard, e.g. who has this phone number: shows it, asks about it, and returns what was
 * typed with what it knows now.
 */
export type Learn = (ctx: CommandContext, raw: RawInput, key: string) => Promise<RawInput>;

/** A group of commands under one word. */
export type Noun = { readonly name: string; readonly summary: string };

export type Tree = { readonly commands: readonly Command[]; readonly nouns: readonly Noun[] };
