import { Refusal } from '../../core/rules/refusal.ts';
import { readTokenFile } from './secrets.ts';
import { inspectSettings, type SettingsOptions } from './settings.ts';

/** Every problem of the configuration that can be found without asking a peer: for `oss config validate` and `oss doctor`. */
export const validateSettings = (options: SettingsOptions): readonly Refusal[] => {
  const { settings, problems } = inspectSettings(options);
  return [...problems, ...[settings.ne, settings.tm].flatMap(({ tokenFile }) => tokenProblem(tokenFile))];
};

const tokenProblem = (path: string | null): readonly Refusal[] => {
  if (path === null) return [];
  try {
    readTokenFile(path);
    return [];
  } catch (error) {
    if (error instanceof Refusal) return [error];
    throw error;
  }
};
