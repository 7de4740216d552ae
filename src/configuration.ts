import { homedir } from 'node:os';
import { setInFile } from './adapters/config/file-edit.ts';
import { ALL_KEYS } from './adapters/config/keys.ts';
import { environmentName } from './adapters/config/setting.ts';
import { inspectSettings } from './adapters/config/settings.ts';
import { validateSettings } from './adapters/config/validate.ts';
import type { Configuration } from './commands/framework/run/configuration.ts';

/** The configuration adapter as the face sees it. */
export const configuration: Configuration = {
  keys: async () =>
    ALL_KEYS.map(({ key, description }) => ({ key, env: environmentName(key), summary: description })),
  inspect: async (request) => inspectSettings(request),
  problems: async (request) => validateSettings(request),
  set: async (request, key, value) => {
    const { path } = inspectSettings(request).settings.file;
    setInFile(path, key, value, { cwd: process.cwd(), home: request.env.HOME ?? homedir() });
    return path;
  },
};
