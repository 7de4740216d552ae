import type { Services } from '../../adapters/compose.ts';
import type { Drafts } from '../../adapters/terminal/drafts.ts';
import type { Prompts } from '../../adapters/terminal/prompts.ts';
import type { OutStream } from '../../adapters/terminal/terminal.ts';
import type { Texts } from '../../adapters/terminal/texts/catalogue.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Tree } from './tree.ts';

/** What is given to build the services: the settings that flags gave, by dotted key, and the environment. */
export type ServicesRequest = {
  readonly flags: Readonly<Record<string, string>>;
  readonly env: NodeJS.ProcessEnv;
  /** Told about what is odd but does not stop the command. */
  readonly warn?: (message: string) => void;
};

export type OpenServices = (request: ServicesRequest) => Promise<Services>;

export type SettingKey = { readonly key: string; readonly env: string; readonly summary: string };

/** The configuration by itself, for commands that must also work when it is unusable. */
export type Configuration = {
  readonly keys: () => Promise<readonly SettingKey[]>;
  /** The settings and every problem of them; where there are some, the settings hold defaults instead. */
  readonly inspect: (
    request: ServicesRequest,
  ) => Promise<{ readonly settings: Services['settings']; readonly problems: readonly Refusal[] }>;
  /** Everything that is wrong and can be found without asking a peer, unreadable secrets too. */
  readonly problems: (request: ServicesRequest) => Promise<readonly Refusal[]>;
  /** Writes one key into the configuration file. Returns the file's path. */
  readonly set: (request: ServicesRequest, key: string, value: string) => Promise<string>;
};

export type Stdin = { readonly isTTY: boolean; readonly read: () => AsyncIterable<Uint8Array> };

/** The outside of one call of the program; tests bring their own. */
export type Session = {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** The name the program was called by. */
  readonly program: string;
  readonly version: string;
  readonly tree: Tree;
  readonly stdout: OutStream;
  readonly stderr: OutStream;
  readonly stdin: Stdin;
  /** Epoch ms of the real clock, for what runs without services. */
  readonly now: () => number;
  /** Aborted by a signal, with an `Interrupted` as its reason. */
  readonly signal: AbortSignal;
  /** Has `listener` told whenever somebody asks how it goes (SIGUSR1); returns how to end that. */
  readonly onAsked?: (listener: () => void) => () => void;
  readonly openServices: OpenServices;
  readonly configuration: Configuration;
  /** Prompts on this terminal; asked for only when somebody can answer. */
  readonly openPrompts: (t: Texts) => Prompts;
  readonly drafts: Drafts;
};
