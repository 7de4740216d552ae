import type { Services } from '../../../adapters/compose.ts';
import type { Warning } from '../../../core/codes/warning.ts';
import type { Refusal } from '../../../core/rules/refusal.ts';

/** What is given to build the services: the settings that flags gave, by dotted key, and the environment. */
export type ServicesRequest = {
  readonly flags: Readonly<Record<string, string>>;
  readonly env: NodeJS.ProcessEnv;
  /** Hears of what is odd but does not stop the command. */
  readonly warn?: (warning: Warning) => void;
};

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
