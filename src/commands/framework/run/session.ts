import type { Services } from '../../../adapters/compose.ts';
import type { Drafts } from '../../../faces/cli/terminal/drafts.ts';
import type { Prompts } from '../../../faces/cli/terminal/prompts.ts';
import type { OutStream } from '../../../faces/cli/terminal/terminal.ts';
import type { Texts } from '../../../texts/catalogue.ts';
import type { Lang } from '../../../texts/lang.ts';
import type { GlobalFlags } from '../parse/global-flags.ts';
import type { Configuration, ServicesRequest } from './configuration.ts';
import type { Tree } from './context.ts';

export type OpenServices = (request: ServicesRequest) => Promise<Services>;

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
  /** Calls `listener` whenever a person asks how it goes (SIGUSR1); returns how to end that. */
  readonly onAsked?: (listener: () => void) => () => void;
  /** The process is to end soon, whatever hangs in it. */
  readonly endSoon?: () => void;
  readonly openServices: OpenServices;
  readonly configuration: Configuration;
  /** Prompts on this terminal; opened only when a person can answer. */
  readonly openPrompts: (t: Texts, how: { readonly plain: boolean }) => Prompts;
  readonly drafts: Drafts;
  /** The program alone on a terminal; loaded only then. Absent: there is none, and the help is shown. */
  readonly home?: () => Promise<{ readonly openHome: OpenHome }>;
};

/** `run`: a line of words, with the flags that the home was opened with; resolves with its exit code. */
export type OpenHome = (
  session: Session,
  place: {
    readonly lang: Lang;
    readonly globals: GlobalFlags;
    readonly run: (words: readonly string[]) => Promise<number>;
  },
) => Promise<void>;
