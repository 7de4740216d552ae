import { langOf } from '../../../faces/cli/terminal/terminal.ts';
import type { Lang } from '../../../texts/lang.ts';
import type { GlobalFlags } from '../parse/global-flags.ts';
import { settingFlags } from '../parse/globals.ts';
import type { Session } from './session.ts';

/**
 * As the flag, the settings or else the environment says; settings that cannot be used say nothing. `settings`: those that
 * the command was built with; without them they are looked at here.
 */
export const readersLang = async (
  { env, configuration }: Pick<Session, 'env' | 'configuration'>,
  globals: GlobalFlags,
  settings?: { readonly lang: Lang | null },
): Promise<Lang> => {
  if (globals.lang !== undefined) return globals.lang;
  const { lang } = settings ?? (await configuration.inspect({ flags: settingFlags(globals), env })).settings;
  return lang ?? langOf(env);
};
