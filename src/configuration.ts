import { homedir } from 'node:os';
import { recordSetting } from './adapters/compose/record-setting.ts';
import { preparedSetting } from './adapters/config/file-edit.ts';
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
    const { settings } = inspectSettings(request);
    const { path } = settings.file;
    const places = { cwd: process.cwd(), home: request.env.HOME ?? homedir() };
    const write = preparedSetting(path, key, value, places);
    // Before the change: one that stands and is not recorded cannot be.
    const recorded = await recordSetting(settings, { key, value }, request.env);
    write();
    return { path, recorded };
  },
};
