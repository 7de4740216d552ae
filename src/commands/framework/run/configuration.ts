import type { Services } from '../../../adapters/compose.ts';
import type { Warning } from '../../../core/codes/warning.ts';
import type { Refusal } from '../../../core/rules/refusal.ts';

/** What is given to build the services: the settings that flags gave, by dotted key, and the environment. */
export type ServicesRequest = {
  readonly flags: Readonly<Record<string, string>>;
  readonly env: NodeJS.ProcessEnv;
  /** What the call is for, as the audit keeps it. */
  readonly purpose?: string | undefined;
  /** Hears of what is odd but does not stop the command. */
  readonly warn?: (warning: Warning) => void;
};

export type SettingKey = { readonly key: string; readonly env: string; readonly summary: string };

/** The file that was written, and whether there was a database whose audit knows of it. */
export type KeptSetting = { readonly path: string; readonly recorded: boolean };

/** The configuration by itself, for commands that must also work when it is unusable. */
export type Configuration = {
  readonly keys: () => Promise<readonly SettingKey[]>;
  /** The settings and every problem of them; where there are some, the settings hold defaults instead. */
  readonly inspect: (
    request: ServicesRequest,
  ) => Promise<{ readonly settings: Services['settings']; readonly problems: readonly Refusal[] }>;
  /** Everything that is wrong and can be found without asking a peer, unreadable secrets too. */
  readonly problems: (request: ServicesRequest) => Promise<readonly Refusal[]>;
  /**
   * Writes one key into the configuration file, after the audit of the database knows of it. Throws the Refusal of a database
   * that cannot be written; then the file is as it was.
   */
  readonly set: (request: ServicesRequest, key: string, value: string) => Promise<KeptSetting>;
};
